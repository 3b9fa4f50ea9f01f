"""Who may sit, and who sits, at a sitting; at which exams scores are missing."""

from datetime import date

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from courses.classes.models import Enrolment, TrainingClass
from courses.exams.models.attempts import Attempt
from courses.exams.models.exams import Exam, ExamEntry, ExamEntryQuerySet
from courses.exams.models.grades import Grade
from courses.exams.models.sittings import Sitting
from courses.prepared import Prepared


def due_at(sitting: Sitting, on: date | None = None) -> ExamEntryQuerySet:
    """The entries that may sit at a sitting: eligible (EXM-2), in the class, not sat or marked yet; for a resit, those who may
    sit again on that day (EXM-3). Whoever has an attempt at this very sitting that is not marked stays among them."""
    if sitting.resit:
        may = Grade.objects.resit_candidates(sitting.exam, on)
        return may.filter(~_sat_elsewhere(sitting.exam_id, sitting.pk, resit=True))
    return _due_first(sitting.exam_id, sitting.pk)


def entry_due(sitting: Sitting, learner: int, on: date | None = None) -> ExamEntry | None:
    """The entry with which one learner may sit at a sitting, if there is one among those of `due_at`."""
    if sitting.resit:
        return due_at(sitting, on).filter(enrolment__learner=learner).first()
    return next(iter(_DUE_FIRST(sitting.exam_id, sitting.pk, learner)), None)


def _due_first(exam: int, sitting: int) -> ExamEntryQuerySet:
    marked = Grade.objects.live().filter(exam=exam, resit=False, entry=OuterRef("pk"))
    return ExamEntry.objects.eligible().filter(
        ~Exists(marked),
        ~_sat_elsewhere(exam, sitting, resit=False),
        enrolment__training_class__exams=exam,
        enrolment__in=Enrolment.objects.on_roster(),
    )


def _sat_elsewhere(exam: int, sitting: int, *, resit: bool) -> Exists:
    attempts = Attempt.objects.filter(entry=OuterRef("pk"), sitting__exam=exam, sitting__resit=resit)
    return Exists(attempts.exclude(sitting=sitting).exclude(state=Attempt.State.VOID))


_DUE_FIRST = Prepared(
    lambda exam, sitting, learner: _due_first(exam, sitting).filter(enrolment__learner=learner), int, int, int
)


def waiting_for_scores(exams: models.QuerySet[Exam]) -> models.QuerySet[Exam]:
    """Those of the exams, in running classes, at which somebody who may sit has no score yet; `missing` says how many."""
    scored = Grade.objects.live().filter(exam=OuterRef(OuterRef("pk")), resit=False, entry=OuterRef("pk"))
    open_entries = ExamEntry.objects.eligible().filter(
        ~Exists(scored),
        enrolment__training_class=OuterRef("training_class"),
        enrolment__in=Enrolment.objects.on_roster(),
    )
    counted = open_entries.order_by().values("enrolment__training_class").annotate(n=models.Count("pk")).values("n")
    running = exams.filter(training_class__state=TrainingClass.State.RUNNING)
    return running.annotate(missing=models.Subquery(counted)).filter(missing__gt=0)


def late_with_scores(exams: models.QuerySet[Exam], on: date | None = None) -> models.QuerySet[Exam]:
    """Those that wait for scores although they were held: a sitting is closed, or the last day of the class is over."""
    held = Sitting.objects.filter(exam=OuterRef("pk"), state=Sitting.State.CLOSED)
    over = Q(training_class__ends_on__lt=on or timezone.localdate())
    return waiting_for_scores(exams).filter(over | Exists(held))
