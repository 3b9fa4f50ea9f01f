"""The class that has run to its certificates: 2025-WELD-01, twenty-four learners in March and April 2025.

One was transferred and one fell short of the hours; twenty passed at once, two after a resit. The fifth certificate carried a
wrong character and was replaced; the last one rested on a mark that had been typed wrongly, and was revoked.
"""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from courses.attendance.rules import Mark, Status
from courses.catalogue.models import Edition
from courses.classes.actions import withdraw
from courses.classes.models import Enrolment, TrainingClass
from courses.classes.rules import PlannedSession
from courses.exams.actions import correct_grade, decide_correction
from courses.exams.models import Exam
from courses.people.actions import correct_learner
from courses.people.models import Learner
from courses.results.actions import confirm, reopen
from courses.results.models import Outcome
from lms.demo.certificates import ask_for_a_new_print, certify, replace_certificate, revoke_certificate
from lms.demo.classes import (
    ABSENT,
    WELDING_CREW,
    WELDING_PAPERS,
    Papers,
    Plan,
    World,
    hold_session,
    moment,
    open_class,
    timetable,
    welding_sessions,
    working_days,
)
from lms.demo.examinations import decide_results, enter_practice, enter_theory, finish_class, set_up_exams

FIRST_DAY = date(2025, 3, 3)
MISTYPED, CORRECT = "赵铁拄", "赵铁柱"
MORNING, AFTERNOON = time(8, 30), time(14)
LONG_PAPERS = Papers(
    "二十七个教学日，四十五次课，每次四课时：头十八天上午、下午都有课，理论和实操交替；后九天上午实操。",
    "《焊工（五级）》讲义每人一册；面罩、手套、护目镜每人一套；焊条、试件、气体按课次领用。",
    "理论二十题，每题五分；实操两项试件，两名考评员评分取平均；各六十分合格。",
)


def build_finished_class(world: World, learners: Sequence[Learner]) -> TrainingClass:
    """Run the whole class; `learners` are twenty-four, the fifth of whom was registered with a wrong character.

    The course of `world` has twenty hours, in five mornings, or 180: from 3 March to 9 April.
    """
    assert len(learners) == 24, "the story is told of twenty-four"  # noqa: S101
    sessions = _five_mornings() if world.edition.required_half_hours == 40 else _six_weeks(world.edition)
    short = len(sessions) == len(_five_mornings())
    plan = Plan(
        "2025-WELD-01", world.places.prison, "admin_prison", "trainer_wang", sessions, capacity=24,
        crew=WELDING_CREW, papers=WELDING_PAPERS if short else LONG_PAPERS,
    )  # fmt: skip
    training_class = open_class(world, plan, learners)
    _teach(world, training_class, learners)
    theory = _examine(world, training_class, learners)
    _issue(world, training_class, theory, learners)
    return training_class


def _five_mornings() -> list[PlannedSession]:
    return welding_sessions([moment(day, time(9)) for day in working_days(FIRST_DAY, 5)])


def _six_weeks(edition: Edition) -> list[PlannedSession]:
    days = working_days(FIRST_DAY, 27)
    starts = [moment(day, MORNING) for day in days] + [moment(day, AFTERNOON) for day in days[:18]]
    return timetable(edition, sorted(starts))


def _teach(world: World, training_class: TrainingClass, learners: Sequence[Learner]) -> None:
    late, transferred, short = learners[2], learners[22], learners[23]
    sessions = list(training_class.sessions.order_by("starts_at"))
    missed, late_once = ({3, 4}, 0) if len(sessions) == 5 else (set(range(20, 29)), 30)  # of 180 hours: 143 are left
    for session in sessions:
        exceptions = {}
        if session.number == 2:
            exceptions[late.pk] = Mark(Status.LATE, 30)
        if session.number in missed:
            exceptions[short.pk] = ABSENT
        if session.number == late_once:
            exceptions[short.pk] = Mark(Status.LATE, 30)
        hold_session(world, session, exceptions)
        if session.number == 2:
            enrolment = training_class.enrolments.get(learner=transferred)
            withdraw(
                enrolment=enrolment, by=world.staff["admin_prison"], reason=Enrolment.EndReason.TRANSFERRED,
                at=session.ends_at + timedelta(minutes=20),
            )  # fmt: skip


def _examine(world: World, training_class: TrainingClass, learners: Sequence[Learner]) -> Exam:
    over = training_class.sessions.latest("starts_at").ends_at
    sat_at = moment(_next_working_day(timezone.localdate(over)), time(15))
    theory, practice = set_up_exams(world, training_class, at=over + timedelta(hours=2))
    sat = learners[:22]
    theory_marks = {learner.pk: 68 + index * 3 % 29 for index, learner in enumerate(sat)}
    theory_marks |= {sat[20].pk: 55, sat[21].pk: 58}
    enter_theory(world, theory, theory_marks, at=sat_at)
    enter_practice(world, practice, {one.pk: 66 + index * 5 % 27 for index, one in enumerate(sat)}, at=sat_at)
    finish_class(world, training_class, at=sat_at + timedelta(hours=1))
    decide_results(world, training_class, at=sat_at + timedelta(days=1))
    enter_theory(world, theory, {sat[20].pk: 66}, at=sat_at + timedelta(days=6), resit=True)
    decide_results(world, training_class, at=sat_at + timedelta(days=6, hours=2))
    return theory


def _next_working_day(day: date) -> date:
    return working_days(day + timedelta(days=1), 1)[0]


def _issue(world: World, training_class: TrainingClass, theory: Exam, learners: Sequence[Learner]) -> None:
    awarded = moment(date(2025, 4, 18), time(10))
    certificates = certify(world, _passed(training_class), at=awarded)

    fifth = learners[4]
    correct_learner(
        learner=fifth, by=world.staff["admin_prison"], organisation=world.places.prison, full_name=CORRECT,
        reason="身份证件上是“柱”，登记时写成了“拄”",
    )  # fmt: skip
    replace_certificate(world, certificates[4], at=moment(date(2025, 5, 6), time(10)))

    last = learners[21]
    enter_theory(world, theory, {last.pk: 61}, at=moment(date(2025, 5, 12), time(15)), resit=True)
    decide_results(world, training_class, at=moment(date(2025, 5, 13), time(9)))
    (late_one,) = certify(
        world, _passed(training_class).filter(enrolment__learner=last), at=moment(date(2025, 5, 15), time(10))
    )
    _correct_to_a_fail(world, training_class, theory, last, at=moment(date(2025, 6, 3), time(9)))
    revoke_certificate(world, late_one, at=moment(date(2025, 6, 4), time(10)))
    ask_for_a_new_print(world, certificates[9], at=timezone.now())


def _correct_to_a_fail(
    world: World, training_class: TrainingClass, theory: Exam, learner: Learner, *, at: datetime
) -> None:
    """EXM-7: the mark was typed as 61 and is 51; two people correct it, two people take back the result."""
    grade = theory.grades.live().get(entry__enrolment__learner=learner, resit=True)
    correction = correct_grade(
        grade=grade, by=world.staff["examiner_1"], reason="录入时看错：原卷五十一分", score=51, at=at
    )
    decide_correction(
        correction=correction, by=world.staff["admin_provider"], approve=True, comment="已核对原卷", at=at
    )
    outcome = Outcome.objects.confirmed().get(enrolment__training_class=training_class, enrolment__learner=learner)
    reopen(outcome=outcome, by=world.staff["examiner_1"], reason="成绩更正", at=at)
    confirm(training_class=training_class, by=world.staff["admin_provider"], comment="同意更正", at=at)


def _passed(training_class: TrainingClass):
    return Outcome.objects.certifiable().filter(enrolment__training_class=training_class)
