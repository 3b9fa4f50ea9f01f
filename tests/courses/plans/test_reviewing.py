"""Handing in, sending back, reviewing: from the plan to the result of the course (4.8, EXM-3, P6 step 8)."""

from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from courses.classes import actions as classes
from courses.exams import actions as exams
from courses.exams.models import ExamEntry, Grade
from courses.people import actions as people
from courses.people.permissions import Role
from courses.plans import actions as plans
from courses.plans.models import Comment, HandIn, Plan, values_of
from courses.plans.progress import Progress, progress_of
from courses.results import actions as results
from tests.courses.building import at, staff
from tests.courses.english import english
from tests.courses.plans.building import SCORES, fresh, plan_scene, scores_for

pytestmark = pytest.mark.django_db
build_scene = plan_scene
__all__ = ["english"]  # an autouse fixture
TREND = "market.trend"


def marks(room, name="孙丽娟"):
    """Score and whether it is the resit, as they stand in the plan exam."""
    found = Grade.objects.live().filter(entry__enrolment__learner=room.learners[name]).order_by("resit")
    return [(grade.score, grade.resit, grade.source, grade.sat_on.day) for grade in found]


def outcome(room, when, name="孙丽娟"):
    proposed = results.propose(training_class=room.training_class, by=room.world.admin_provider, at=when)
    return next(one for one in proposed if one.enrolment.learner == room.learners[name])


def test_4_9_what_is_missing_is_said_by_section_and_nothing_is_handed_in(room):
    plan = room.written(without=["market"], **{"assets.vehicles.1.name": "三轮车", "cover.address": ""})
    progress = progress_of(plan.workbook, values_of(plan))
    assert (progress["market"], progress["assets"], progress["overview"]) == (
        Progress.EMPTY, Progress.BEGUN, Progress.FILLED
    )  # fmt: skip
    with pytest.raises(ValidationError) as refusal:
        plans.hand_in(plan=plan, by=room.learners["孙丽娟"], at=at(8))
    said = refusal.value.message_dict
    assert set(said) == {"market", "assets", "cover"}
    assert "address" in said["cover"][0]
    assert "三轮车" in said["assets"][0]
    assert "more" in said["market"][0], "a long list ends with a number"
    assert fresh(plan).state == Plan.State.WRITING


def test_4_9_what_is_handed_in_is_frozen_and_sent_back_opens_attempt_2(room):
    hand_in = room.handed_in()
    plan = fresh(hand_in.plan)
    learner = room.learners["孙丽娟"]
    assert (plan.state, hand_in.number) == (Plan.State.HANDED_IN, 1)
    assert plans.hand_in(plan=plan, by=learner) == hand_in, "twice is once"
    with pytest.raises(plans.Closed, match="handed in"):
        room.save(plan, TREND, "改一下")
    with pytest.raises(ValidationError, match="what has to be done"):
        plans.send_back(plan=plan, comment=" ", by=room.trainer)
    for stranger in (room.world.officer, room.world.other_trainer, room.world.admin_prison, room.world.admin_provider):
        with pytest.raises(PermissionDenied):
            plans.send_back(plan=plan, comment="再改", by=stranger)
    for _twice in range(2):
        plan = plans.send_back(plan=plan, comment="请补上竞争对手。", by=room.trainer, at=at(9))
    assert (plan.state, plan.attempt) == (Plan.State.RETURNED, 2)
    assert Comment.objects.get().text == "请补上竞争对手。"
    room.save(plan, TREND, "改好了")
    second = plans.hand_in(plan=plan, by=learner, at=at(10))
    assert (second.number, second.values[TREND]) == (2, "改好了")
    assert HandIn.objects.get(number=1).values[TREND] != "改好了", "attempt 1 stays readable as it was"
    assert marks(room) == [], "sent back without a review: no attempt of the exam is used up"
    room.review(second, "60", at(11))
    assert marks(room) == [(60, False, "plan", 10)]
    with pytest.raises(ValidationError, match="handed in can be sent back"):
        plans.send_back(plan=plan, comment="再改", by=room.trainer)


@pytest.mark.parametrize(
    ("total", "state", "attempt", "passed"),
    [("59.5", "returned", 2, False), ("60", "accepted", 1, True), ("90", "accepted", 1, True)],
)
def test_4_8_the_total_is_the_mark_and_nothing_is_rounded_up(room, total, state, attempt, passed):
    written = room.review(room.handed_in(), total)
    plan = fresh(written.hand_in.plan)
    assert (plan.state, plan.attempt, written.total) == (state, attempt, Decimal(total))
    assert marks(room) == [(Decimal(total), False, "plan", 8)]
    result = outcome(room, at(12))
    assert (result.passed, result.resit_of) == (passed, [] if passed else ["plan"])


def test_p6_8_82_points_pass_and_what_is_wrong_with_points_is_said_item_by_item(room):
    hand_in = room.handed_in()
    with pytest.raises(ValidationError) as refusal:
        room.review(hand_in, cash=16, profit="12.345", market="", person="好")
    assert set(refusal.value.message_dict) == {"cash", "profit", "market", "person"}
    assert "15 points at most" in refusal.value.message_dict["cash"][0]
    with pytest.raises(ValidationError, match="Write a comment"):
        plans.review(hand_in=hand_in, scores=SCORES, comment="  ", by=room.expert)
    assert not marks(room)
    written = room.review(hand_in)
    assert (written.total, written.points["market"]) == (82, 11)
    assert marks(room) == [(82, False, "plan", 8)]
    assert outcome(room, at(12)).passed
    assert room.review(hand_in) == written, "twice is once"
    mended = plans.review(hand_in=hand_in, scores=SCORES, comment="讲清楚了。", by=room.expert)
    assert hand_in.review == mended
    assert hand_in.reviews.count() == 2, "the words of before stay"
    with pytest.raises(ValidationError, match="correction"):
        room.review(hand_in, "83")
    assert len(marks(room)) == 1


def test_exm_3_attempt_2_is_the_resit_and_a_second_failure_is_final(room):
    plan, learner = fresh(room.review(room.handed_in(), "40").hand_in.plan), room.learners["孙丽娟"]
    first = plan.hand_ins.get()
    with pytest.raises(ValidationError, match="being rewritten"):
        other = room.handed_in("李德顺")
        HandIn.objects.filter(pk=other.pk).update(number=9)
        room.review(HandIn.objects.get(pk=other.pk))
    with pytest.raises(ValidationError, match="not changed anything"):  # it would use the last review up
        plans.hand_in(plan=plan, by=learner, at=at(20))
    room.save(plan, TREND, "改好了")
    second = plans.hand_in(plan=plan, by=learner, at=at(20))
    room.review(second, "59.99", at(21))
    assert marks(room) == [(40, False, "plan", 8), (Decimal("59.99"), True, "plan", 20)]
    plan = fresh(plan)
    assert (plan.state, plan.attempt, first.review.total) == (Plan.State.RETURNED, 3, 40)
    result = outcome(room, at(22))
    assert (result.passed, result.repeat_course, result.reason) == (False, True, "failed_twice")
    room.save(plan, TREND, "为自己写下去")
    with pytest.raises(ValidationError, match="as often as the course allows"):
        plans.hand_in(plan=plan, by=learner)


def test_exm_3_a_better_second_attempt_passes(room):
    plan = fresh(room.review(room.handed_in(), "59").hand_in.plan)
    room.save(plan, TREND, "改好了")
    second = plans.hand_in(plan=plan, by=room.learners["孙丽娟"], at=at(20))
    room.review(second, "75", at(21))
    assert [score for score, *_rest in marks(room)] == [59, 75]
    assert outcome(room, at(22)).passed


def test_4_8_only_an_outside_expert_reviews(room):
    hand_in = room.handed_in()
    world, by = room.world, {}
    by["trainer"], by["officer"], by["examiner"] = room.trainer, world.officer, staff("e", Role.EXAMINER, world.school)
    for user in by.values():
        with pytest.raises(PermissionDenied):
            plans.review(hand_in=hand_in, scores=SCORES, comment="好", by=user)
    assert Plan.objects.reviewable_by(room.expert).count() == 1
    people.appoint(user=room.expert, role=Role.AUTHOR, organisation=world.school, by=None)
    with pytest.raises(ValidationError, match="post at the school"):
        room.review(hand_in)
    assert not Plan.objects.reviewable_by(room.expert).exists()

    second = staff("expert_2", Role.EXPERT, world.school, "吴专家")  # called in by the school: still not of the school
    classes.assign(training_class=room.training_class, user=second, role="trainer", by=world.admin_prison)
    with pytest.raises(ValidationError, match="teaches the class"):
        plans.review(hand_in=hand_in, scores=SCORES, comment="好", by=second)
    assert not Plan.objects.reviewable_by(second).exists()

    third = staff("expert_3", Role.AUDITOR, world.prison, "郑专家")
    classes.assign(training_class=room.training_class, user=third, role="expert", by=world.admin_prison)
    assert plans.review(hand_in=hand_in, scores=scores_for("82"), comment="好", by=third, at=at(9)).reviewer == third


def test_exm_2_who_may_not_sit_gets_no_mark_and_the_plan_stays_handed_in(room):
    hand_in = room.handed_in()
    entry = ExamEntry.objects.get(enrolment__learner=room.learners["孙丽娟"])
    ExamEntry.objects.filter(pk=entry.pk).update(eligible=False, reason="hours_short")
    with pytest.raises(ValidationError, match="May not sit"):
        room.review(hand_in)
    assert fresh(hand_in.plan).state == Plan.State.HANDED_IN
    ExamEntry.objects.filter(pk=entry.pk).delete()
    with pytest.raises(ValidationError, match="not on the exam list"):
        room.review(HandIn.objects.get(pk=hand_in.pk))
    exams.make_entries(training_class=room.training_class, by=None, at=at(9))
    with pytest.raises(ValidationError, match="no exam for the business plan"):
        room.training_class.exams.all().delete()
        room.review(HandIn.objects.get(pk=hand_in.pk))


def test_a_course_without_a_mark_for_the_plan_lets_its_trainer_accept(room):
    hand_in = room.handed_in()
    with pytest.raises(ValidationError, match="review decides"):
        plans.accept_plan(plan=hand_in.plan, by=room.trainer)
    edition = room.training_class.edition
    edition.pass_rule_data |= {"plan_pass": None}
    edition.save()
    with pytest.raises(ValidationError, match="trainers accept"):
        room.review(HandIn.objects.get(pk=hand_in.pk))
    with pytest.raises(PermissionDenied):
        plans.accept_plan(plan=hand_in.plan, by=room.world.officer)
    for _twice in range(2):
        assert plans.accept_plan(plan=hand_in.plan, by=room.trainer).state == Plan.State.ACCEPTED
    with pytest.raises(plans.Closed, match="accepted"):
        room.save(hand_in.plan, TREND, "改")


def test_4_9_comments_hang_on_cells_and_are_settled_once(room):
    plan = room.plan()
    one = plans.comment(plan=plan, path=TREND, text="写具体一些", by=room.trainer)
    assert plans.comment(plan=plan, path=TREND, text="写具体一些", by=room.trainer) == one
    with pytest.raises(plans.NoSuchField):
        plans.comment(plan=plan, path="market.nothing", text="好", by=room.trainer)
    with pytest.raises(ValidationError, match="invisible"):
        plans.comment(plan=plan, text="好\u200b", by=room.trainer)
    with pytest.raises(PermissionDenied):
        plans.comment(plan=plan, text="好", by=room.world.officer)
    for stranger in (room.learners["李德顺"], room.world.officer):
        with pytest.raises(PermissionDenied):
            plans.settle_comment(comment=one, by=stranger)
    done = plans.settle_comment(comment=one, by=room.learners["孙丽娟"], at=at(9))
    assert plans.settle_comment(comment=done, by=room.trainer, at=at(10)).settled_at == at(9)
    assert not plan.comments.open().exists()
