"""The learners: the list, one person's file, and what is done with a file."""

from contextlib import suppress
from typing import Any

import django_filters
from django import forms
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.generic import FormView, TemplateView
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.components import Component
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.generic import IndexView
from wagtail.admin.widgets.button import HeaderButton

from courses.journal.models import JournalEntry
from courses.journal.words import words_of
from courses.people import actions
from courses.people.actions.identity import SECOND_FILE
from courses.people.forms import CategoryForm, CorrectLearnerForm, MoveForm, ReasonForm, RegisterLearnerForm
from courses.people.models import Learner, Organisation, OrganisationUnit, Stay, User
from courses.people.permissions import (
    MANAGE_LEARNERS,
    VIEW_CATEGORIES,
    VIEW_FULL_ID,
    VIEW_JOURNAL,
    VIEW_LEARNERS,
    may,
    organisations_where,
)
from courses.people.rules import Release, release_due
from courses.people.viewsets import RightRequiredMixin, ScopedObjectMixin, refusals_in


class UnitChoices(django_filters.fields.ModelChoiceField):
    """Units of several places: each named with its place."""

    def label_from_instance(self, obj: OrganisationUnit) -> str:
        return f"{obj.organisation} · {obj}"


class UnitFilter(django_filters.ModelChoiceFilter):
    field_class = UnitChoices


class LearnerFilters(WagtailFilterSet):
    """Where somebody is, and whether the identity has been seen."""

    place = django_filters.ModelChoiceFilter(
        label=_("Organisation"), queryset=Organisation.objects.all(), method="filter_place", widget=forms.Select
    )
    unit = UnitFilter(
        label=_("Ward or team"),
        queryset=OrganisationUnit.objects.select_related("organisation"),
        method="filter_unit",
        widget=forms.Select,
    )
    identity = django_filters.ChoiceFilter(
        label=_("Identity"),
        choices=[("pending", _("not verified yet")), ("seen", _("verified"))],
        method="filter_identity",
        empty_label=_("all"),
    )

    class Meta:
        model = Learner
        fields: list[str] = []

    def filter_place(self, queryset: Any, name: str, value: Organisation) -> Any:
        return queryset.at(value)

    def filter_unit(self, queryset: Any, name: str, value: OrganisationUnit) -> Any:
        return queryset.filter(stays__unit=value, stays__until__isnull=True)

    def filter_identity(self, queryset: Any, name: str, value: str) -> Any:
        pending = Q(id_hash__isnull=True) | Q(id_evidence=Learner.IdEvidence.UNVERIFIED)
        return queryset.filter(pending) if value == "pending" else queryset.exclude(pending)


class LearnerList(IndexView):
    """Who is here: found by name, pinyin, number or a whole identity number; shown with masked numbers (PRV-1)."""

    page_title = _("Learners")
    filterset_class = LearnerFilters
    any_permission_required = ["view"]
    is_searchable = True
    default_ordering = "learner_no"
    paginate_by = 30
    add_item_label = _("Open a file")

    columns = [
        TitleColumn(
            "full_name",
            label=pgettext_lazy("of a person", "Name"),
            sort_key="name_pinyin",
            get_url=lambda obj: file_url(obj),
        ),
        Column("learner_no", label=_("Learner number"), sort_key="learner_no"),
        Column("id_masked", label=_("Identity number"), accessor=lambda obj: obj.id_masked or "—"),
        Column(
            "pending", label=_("Identity"), accessor=lambda obj: _("not verified yet") if obj.identity_pending else ""
        ),
        Column("place", label=_("Organisation"), accessor=lambda obj: obj.stay.organisation if obj.stay else "—"),
        Column("unit", label=_("Ward or team"), accessor=lambda obj: (obj.stay and obj.stay.unit) or "—"),
    ]

    def get_base_queryset(self) -> QuerySet[Learner]:
        return super().get_base_queryset().with_place()

    def get_add_url(self) -> str | None:
        return reverse("people_register") if self.user_has_permission("add") else None

    @property
    def header_buttons(self) -> list[HeaderButton]:
        """Beside one file, a whole list: the address of an app above, left out where it does not exist."""
        buttons = list(super().header_buttons)
        if self.add_url:
            with suppress(NoReverseMatch):
                buttons.append(HeaderButton(_("Bring in a roster"), reverse("rosters_people")))
        return buttons

    def search_queryset(self, queryset: Any) -> Any:
        return queryset.matching(self.search_query)


def file_url(learner: Learner) -> str:
    """The address of one person's file."""
    return reverse("people_file", args=[learner.pk])


def lead_to_the_file(form: forms.Form, user: User) -> None:
    """Where a number was refused because it has a file, and that file is one of the user's own, link to it (PER-3).

    A file that the user may not see is not named: the refusal then says only whom to ask.
    """
    if not form.has_error("id_number", SECOND_FILE):
        return
    found = Learner.objects.visible_to(user).with_id(form["id_number"].value() or "").first()
    if found is not None:
        sentence = format_html(
            _('This person has a file already: <a href="{}">{} {}</a>'),
            file_url(found),
            found.full_name,
            found.learner_no,
        )
        form.errors["id_number"] = form.error_class([sentence])


class LearnerScreen(ScopedObjectMixin):
    """A screen about one person; rights are those at the place where the person is now."""

    model = Learner
    right = VIEW_LEARNERS
    header_icon = "q-person"

    def get_organisation(self) -> Organisation:
        return self.object.stay.organisation  # visible_to answers only for people who are somewhere

    def get_page_subtitle(self) -> str:
        return self.object.full_name

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        items = [
            *super().get_breadcrumbs_items(),
            {"url": reverse("learners:index"), "label": _("Learners")},
            {"url": file_url(self.object), "label": str(self.object)},
        ]
        return [*items, {"url": "", "label": self.get_page_title()}] if self.page_title else items


class LearnerFile(LearnerScreen, TemplateView):
    """One person, one file (一人一档). Other apps add their part: hook `construct_learner_file(request, learner, parts)`,
    where `parts` is a list of Laces components that get `learner` and `request` in their parent context."""

    template_name = "people/learner_file.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        learner, user, place = self.object, self.request.user, self.get_organisation()
        sees_categories = may(user, VIEW_CATEGORIES, place)
        sees_journal = may(user, VIEW_JOURNAL, place)
        expected = learner.stay.expected_release if sees_categories else None
        parts: list[Component] = []
        for construct in hooks.get_hooks("construct_learner_file"):
            construct(self.request, learner, parts)
        return super().get_context_data(
            learner=learner,
            stay=learner.stay,
            stays=self.known_stays(user),
            categories=learner.categories.order_by("-since") if sees_categories else [],
            sees_categories=sees_categories,
            release_over=bool(expected) and release_due(expected, timezone.localdate()) == Release.CHECK,
            may_manage=may(user, MANAGE_LEARNERS, place),
            may_open_full_id=bool(learner.id_hash) and may(user, VIEW_FULL_ID, place),
            journal=journal_of(learner) if sees_journal else [],
            parts=sorted(parts, key=lambda part: getattr(part, "order", 100)),
            **kwargs,
        )

    def known_stays(self, user: User) -> list[Stay]:
        """Stays, newest first; a place to which the user has no right is not named (PRV-3)."""
        stays = list(self.object.stays.select_related("organisation", "unit").order_by("-since"))
        known = set(organisations_where(user, VIEW_LEARNERS).values_list("pk", flat=True))
        for stay in stays:
            stay.is_known = stay.organisation_id in known  # type: ignore[attr-defined]
        return stays


def journal_of(learner: Learner) -> list[dict[str, Any]]:
    """The last 30 acts on a file, with the names of those who did them."""
    entries = list(JournalEntry.objects.about(learner).order_by("-at")[:30])
    users = User.objects.in_bulk([e.actor_id for e in entries if e.actor_kind == JournalEntry.Actor.USER])
    return [
        {
            "at": entry.at,
            "verb": words_of(entry.verb),
            "who": users[entry.actor_id].get_full_name() if entry.actor_id in users else entry.get_actor_kind_display(),
            "reason": entry.reason,
        }
        for entry in entries
    ]


class RegisterLearner(RightRequiredMixin, FormView):
    """A new file."""

    right = MANAGE_LEARNERS
    page_title = _("Open a file")
    header_icon = "q-person"
    template_name = "people/form.html"
    form_class = RegisterLearnerForm

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"user": self.request.user}

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        items = [*super().get_breadcrumbs_items(), {"url": reverse("learners:index"), "label": _("Learners")}]
        return [*items, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(submit=_("Open the file"), back=reverse("learners:index"), **kwargs)

    def form_valid(self, form: RegisterLearnerForm) -> HttpResponse:
        with refusals_in(form):
            learner = actions.register_learner(by=self.request.user, **form.cleaned_data)
            messages.success(
                self.request,
                _("The file of %(name)s is open. Learner number: %(number)s.")
                % {"name": learner.full_name, "number": learner.learner_no},
            )
            return redirect(file_url(learner))
        lead_to_the_file(form, self.request.user)
        return self.form_invalid(form)


class FileForm(LearnerScreen, FormView):
    """A form that changes one file."""

    right = MANAGE_LEARNERS
    template_name = "people/form.html"
    submit = _("Save")
    done = _("Saved in the file of %(name)s.")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(submit=self.submit, back=file_url(self.object), **kwargs)

    def act(self, form: forms.Form) -> None:
        """Call the verb."""
        raise NotImplementedError

    def form_valid(self, form: forms.Form) -> HttpResponse:
        with refusals_in(form):
            self.act(form)
            messages.success(self.request, self.done % {"name": self.object.full_name})
            return redirect(file_url(self.object))
        lead_to_the_file(form, self.request.user)
        return self.form_invalid(form)


class CorrectLearner(FileForm):
    """A correction: the reason stays for ever, the old values do not."""

    page_title = _("Correct")
    form_class = CorrectLearnerForm
    submit = _("Correct the file")

    def get_form_kwargs(self) -> dict[str, Any]:
        kwargs = super().get_form_kwargs()
        kwargs.pop("initial")
        return kwargs | {"learner": self.object}

    def act(self, form: CorrectLearnerForm) -> None:
        actions.correct_learner(
            learner=self.object,
            by=self.request.user,
            organisation=self.get_organisation(),
            reason=form.cleaned_data["reason"],
            **form.changes(),
        )


class MoveLearner(FileForm):
    """To another unit, or to another place of mine."""

    page_title = _("Enter a move")
    form_class = MoveForm
    submit = _("Enter this move")

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"user": self.request.user}

    def get_initial(self) -> dict[str, Any]:
        return {"organisation": self.object.stay.organisation_id, "unit": self.object.stay.unit_id}

    def act(self, form: MoveForm) -> None:
        place = form.cleaned_data["organisation"]
        reason = Stay.Reason.MOVE if place == self.get_organisation() else Stay.Reason.TRANSFER_IN
        actions.admit(learner=self.object, by=self.request.user, reason=reason, **form.cleaned_data)


class SetCategory(FileForm):
    """The category from today on."""

    page_title = _("Change the category")
    form_class = CategoryForm

    def is_permitted(self) -> bool:
        return super().is_permitted() and may(self.request.user, VIEW_CATEGORIES, self.get_organisation())

    def act(self, form: forms.Form) -> None:
        actions.set_category(
            learner=self.object, by=self.request.user, organisation=self.get_organisation(), **form.cleaned_data
        )


class OpenFullId(FileForm):
    """The full identity number: on this answer only, after a reason that the journal keeps (PRV-1)."""

    right = VIEW_FULL_ID
    page_title = _("See the full identity number")
    form_class = ReasonForm
    submit = _("Show the number")

    def form_valid(self, form: ReasonForm) -> HttpResponse:
        with refusals_in(form):
            number = actions.open_full_id(
                learner=self.object,
                by=self.request.user,
                organisation=self.get_organisation(),
                reason=form.cleaned_data["reason"],
            )
            return self.render_to_response(
                self.get_context_data(form=None, secret=number, secret_label=_("Identity number"))
            )
        return self.form_invalid(form)
