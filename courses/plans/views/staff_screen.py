"""What every page of the staff about one plan has: who may read it, which version is read, its buttons, the names of its fields."""

from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from wagtail.admin import messages

from courses.classes.models import TrainingClass
from courses.classes.templatetags.classes import plans_word
from courses.classes.views.screens import refusals_as_messages
from courses.plans import actions
from courses.plans.book import Book, Place
from courses.plans.models import HandIn, Plan, values_of
from courses.plans.reading import Workbook, workbook
from courses.plans.rules.local import local_values
from courses.plans.views.staff_class import STATE_CHIPS
from courses.plans.views.staff_desk import PlanDesk


class PlanScreen(PlanDesk):
    """A screen about one plan, for its trainers and the experts; for everybody else there is none (PRV-3).

    `?attempt=1` reads what was handed in then, which never changes; without it, what stands in the plan now.
    """

    model = Plan
    tab = "plans"
    header_icon = "q-book"
    joined = (
        "enrolment__learner", "enrolment__training_class__edition__course", "enrolment__training_class__host",
        "enrolment__training_class__provider",
    )  # fmt: skip

    def get_base_object_queryset(self) -> Any:
        return Plan.objects.readable_by(self.request.user).select_related(*self.joined)

    def is_permitted(self) -> bool:
        return True  # the queryset has answered that

    @property
    def plan(self) -> Plan:
        return self.object

    def get_training_class(self) -> TrainingClass:
        return self.plan.enrolment.training_class

    def get_page_subtitle(self) -> str:
        return self.writer(self.plan)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        items = super().get_breadcrumbs_items()
        training_class = self.get_training_class()
        if not self.knows_writers:
            return items
        items.insert(-1, {"url": reverse("plans_class", args=[training_class.pk]), "label": plans_word(training_class)})
        return items

    @property
    def book(self) -> Book:
        return self.plan.workbook

    @cached_property
    def hand_ins(self) -> list[HandIn]:
        return list(self.plan.hand_ins.prefetch_related("reviews__reviewer"))

    @cached_property
    def read(self) -> HandIn | None:
        """The hand-in that is read; None: the plan as it stands now."""
        asked = self.request.GET.get("attempt")
        if not asked:
            return None
        found = [one for one in self.hand_ins if str(one.number) == asked]
        if not found:
            raise Http404
        return found[0]

    @cached_property
    def values(self) -> Mapping[str, str]:
        return self.read.values if self.read else values_of(self.plan)

    @cached_property
    def found(self) -> Workbook:
        """Everything that follows from what is written, worked out once."""
        return workbook(self.values, local_values(self.plan.local))

    @cached_property
    def comments(self) -> list[Any]:
        return list(self.plan.comments.select_related("by"))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            plan=self.plan,
            learner=self.plan.enrolment.learner,
            writer=self.writer(self.plan),
            book=self.book,
            read=self.read,
            query=f"?attempt={self.read.number}" if self.read else "",
            hand_ins=self.hand_ins,
            state_kind=STATE_CHIPS.get(self.plan.state, "plain"),
            **kwargs,
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """One button, one verb. The verb asks for the right."""
        with refusals_as_messages(request):
            done = self.acted(request.POST.get("act", ""), request.POST)
            if done:
                messages.success(request, done)
        return redirect(request.get_full_path())

    def acted(self, act: str, posted: Mapping[str, str]) -> str:
        """Does what a button asks for; says what was done, "" where there is no such button."""
        plan, by = self.plan, self.request.user
        if act == "settle":
            number = posted.get("comment", "")
            if not (number.isascii() and number.isdecimal() and len(number) < 19):
                raise Http404
            comment = get_object_or_404(plan.comments, pk=int(number))
            actions.settle_comment(comment=comment, by=by)
            return _("Marked as done.")
        if act == "send_back":
            actions.send_back(plan=plan, comment=posted.get("comment", ""), by=by)
            return _("The plan is open again. What was handed in stays readable.")
        if act == "accept":
            actions.accept_plan(plan=plan, by=by)
            return _("The plan is accepted.")
        if act == "mark_example":
            actions.mark_example(plan=plan, by=by)
            return _("Marked as teaching example. What others have in common with it no longer counts as the same.")
        if act == "unmark_example":
            actions.unmark_example(plan=plan, by=by)
            return _("No longer a teaching example.")
        return ""


def known_place(book: Book, path: str) -> Place | None:
    try:
        return book.place(path)
    except (KeyError, IndexError):
        return None
