"""What the classes add to the first page of the staff desk."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Exists, OuterRef
from wagtail.admin.ui.components import Component

from courses.classes.actions.applying import ELEMENT_NAMES
from courses.classes.models import ClassSession, Enrolment, TrainerAssignment, TrainingClass
from courses.classes.rules import ApplicationFacts, missing_elements
from courses.people.permissions import OPEN_CLASSES

SHOWN = 5


class ApplicationsPanel(Component):
    """The applications that I may write and that are not handed in yet, with what each still lacks (CLS-1)."""

    name = "applications"
    template_name = "classes/panels/applications.html"
    order = 18

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        mine = TrainingClass.objects.where(parent_context["request"].user, OPEN_CLASSES)
        drafts = mine.filter(state=TrainingClass.State.DRAFT)
        of_class = {"training_class": OuterRef("pk")}
        trainers = TrainerAssignment.objects.filter(role=TrainerAssignment.Role.TRAINER, **of_class)
        found = list(
            drafts.select_related("application", "edition").annotate(
                has_learners=Exists(Enrolment.objects.on_roster().filter(**of_class)),
                has_trainers=Exists(trainers),
                has_sessions=Exists(ClassSession.objects.taking_place().filter(**of_class)),
            ).order_by("starts_on", "class_no")[: SHOWN + 1]
        )  # fmt: skip
        rows = [{"class": one, "missing": _missing(one)} for one in found[:SHOWN]]
        return {"rows": rows, "all": drafts.count() if len(found) > SHOWN else len(found)}


def _missing(one: Any) -> list[str]:
    """The names of the elements that an application lacks; `one` carries what the panel has asked for."""
    application = one.application
    facts = ApplicationFacts(
        learners=int(one.has_learners),
        trainers=int(one.has_trainers),
        sessions=int(one.has_sessions),
        teaching_plan=application.teaching_plan,
        resources=application.resources,
        assessment_plan=application.assessment_plan,
    )
    return [str(ELEMENT_NAMES[element]) for element in missing_elements(facts)]
