"""Exams and results of the demo world, through the real verbs."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.utils import timezone

from courses.classes.models import TrainingClass
from courses.exams.actions import create_exam, enter_marks, make_entries
from courses.exams.models import Exam, ExamEntry
from courses.practicals.actions import assess_sheet
from courses.results.actions import close_class, confirm, propose
from courses.results.models import Outcome
from lms.demo.classes import World

Marks = Mapping[int, int]  # by learner
Component, Mode = Exam.Component, Exam.Mode


def entries_by_learner(training_class: TrainingClass) -> dict[int, ExamEntry]:
    entries = ExamEntry.objects.filter(enrolment__training_class=training_class).select_related("enrolment__learner")
    return {entry.enrolment.learner_id: entry for entry in entries}


def set_up_exams(
    world: World, training_class: TrainingClass, *, at: datetime, planner: str = "admin_prison"
) -> tuple[Exam, Exam]:
    """Theory on paper and practice in the workshop, and the list of who may sit."""
    by = world.staff[planner]
    theory = create_exam(training_class=training_class, component=Component.THEORY, mode=Mode.PAPER, by=by, minutes=90)
    practice = create_exam(
        training_class=training_class, component=Component.PRACTICE, mode=Mode.WORKSHOP, by=by, minutes=90
    )
    make_entries(training_class=training_class, by=by, at=at)
    return theory, practice


def enter_theory(world: World, exam: Exam, marks: Marks, *, at: datetime, resit: bool = False) -> None:
    """One examiner types the score sheet of a paper exam."""
    entries = entries_by_learner(exam.training_class)
    enter_marks(
        exam=exam, marks={entries[pk].pk: mark for pk, mark in marks.items()}, by=world.staff["examiner_1"],
        sat_on=timezone.localdate(at), resit=resit, at=at,
    )  # fmt: skip


def enter_practice(world: World, exam: Exam, marks: Marks, *, at: datetime, resit: bool = False) -> None:
    """Two examiners mark the practice, each the own column; their mean is the mark given, and they differ by two."""
    entries = entries_by_learner(exam.training_class)
    for examiner, apart in ((world.staff["examiner_1"], -1), (world.staff["examiner_2"], 1)):
        scores = {(entries[learner].pk, examiner.pk): mark + apart for learner, mark in marks.items()}
        assess_sheet(exam=exam, scores=scores, by=examiner, sat_on=timezone.localdate(at), resit=resit, at=at)


def decide_results(world: World, training_class: TrainingClass, *, at: datetime) -> list[Outcome]:
    """The examiner proposes, the school confirms: never the same person."""
    propose(training_class=training_class, by=world.staff["examiner_1"], at=at)
    return confirm(training_class=training_class, by=world.staff["admin_provider"], comment="核对无误", at=at)


def finish_class(world: World, training_class: TrainingClass, *, at: datetime) -> TrainingClass:
    return close_class(training_class=training_class, by=world.staff["admin_provider"], at=at)


def examine(
    world: World, training_class: TrainingClass, theory_marks: Marks, practice_marks: Marks, *, planner: str,
    at: datetime,
) -> tuple[Exam, Exam]:  # fmt: skip
    """The whole end of a class: list, both exams on one day, closing, results the day after."""
    theory, practice = set_up_exams(world, training_class, at=at - timedelta(hours=6), planner=planner)
    enter_theory(world, theory, theory_marks, at=at)
    enter_practice(world, practice, practice_marks, at=at)
    finish_class(world, training_class, at=at + timedelta(hours=1))
    decide_results(world, training_class, at=at + timedelta(days=1))
    return theory, practice


def usual_marks(learners: list[int], *, lowest: int = 66, step: int = 5, span: int = 29) -> dict[int, int]:
    """Marks that differ and suffice: from `lowest` up, below `lowest` + `span`."""
    return {learner: lowest + index * step % span for index, learner in enumerate(learners)}
