"""Classes at the stages of P1: taught, then examined, with marks typed by the examiners. Real verbs only."""

from datetime import date

from courses.attendance import actions as attendance
from courses.attendance.rules import Mark, Status
from courses.classes import actions as classes
from courses.classes.models import TrainingClass
from courses.exams import actions as exams
from courses.exams.models import Exam, ExamEntry
from courses.people.permissions import Role
from courses.practicals import actions as practicals
from tests.courses.building import World, at, enrolments, make_world, running, session, staff

NAMES = ("王国强", "李德顺", "陈小龙", "张志远", "赵铁柱")
EXAM_DAY, RESIT_DAY = date(2025, 9, 10), date(2025, 9, 24)


def mark_session(world: World, training_class: TrainingClass, number: int, **exceptions: Mark) -> None:
    """All present, then the exceptions, at the end of the session."""
    one = session(training_class, number)
    marks = {row.pk: exceptions.get(name, Mark(Status.PRESENT)) for name, row in enrolments(training_class).items()}
    attendance.mark_register(session=one, marks=marks, by=world.trainer, at=one.ends_at)


def taught(
    world: World, names: tuple[str, ...] = NAMES, *, last_session_marked: bool = True, class_no: str = "2025-WELD-T"
) -> TrainingClass:
    """P1 step 3: hours 王 20, 李 16, 陈 19, 张 20, 赵 14 of 20; the last session is the make-up of 8 September."""
    if world.taught_class and (names, last_session_marked, class_no) == (NAMES, True, "2025-WELD-T"):
        return TrainingClass.objects.get(pk=world.taught_class.pk)
    if "examiner_1" not in world.staff:
        world.staff |= {
            "examiner_1": staff("examiner_1", Role.EXAMINER, world.school, "钱考评员"),
            "examiner_2": staff("examiner_2", Role.EXAMINER, world.school, "周考评员"),
            "examiner_3": staff("examiner_3", Role.EXAMINER, world.school, "郑考评员"),
        }
    training_class = running(world, list(names), class_no, capacity=40)
    mark_session(world, training_class, 1)
    mark_session(world, training_class, 2, 陈小龙=Mark(Status.LATE, 30))
    mark_session(world, training_class, 3, 赵铁柱=Mark(Status.ABSENT))
    broken = classes.interrupt(session=session(training_class, 4), held_minutes=90, by=world.trainer, at=at(4, 10, 30))
    mark_session(world, training_class, 4)
    classes.plan_make_up(session=broken, starts_at=at(8), by=world.trainer)
    mark_session(world, training_class, 5, 李德顺=Mark(Status.LEAVE))
    if last_session_marked:
        mark_session(world, training_class, 6, 赵铁柱=Mark(Status.ABSENT))
    return training_class


def taught_scene() -> World:
    """A scene for modules that begin after the teaching."""
    world = make_world()
    world.taught_class = taught(world)
    return world


def examined(world: World, names: tuple[str, ...] = NAMES, **facts: str) -> tuple[TrainingClass, Exam, Exam]:
    """A taught class with its exam list, a theory exam on paper and a practical exam."""
    training_class = taught(world, names, **facts)
    theory = exams.create_exam(training_class=training_class, component="theory", mode="paper", by=world.admin_provider)
    practice = exams.create_exam(
        training_class=training_class, component="practice", mode="workshop", by=world.admin_provider
    )
    exams.make_entries(training_class=training_class, by=world.admin_provider, at=at(9))
    return training_class, theory, practice


def entries(training_class: TrainingClass) -> dict[str, ExamEntry]:
    """By the learner's name."""
    return {entry.enrolment.learner.full_name: entry for entry in ExamEntry.objects.of(training_class)}


def marks(world: World, exam: Exam, *, resit: bool = False, **scores: object) -> None:
    """Type paper marks as examiner_1; None is somebody who did not come."""
    found = entries(exam.training_class)
    exams.enter_marks(
        exam=exam, marks={found[name].pk: score for name, score in scores.items()}, by=world.examiner_1, resit=resit,
        sat_on=RESIT_DAY if resit else EXAM_DAY, at=at(24 if resit else 10, 17),
    )  # fmt: skip


def assess_all(world: World, exam: Exam, *, resit: bool = False, **scores: tuple[object, object]) -> None:
    """Two examiners' marks for each, each examiner typing his or her own column."""
    found = entries(exam.training_class)
    for column, examiner in enumerate((world.examiner_1, world.examiner_2)):
        practicals.assess_sheet(
            exam=exam, scores={(found[name].pk, examiner.pk): pair[column] for name, pair in scores.items()},
            by=examiner, sat_on=RESIT_DAY if resit else EXAM_DAY, resit=resit, at=at(24 if resit else 10, 17),
        )  # fmt: skip
