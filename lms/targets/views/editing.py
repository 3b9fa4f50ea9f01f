"""Setting and changing a target."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import FormView
from wagtail.admin import messages

from courses.people.viewsets import RightRequiredMixin, ScopedObjectMixin, refusals_in
from lms.reports.measures import MEASURES
from lms.reports.rules import Period
from lms.targets import actions
from lms.targets.forms import TargetForm
from lms.targets.models import Target
from lms.targets.permissions import SET_TARGETS, may_set
from lms.targets.rules import number_text
from lms.targets.views.board import TargetScreen, highest

PARTS = (
    ("", ("title", "organisation")),
    ("What", ("measure", "unit", "direction", "value", "first", "last")),
    ("Who", ("region", "programme", "category", "parent")),
    ("Source", ("source", "stated_done", "stated_rate", "note", "reason")),
)


class TargetFormScreen(TargetScreen):
    """The form, in four parts, with what each measure means beside it."""

    template_name = "targets/form.html"
    form_class = TargetForm

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)  # type: ignore[misc]
        form = context["form"]
        titles = {"": "", "What": _("What and how much"), "Who": _("With whom"), "Source": _("Where it comes from")}
        parts = [(titles[key], [form[name] for name in names if name in form.fields]) for key, names in PARTS]
        return {**context, "parts": parts, "measures": MEASURES}


class SetTarget(TargetFormScreen, RightRequiredMixin, FormView):
    """A new target; `?parent=` begins a part of another."""

    right = SET_TARGETS

    def get_page_title(self) -> str:
        return _("Set a target")

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return self.crumbs(("", _("Set a target")))

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "user": self.request.user}

    def get_initial(self) -> dict[str, Any]:
        asked = self.request.GET.get("parent", "")
        whole = Target.objects.visible_to(self.request.user).filter(pk=asked).first() if asked.isdecimal() else None
        if whole is None:
            return {}
        same = ("organisation", "measure", "unit", "direction", "first", "last", "programme", "category")
        return {"parent": whole, **{name: getattr(whole, name) for name in same}}

    def form_valid(self, form: TargetForm) -> HttpResponse:
        facts = form.facts()
        with refusals_in(form):
            target = actions.set_target(
                period=Period(facts.pop("first"), facts.pop("last")), by=self.request.user,
                owner=highest(self.request.user, SET_TARGETS), **facts,
            )  # fmt: skip
            messages.success(self.request, _("The target “%(title)s” is set.") % {"title": target.title})
            return redirect("targets_target", target.pk)
        return self.form_invalid(form)


class ChangeTarget(TargetFormScreen, ScopedObjectMixin, FormView):
    """A change; what it said before stays in its history."""

    model = Target
    right = SET_TARGETS

    def is_permitted(self) -> bool:
        if self.object.withdrawn_at is not None:
            raise PermissionDenied
        return may_set(self.request.user, self.object.organisation)

    def get_base_object_queryset(self) -> Any:
        return super().get_base_object_queryset().with_scope()

    def get_page_title(self) -> str:
        return _("Change a target")

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        page = reverse("targets_target", args=[self.object.pk])
        return self.crumbs((page, self.object.title), ("", _("Change a target")))

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "user": self.request.user, "target": self.object}

    def get_initial(self) -> dict[str, Any]:
        facts = {name: getattr(self.object, name) for name in Target.FACTS}
        for name in ("value", "stated_done", "stated_rate"):
            facts[name] = number_text(facts[name]).replace(",", "") if facts[name] is not None else ""
        return facts

    def form_valid(self, form: TargetForm) -> HttpResponse:
        with refusals_in(form):
            target = actions.change_target(
                target=self.object, changes=form.facts(), reason=form.cleaned_data["reason"], by=self.request.user
            )
            messages.success(self.request, _("Changed. What it said before stays in its history."))
            return redirect("targets_target", target.pk)
        return self.form_invalid(form)
