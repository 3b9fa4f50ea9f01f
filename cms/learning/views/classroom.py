"""A trainer's look at the class: who sits at a terminal now, how far each has read, and everyone out."""

from typing import Any

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin import messages

from cms.learning.models import LessonVisit
from courses.catalogue.models import CourseUnit
from courses.classes.models import TrainingClass
from courses.classes.permissions import may_in_class
from courses.people.models import Learner
from courses.people.permissions import MARK_REGISTERS, VIEW_CLASSES
from courses.people.viewsets import ScopedObjectMixin
from courses.terminals import actions as terminals
from courses.terminals.models import TerminalSession


class ClassAtTerminals(ScopedObjectMixin, TemplateView):
    """GET shows, POST ends the sessions of the whole class (一键收场, P3 step 5)."""

    model = TrainingClass
    template_name = "learning/class.html"
    header_icon = "q-keypad"
    page_title = gettext_lazy("At the terminals")

    def get_base_object_queryset(self) -> Any:
        return super().get_base_object_queryset().select_related("edition", "host", "provider")

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        training_class = self.object
        return [
            {"url": reverse("wagtailadmin_home"), "label": _("Home")},
            {"url": reverse("classes:index"), "label": _("Classes")},
            {"url": reverse("classes_class", args=[training_class.pk]), "label": training_class.class_no},
            {"url": "", "label": self.page_title},
        ]

    def is_permitted(self) -> bool:
        right = MARK_REGISTERS if self.request.method == "POST" else VIEW_CLASSES
        return may_in_class(self.request.user, right, self.object)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        training_class = self.object
        lessons = CourseUnit.objects.filter(edition=training_class.edition, kind=CourseUnit.Kind.LESSON).count()
        rows = rows_of(training_class)
        return super().get_context_data(
            training_class=training_class,
            tab="learning",
            rows=rows,
            lessons=lessons,
            present=sum(row["session"] is not None for row in rows),
            may_end=may_in_class(self.request.user, MARK_REGISTERS, training_class),
            **kwargs,
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        members = Learner.objects.filter(enrolments__in=self.object.enrolments.on_roster())
        ended = terminals.end_room(learners=members, by=request.user)
        sentence = _("%(n)s learners signed out. What they did is kept.") if ended else _("Nobody was signed in.")
        messages.success(request, sentence % {"n": ended} if ended else sentence)
        return redirect("learning_class", self.object.pk)


def rows_of(training_class: TrainingClass) -> list[dict[str, Any]]:
    """The roster with each one's live session and the number of lessons finished: three queries."""
    places = list(training_class.enrolments.on_roster().select_related("learner").order_by("roster_no"))
    learners = [place.learner_id for place in places]
    live = TerminalSession.objects.live().filter(learner__in=learners).select_related("terminal")
    sessions = {session.learner_id: session for session in live}
    counts = LessonVisit.objects.filter(learner__in=learners, unit__edition=training_class.edition_id)
    read = {
        one["learner"]: one
        for one in counts.order_by()
        .values("learner")
        .annotate(opened=Count("pk"), finished=Count("pk", filter=Q(finished_at__isnull=False)))
    }
    nothing = {"opened": 0, "finished": 0}
    return [
        {"place": place, "session": sessions.get(place.learner_id), **read.get(place.learner_id, nothing)}
        for place in places
    ]
