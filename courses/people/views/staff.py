"""Staff accounts and posts."""

from typing import Any

import django_filters
from axes.models import AccessAttempt
from django import forms
from django.conf import settings
from django.db.models import Exists, OuterRef, Prefetch, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.generic import FormView, TemplateView, View
from wagtail.admin import messages
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.generic import IndexView

from courses.people import actions
from courses.people.forms import AppointForm, NewAccountForm, PostForm
from courses.people.models import Organisation, Post, User
from courses.people.permissions import APPOINT, Role, organisations_where, roles_given_by
from courses.people.viewsets import ChipColumn, RightRequiredMixin, ScopedObjectMixin, refusals_in


class StaffFilters(WagtailFilterSet):
    """Where somebody has a post, and which."""

    place = django_filters.ModelChoiceFilter(
        label=_("Organisation"), queryset=Organisation.objects.all(), method="filter_place", widget=forms.Select
    )
    role = django_filters.ChoiceFilter(
        label=_("Role"), choices=Role.choices, method="filter_role", empty_label=_("all"), widget=forms.Select
    )

    class Meta:
        model = User
        fields: list[str] = []

    def filter_place(self, queryset: Any, name: str, value: Organisation) -> Any:
        return queryset.filter(pk__in=Post.objects.held().filter(organisation=value).values("user"))

    def filter_role(self, queryset: Any, name: str, value: str) -> Any:
        places = organisations_where(self.request.user, APPOINT)
        held = Post.objects.held().filter(role=value, organisation__in=places)
        return queryset.filter(pk__in=held.values("user"))


class StaffList(IndexView):
    """The people with posts where I may give them. Posts at other places are not named."""

    page_title = _("Staff")
    filterset_class = StaffFilters
    any_permission_required = ["view"]
    is_searchable = True
    search_backend_name = None
    search_fields = ["username", "last_name", "first_name"]
    default_ordering = "username"
    paginate_by = 30
    add_item_label = _("Make an account")
    columns = [
        TitleColumn(
            "name",
            label=pgettext_lazy("of a person", "Name"),
            accessor="get_full_name",
            get_url=lambda obj: account_url(obj),
        ),
        Column("username", label=_("User name"), sort_key="username"),
        Column("posts", label=_("Posts"), accessor=lambda obj: " · ".join(describe(post) for post in obj.my_posts)),
        ChipColumn("state", label=_("State"), accessor=lambda obj: state_of(obj), kind=lambda obj: "plain"),
    ]

    def get_add_url(self) -> str:
        return reverse("people_make_account")

    def get_base_queryset(self) -> QuerySet[User]:
        mine = Post.objects.held().filter(organisation__in=organisations_where(self.request.user, APPOINT))
        return with_lock(super().get_base_queryset()).prefetch_related(
            Prefetch("posts", mine.select_related("organisation"), to_attr="my_posts")
        )


def with_lock(users: Any) -> Any:
    """Marks accounts that are locked out somewhere at this moment."""
    since = timezone.now() - timezone.timedelta(hours=settings.AXES_COOLOFF_TIME)
    attempts = AccessAttempt.objects.filter(
        username=OuterRef("username"), failures_since_start__gte=settings.AXES_FAILURE_LIMIT, attempt_time__gte=since
    )
    return users.annotate(is_locked=Exists(attempts))


def describe(post: Post) -> str:
    """A post in a few words."""
    return f"{post.organisation} {post.get_role_display()}"


def state_of(user: User) -> str:
    """What an administrator should know of an account, in one word."""
    if not user.is_active:
        return str(_("closed"))
    if user.is_expired():
        return str(_("ended"))
    if user.is_locked:  # type: ignore[attr-defined]
        return str(_("locked for a moment"))
    return str(_("has a one-time password")) if user.must_change_password else str(_("open"))


def account_url(user: User) -> str:
    """The address of one account's page."""
    return reverse("people_account", args=[user.pk])


class MakeAccount(RightRequiredMixin, FormView):
    """A new account with its first post; its password is shown on the answer, once."""

    right = APPOINT
    page_title = _("Make an account")
    header_icon = "q-person"
    template_name = "people/form.html"
    form_class = NewAccountForm

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"user": self.request.user}

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        items = [*super().get_breadcrumbs_items(), {"url": reverse("staff:index"), "label": _("Staff")}]
        return [*items, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(submit=_("Make the account"), **{"back": reverse("staff:index"), **kwargs})

    def form_valid(self, form: NewAccountForm) -> HttpResponse:
        with refusals_in(form):
            user, password = actions.create_account(by=self.request.user, **form.cleaned_data)
            return self.render_to_response(
                self.get_context_data(form=None, back=account_url(user), **one_time(user, password))
            )
        return self.form_invalid(form)


class Appoint(MakeAccount):
    """A post for somebody who has an account already."""

    page_title = _("Give a post")
    form_class = AppointForm

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"submit": _("Give the post")}

    def form_valid(self, form: AppointForm) -> HttpResponse:
        with refusals_in(form):
            facts = dict(form.cleaned_data)
            post = actions.appoint(user=facts.pop("username"), by=self.request.user, **facts)
            messages.success(self.request, _("The post is given: %(post)s.") % {"post": describe(post)})
            return redirect(account_url(post.user))
        return self.form_invalid(form)


def one_time(user: User, password: str) -> dict[str, Any]:
    """What the page shows once: user name and password."""
    return {
        "secret": password,
        "secret_label": _("One-time password of %(username)s") % {"username": user.username},
        "secret_hint": _(
            "Write it down now: it is shown this once. At the first sign-in it is replaced by an own one."
        ),
    }


class AccountScreen(ScopedObjectMixin):
    """A screen about one account: for those who may give posts where it has, or had, one."""

    model = User
    header_icon = "q-person"

    def get_base_object_queryset(self) -> Any:
        return with_lock(super().get_base_object_queryset())

    def is_permitted(self) -> bool:
        return self.my_places().exists()

    def my_places(self) -> QuerySet[Organisation]:
        """Where this person has or had a post and I may give posts."""
        return organisations_where(self.request.user, APPOINT).filter(posts__user=self.object).distinct()

    def get_page_subtitle(self) -> str:
        return self.object.get_full_name()

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *super().get_breadcrumbs_items(),
            {"url": reverse("staff:index"), "label": _("Staff")},
            {"url": account_url(self.object), "label": self.object.get_full_name()},
        ]


class Account(AccountScreen, TemplateView):
    """One account: its posts at my places, and what I may do with it."""

    template_name = "people/account.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user, today = self.request.user, timezone.localdate()
        posts = list(
            Post.objects.filter(user=self.object, organisation__in=self.my_places())
            .select_related("organisation")
            .order_by("-since")
        )
        for post in posts:
            post.may_end = (post.until is None or post.until >= today) and post.role in roles_given_by(
                user, post.organisation
            )
        return super().get_context_data(
            account=self.object,
            state=state_of(self.object),
            posts=posts,
            qualifications=self.object.qualifications.all(),
            post_form=PostForm(user=user),
            is_me=self.object == user,
            **kwargs,
        )


class AppointHere(AccountScreen, FormView):
    """One more post for this account."""

    template_name = "people/form.html"
    form_class = PostForm

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"user": self.request.user}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(submit=_("Give the post"), back=account_url(self.object), **kwargs)

    def form_valid(self, form: PostForm) -> HttpResponse:
        with refusals_in(form):
            post = actions.appoint(user=self.object, by=self.request.user, **form.cleaned_data)
            messages.success(self.request, _("The post is given: %(post)s.") % {"post": describe(post)})
            return redirect(account_url(self.object))
        return self.form_invalid(form)


class EndPost(ScopedObjectMixin, View):
    """End a post, at once."""

    model = Post
    right = APPOINT
    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        actions.end_post(post=self.object, by=request.user)
        messages.success(request, _("The post has ended: %(post)s.") % {"post": describe(self.object)})
        return redirect(account_url(self.object.user))


class AccountAct(AccountScreen, View):
    """One press of a button on an account: the verb's name stands in the address."""

    http_method_names = ["post"]
    verbs = {
        "close": (actions.close_account, _("The account is closed.")),
        "reopen": (actions.reopen_account, _("The account is open again.")),
        "release": (actions.release_lock, _("The account can sign in again at once.")),
    }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        verb, said = self.verbs[kwargs["act"]]
        verb(user=self.object, by=request.user, organisation=self.my_places().first())
        messages.success(request, said)
        return redirect(account_url(self.object))


class NewPassword(AccountScreen, TemplateView):
    """A new one-time password: asked for on a page, given on its answer."""

    template_name = "people/form.html"
    page_title = _("New one-time password")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        intro = _("Whoever is signed in with the old password is out at once.")
        return super().get_context_data(
            submit=_("Make a new password"), back=account_url(self.object), intro=intro, **kwargs
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        password = actions.new_password(user=self.object, by=request.user, organisation=self.my_places().first())
        return self.render_to_response(self.get_context_data(**one_time(self.object, password)))
