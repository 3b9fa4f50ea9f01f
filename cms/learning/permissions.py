"""What a learner may open: the courses of the classes that the learner belongs to, and nothing of anybody else."""

from typing import cast

from django.db import models

from courses.catalogue.models import CourseUnit
from courses.classes.models import Enrolment, TrainingClass
from courses.people.models import Learner

State = TrainingClass.State
READABLE = (State.RUNNING, State.CLOSED)  # what was learned may be read again


def enrolments_of(learner: Learner) -> "models.QuerySet[Enrolment]":
    """A learner's places in classes that have been approved, the running class first."""
    found = Enrolment.objects.on_roster().filter(learner=learner, training_class__state__in=[State.APPROVED, *READABLE])
    order = models.Case(
        models.When(training_class__state=State.RUNNING, then=0),
        models.When(training_class__state=State.APPROVED, then=1),
        default=2,
    )
    return found.order_by(order, "-training_class__starts_on")


def may_read(learner: Learner, edition_id: int) -> bool:
    """Whether the learner belongs to a class of this edition that has begun."""
    return _reading(learner).filter(training_class__edition=edition_id).exists()


def readable_lessons(learner: Learner | int) -> "models.QuerySet[CourseUnit]":
    """The other form of `may_read`: the lessons that a learner may open."""
    editions = _reading(learner).values("training_class__edition")
    return CourseUnit.objects.filter(kind=CourseUnit.Kind.LESSON, edition__in=editions)


def _reading(learner: Learner | int) -> "models.QuerySet[Enrolment]":
    found = Enrolment.objects.on_roster().filter(learner=learner, training_class__state__in=READABLE)
    return cast("models.QuerySet[Enrolment]", found)
