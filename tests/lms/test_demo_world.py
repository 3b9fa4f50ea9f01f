"""The demo world: the figures that its stories are told with, made by the real verbs alone.

The whole world of the small scale is built once, for this module; no other test needs more than its core.
"""

from collections import Counter
from datetime import date, timedelta
from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.utils import timezone

from certificates.issuing.actions import audit_register
from certificates.issuing.models import Certificate, PublicRecord
from courses.attendance.models import AttendanceRecord
from courses.catalogue.models import Course
from courses.classes.actions import assign
from courses.classes.models import Enrolment, TrainerAssignment, TrainingClass
from courses.exams.models import ExamEntry, Grade, Sitting
from courses.journal.actions import prove
from courses.people.models import CategoryPeriod, Learner, Organisation, Post, Region, Stay, User
from courses.people.permissions import Role
from courses.people.rules import mod_11_2
from courses.plans.book import BOOKS
from courses.plans.models import HandIn, Plan, Review, values_of
from courses.plans.reading import contents_of, self_check, workbook
from courses.plans.rules.local import local_values
from courses.plans.rules.similarity import same_sections
from courses.results.models import Outcome
from courses.results.rules import pass_rates
from courses.terminals.models import LoginCard, Terminal
from lms.demo import build
from lms.demo.learners import NAMED
from lms.targets.actions.reading import figures_of
from lms.targets.models import Target
from tests.keeping import kept

# Its figures are those of verbs that are tried on both databases: two minutes of building are spent on one of them.
pytestmark = [pytest.mark.slow, pytest.mark.once]
State, End = Enrolment.State, Enrolment.EndReason


@pytest.fixture(scope="module")
def whole(django_db_setup, django_db_blocker):
    def make():
        said, now = [], timezone.now()
        build.build(said.append, now=now, scale="small")
        return SimpleNamespace(said=said, now=now, today=timezone.localdate(now))

    with kept(django_db_blocker, make) as built:
        yield built


@pytest.fixture
def world(whole, db):
    return whole


def the(class_no):
    return TrainingClass.objects.get(class_no=class_no)


def passed(class_nos):
    """How many were allowed to the exam, passed at once, and passed in the end."""
    allowed = first = final = 0
    for training_class in TrainingClass.objects.filter(class_no__in=class_nos):
        may_sit = set(ExamEntry.objects.of(training_class).eligible().values_list("enrolment", flat=True))
        evidence = Outcome.objects.evidence_of(training_class)
        rates = pass_rates([evidence[pk] for pk in may_sit], training_class.edition.pass_rule, training_class.run_rules)
        allowed, first, final = allowed + len(may_sit), first + rates.first.part, final + rates.final.part
    return allowed, first, final


def hours(training_class):
    return sorted(one.earned_half_hours / 2 for one in AttendanceRecord.objects.hours_of(training_class).values())


def test_it_tells_of_each_step_and_the_journal_holds(world):
    assert len(world.said) == build.steps("small")
    assert prove()[1] == []
    assert build.is_built()


def test_places_and_people(world):
    assert Region.objects.filter(level="street").count() == 171
    assert Region.objects.filter(parent__code="990100").count() == 11
    assert Organisation.objects.count() == 14
    assert all(name.endswith("（演示）") for name in Organisation.objects.values_list("name", flat=True))
    assert set(Post.objects.values_list("role", flat=True)) == set(Role.values), "an account for every role"
    numbers = [learner.id_number() for learner in Learner.objects.all()]
    assert all(number.startswith("99") and number[-1] == mod_11_2(number[:-1]) for number in numbers)
    assert len(set(numbers)) == len(numbers) == 1012
    places = {
        stay.learner.learner_no: stay.organisation.name
        for stay in Stay.objects.open()
        .filter(learner__learner_no__lt="100100")
        .select_related("learner", "organisation")
    }
    assert len(places) == len(NAMED) == 13
    assert places["100009"].startswith("三禾县") and places["100010"].startswith("恩江市")
    assert places["100011"].startswith("渝川") and places["100012"].startswith("江州市强制")


def test_nine_courses_and_a_trainer_whose_qualification_has_ended(world):
    assert sorted(Course.objects.offered().values_list("code", flat=True)) == [
        "CITRUS-S", "COOK-5", "ECOM-W", "GYB", "LIT-0", "SEW-S", "SYB", "WELD-20", "WELD-5",
    ]  # fmt: skip
    he, applied = User.objects.get(username="trainer_he"), TrainingClass.objects.get(class_no__endswith="-WELD-02")
    with pytest.raises(Exception, match="2025-01-31"):
        assign(training_class=applied, user=he, role=TrainerAssignment.Role.TRAINER, by=None)


def test_the_welders_of_2025(world):
    finished = the("2025-WELD-01")
    enrolments = finished.enrolments
    assert finished.state == TrainingClass.State.CLOSED
    assert (finished.starts_on, finished.ends_on) == (date(2025, 3, 3), date(2025, 4, 9))
    assert enrolments.count() == 24
    assert enrolments.filter(state=State.COMPLETED).count() == 22
    assert enrolments.get(end_reason=End.TRANSFERRED).roster_no == 23
    assert enrolments.get(end_reason=End.HOURS_SHORT).roster_no == 24
    assert hours(finished)[1] == 143, "of 180; 144 suffice"
    assert passed(["2025-WELD-01"]) == (22, 20, 21)


def test_certificates_without_a_gap(world):
    states = dict(Certificate.objects.values_list("register_number", "state"))
    counted = Counter(number.split("-")[2] for number in states)
    numbers = [f"2025-990103-2-{number:06d}" for number in range(1, counted["2"] + 1)]
    business = [f"2025-990103-1-{number:06d}" for number in range(1, counted["1"] + 1)]
    assert sorted(states) == business + numbers
    syb = Certificate.objects.filter(outcome__enrolment__training_class__class_no__startswith="2025-SYB")
    assert syb.count() == 93
    assert {number: state for number, state in states.items() if state != Certificate.State.ISSUED} == {
        numbers[4]: Certificate.State.SUPERSEDED,
        numbers[22]: Certificate.State.REVOKED,
    }
    welders = Certificate.objects.filter(outcome__enrolment__training_class__class_no="2025-WELD-01")
    assert Counter(welders.values_list("state", flat=True)) == {"issued": 21, "superseded": 1, "revoked": 1}
    assert Certificate.objects.get(register_number=numbers[21]).supersedes.register_number == numbers[4]
    held = Certificate.objects.live().values("outcome")
    waiting = (
        Outcome.objects.certifiable().exclude(pk__in=held).exclude(enrolment__training_class__class_no="2025-WELD-01")
    )
    late = set(waiting.values_list("enrolment__training_class__class_no", flat=True))
    assert late and min(late) == "2025-EJ-03" and "2025-QL-02" not in late and len(late) == 24 - 4
    assert PublicRecord.objects.count() == len(states)
    assert audit_register() == (len(states), [])
    assert [example.what for example in build.examples()] == ["有效", "已换发", "已撤销"]


def test_a_hundred_in_four_classes(world):
    class_nos = [f"2025-SYB-{number:02d}" for number in range(1, 5)]
    learners = Learner.objects.filter(enrolments__training_class__class_no__in=class_nos)
    teams = Counter(Stay.objects.open().filter(learner__in=learners).values_list("unit__name", flat=True))
    assert teams == {"一大队": 28, "二大队": 26, "三大队": 24, "四大队": 22}
    assert [the(number).enrolments.count() for number in class_nos] == [25, 25, 25, 25]
    assert hours(the("2025-SYB-01"))[:2] == [63, 64], "one hour decides"
    assert passed(class_nos) == (96, 88, 93)
    assert Stay.objects.open().filter(organisation__name__contains="戒毒").count() == 118, "candidates"


@pytest.mark.parametrize(
    ("class_no", "learners", "completed"),
    [("2025-COOK-01", 30, 30), ("2025-CITRUS-01", 40, 39), ("2025-GYB-01", 12, 12), ("2025-ECOM-01", 20, 19)],
)
def test_other_classes_of_2025(world, class_no, learners, completed):
    training_class = the(class_no)
    assert training_class.state == TrainingClass.State.CLOSED
    assert training_class.enrolments.count() == learners
    assert training_class.enrolments.filter(state=State.COMPLETED).count() == completed


def test_boundaries_and_late_entries(world):
    assert hours(the("2025-ECOM-01"))[:2] == [44, 45], "of 56 are 44.8 needed"
    late = AttendanceRecord.objects.filter(session__training_class__class_no="2025-CITRUS-01", source="late_entry")
    assert late.values("session").distinct().count() == 4
    assert passed(["2025-COOK-01"]) == (30, 28, 30)


def test_701_people_leaving_poverty_in_24_classes(world):
    classes = TrainingClass.objects.filter(programme__name__startswith="东西部协作")
    assert classes.count() == 24
    assert set(classes.values_list("state", flat=True)) == {TrainingClass.State.CLOSED}
    done = Enrolment.objects.filter(training_class__in=classes, state=State.COMPLETED)
    assert done.count() == done.values("learner").distinct().count() == 701
    assert max(done.values_list("ended_at", flat=True)).date() < date(2025, 9, 30)
    kinds = CategoryPeriod.Category.LIFTED_HOUSEHOLD, CategoryPeriod.Category.MONITORED_HOUSEHOLD
    found = Counter(CategoryPeriod.objects.filter(learner__enrolments__in=done).values_list("category", flat=True))
    assert set(found) == set(kinds) and sum(found.values()) == 701
    assert Outcome.objects.confirmed().filter(enrolment__in=done).count() == 701


def test_tgt_the_targets_of_2025(world):
    targets = {target.title: target for target in Target.objects.standing().with_scope()}
    figures = figures_of(list(targets.values()), date(2025, 9, 30))
    found = {title: figures[target.pk] for title, target in targets.items()}
    assert {title: figure.numerator for title, figure in found.items()} | {"首次合格率": 0} == {
        "对口培训人数": 701, "黔岭州": 412, "恩江州": 289, "监狱取证人数": 21, "戒毒所创业培训人数": 96, "首次合格率": 0,
    }  # fmt: skip
    percents = {title: f"{figure.numerator * 100 / targets[title].value:.1f}" for title, figure in found.items()}
    assert [percents[title] for title in ("对口培训人数", "黔岭州", "恩江州", "监狱取证人数")] == [
        "155.8", "164.8", "144.5", "35.0",
    ]  # fmt: skip
    rate = found["首次合格率"]
    assert rate.numerator * 100 >= 90 * rate.denominator
    half = figures_of(list(targets.values()), date(2025, 6, 30))
    assert half[targets["对口培训人数"].pk].numerator < 701


def test_today(world):
    running = {one.class_no[5:]: one for one in TrainingClass.objects.running()}
    assert sorted(running) == ["GYB-02", "SEW-01", "SYB-05", "WELD-03"]
    for one in running.values():
        today = one.sessions.on(world.today).get()
        assert not AttendanceRecord.objects.filter(session=today).exists(), "today's register is open"
    assert running["SEW-01"].enrolments.count() == 26 and running["SEW-01"].capacity == 30
    assert ExamEntry.objects.eligible().filter(enrolment__training_class=running["WELD-03"]).count() == 8
    assert Sitting.objects.open().get().paper.items.count() == 20
    applied = TrainingClass.objects.get(class_no__endswith="-WELD-02")
    assert (applied.state, applied.missing_elements()) == (TrainingClass.State.DRAFT, ["assessment_plan"])
    assert (applied.enrolments.count(), applied.waiting.count()) == (30, 3)
    assert Terminal.objects.in_use().count() == len(build.terminal_codes()) == 4
    assert LoginCard.objects.live().count() == 13 + 26 + 5 + 16


def test_p6_plans_in_every_state(world):
    """A shop that earns 31,635.75 and lacks 1,483.50 in its second month; 82 points; sent back; waiting, with three pages of another's."""
    plans = {plan.enrolment.learner.learner_no: plan for plan in Plan.objects.select_related("enrolment__learner")}
    shop = plans["100006"]
    book = workbook(values_of(shop), local_values(shop.local))
    assert (book.profit["net_income"].total, book.cash.extra_money) == (Decimal("31635.75"), Decimal("1483.50"))
    assert book.cash.red_months == (1, 2)
    states = Counter(plan.state for plan in plans.values())
    assert states == {"writing": 3, "accepted": 1, "returned": 1, "handed_in": 1}
    assert [review.total for review in Review.objects.order_by("-total")] == [82, 49]
    waiting = Plan.objects.waiting().get()
    first = HandIn.objects.get(plan__state=Plan.State.ACCEPTED)
    common = same_sections(contents_of(values_of(waiting), BOOKS["syb"]), contents_of(first.values, BOOKS["syb"]), ())
    assert len(common) >= 3
    assert self_check(values_of(plans["100012"])).blank == ("trade",)
    assert Grade.objects.filter(exam__component="plan").count() == 2


def test_another_day_brings_another_lesson_and_sitting(world):
    assert build.refresh(now=world.now) is False, "the same day again adds nothing"
    assert build.refresh(now=world.now + timedelta(days=1)) is True
