"""Mixins for admin screens that are no stock list or form."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django import forms
from django.core.exceptions import ImproperlyConfigured, PermissionDenied, ValidationError
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.admin.views.generic.base import BaseObjectMixin, WagtailAdminTemplateMixin

from courses.people.models import Countersign
from courses.people.permissions import holds_anywhere, may
from courses.people.viewsets.narrowing import narrow, visible


class ScopedObjectMixin(BaseObjectMixin, WagtailAdminTemplateMixin):
    """Any admin screen about one object: `model`, `right` (on the object's organisation) and a template.

    A foreign object answers 404. Without the right the answer is Wagtail's: back to the home page with a sentence.
    """

    right: str | None = None

    def get_base_object_queryset(self) -> models.QuerySet[Any]:
        return visible(self.model, self.request.user)  # type: ignore[attr-defined]

    def get_organisation(self) -> models.Model:
        """The organisation at which `right` is asked for."""
        return self.object.organisation  # type: ignore[attr-defined]

    def is_permitted(self) -> bool:
        """Whether the user may do what this screen is for. Override for another question than `right` at one place."""
        if self.right is None:
            raise ImproperlyConfigured(f"{type(self).__name__} names no right; say which, or override is_permitted().")
        return may(self.request.user, self.right, self.get_organisation())  # type: ignore[attr-defined]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.is_permitted():
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]

    def get_header_title(self) -> str:
        """Title and subtitle; the subtitle alone where there is no title (Wagtail would begin with a colon)."""
        return super().get_header_title() if self.get_page_title() else self.get_page_subtitle()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(object=self.object, **kwargs)

    def get_form(self, *args: Any, **kwargs: Any) -> Any:
        """In a FormView: the form's choices are narrowed like those of a viewset."""
        form = super().get_form(*args, **kwargs)  # type: ignore[misc]
        narrow(form, self.request.user)  # type: ignore[attr-defined]
        return form


class RightRequiredMixin(WagtailAdminTemplateMixin):
    """An admin screen about no single object: open to whoever holds `right` (or any of several) at some organisation."""

    right: str | Iterable[str] = ()

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not holds_anywhere(request.user, self.right):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]

    def get_form(self, *args: Any, **kwargs: Any) -> Any:
        form = super().get_form(*args, **kwargs)  # type: ignore[misc]
        narrow(form, self.request.user)  # type: ignore[attr-defined]
        return form


class DecisionForm(forms.Form):
    """Approve, or refuse and say why."""

    comment = forms.CharField(
        label=_("Comment"), required=False, widget=forms.Textarea(attrs={"rows": 3}), help_text=_("Needed to refuse.")
    )


class DecideMixin(ScopedObjectMixin):
    """The page on which a second person decides (use with FormView): GET shows what it is about, POST decides.

    The app's view adds `decide(approve, comment)`, which calls the app's verb, and, where the object needs more words than
    the request's title, `template_name` extending `people/decide.html` with a block `about`. `self.object` is the request,
    `self.about` what it is about.
    """

    model = Countersign
    form_class = DecisionForm
    template_name = "people/decide.html"
    header_icon = "check"
    about_model: type[models.Model]

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.about = get_object_or_404(self.about_model, pk=self.object.object_id)

    def get_base_object_queryset(self) -> models.QuerySet[Any]:
        waiting = Countersign.objects.visible_to(self.request.user)  # type: ignore[attr-defined]
        return waiting.filter(object_label=self.about_model._meta.label_lower)

    def is_permitted(self) -> bool:
        return may(self.request.user, self.object.permission, self.object.organisation)  # type: ignore[attr-defined]

    def get_page_title(self) -> str:
        return self.object.sentence

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        waiting = {"url": reverse("people_waiting"), "label": _("Waits for my signature")}
        return [*super().get_breadcrumbs_items(), waiting, {"url": "", "label": self.object.sentence}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        is_asker = self.object.asked_by_id == self.request.user.pk  # type: ignore[attr-defined]
        return super().get_context_data(about=self.about, is_asker=is_asker, **kwargs)

    def decide(self, *, approve: bool, comment: str) -> None:
        """Call the app's verb, which calls `people.actions.countersign` and does the act."""
        raise NotImplementedError

    def form_valid(self, form: forms.BaseForm) -> HttpResponse:
        approve = "approve" in self.request.POST  # type: ignore[attr-defined]
        with refusals_in(form):
            self.decide(approve=approve, comment=form.cleaned_data["comment"])
            text = _("Signed: %(title)s.") if approve else _("Sent back: %(title)s.")
            messages.success(self.request, text % {"title": self.object.sentence})  # type: ignore[attr-defined]
            return redirect("people_waiting")
        return self.form_invalid(form)  # type: ignore[attr-defined]


@contextmanager
def refusals_in(form: forms.BaseForm) -> Iterator[None]:
    """Run a verb; its refusal (ValidationError) becomes sentences in the form: ask `form.is_valid()` again afterwards."""
    try:
        yield
    except ValidationError as refusal:
        if hasattr(refusal, "error_dict"):
            for name, errors in refusal.error_dict.items():
                form.add_error(name if name in form.fields else None, errors)
        else:
            form.add_error(None, refusal)


class SavedByVerb:
    """For a viewset's CreateView or EditView whose `save_instance` calls a verb: a refusal shows in the form, nothing is stored."""

    def form_valid(self, form: forms.BaseForm) -> HttpResponse:
        with refusals_in(form):
            return super().form_valid(form)  # type: ignore[misc]
        self.produced_error_message = self.get_error_message()  # type: ignore[attr-defined]
        if getattr(form, "instance", None) is not None and form.instance.pk:
            form.instance.refresh_from_db()  # what was typed stays in the fields, not in the object
        return self.form_invalid(form)  # type: ignore[attr-defined]

    def save_instance(self) -> models.Model:
        raise NotImplementedError(f"{type(self).__name__}.save_instance must call a verb and return its object.")
