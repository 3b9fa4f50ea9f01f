"""Writing a plan: what is stored, what is refused, and that nothing acknowledged is lost (4.9, P6)."""

from collections import Counter
from dataclasses import replace

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from courses.catalogue import actions as catalogue
from courses.catalogue.models import Edition
from courses.catalogue.rules import PassRule, facts_hash, problems
from courses.classes import actions as classes
from courses.journal.models import JournalEntry
from courses.plans import actions as plans
from courses.plans.models import Plan, PlanLog, Section, values_of
from tests.courses.building import UNITS, at, enrolments
from tests.courses.english import english
from tests.courses.plans.building import SYB, fresh, plan_scene

pytestmark = pytest.mark.django_db
build_scene = plan_scene
__all__ = ["english"]  # an autouse fixture
PRICE, NAME, TREND = "marketing.products.1.selling_price", "marketing.products.1.name", "market.trend"


SPELLINGS = [
    (PRICE, "88.005", "88.01"),  # P6 step 5
    (PRICE, " 1,234.5元", "1234.50"),
    (PRICE, "８８", "88.00"),
    ("forecast.quantity.1.m1", "150", "150"),
    ("marketing.area", "35.5", "35.50"),
    ("cash.loan_rate", "4.35%", "4.35"),
    ("cash.repaid_from", "7月", "7"),
    ("organisation.legal_form", "sole_trader", "sole_trader"),
    ("overview.kinds", "service, retail", "retail,service"),
    ("profit.pays_vat", "no", "no"),
    (NAME, "  烤鱼\t大份 ", "烤鱼 大份"),
    (TREND, "第一行\r\n第二行", "第一行\n第二行"),
    (NAME, "cafe\u0301", "caf\u00e9"),
]
REFUSED = [
    (PRICE, "-5", "below 0"),
    (PRICE, "八十八", "only digits"),
    (PRICE, "9" * 12, "too large"),
    ("forecast.quantity.1.m1", "1.5", "whole number"),
    ("cash.loan_rate", "101", "100 per cent"),
    ("cash.repaid_from", "13", "from 1 to 12"),
    ("organisation.legal_form", "sole_trader,company", "offered"),
    ("overview.kinds", "circus", "offered"),
    (NAME, "长" * 41, "at most 40"),
    (NAME, "烤\u200b鱼", "invisible"),  # zero width
    (NAME, "烤\u202e鱼", "invisible"),  # turns the direction
    (TREND, "好\u2066的", "invisible"),
    (TREND, "好\x00的", "invisible"),
    (TREND, "\ufeff好\u3164", "invisible"),
    ("market.nothing", "1", "no such field"),
    ("self.check.commitment", "1", "no such field"),
    ("x", "1", "no such field"),
]


def stored(plan: Plan, path: str) -> str | None:
    return values_of(plan).get(path)


def test_4_9_a_field_is_stored_in_one_spelling(room):
    plan, versions = room.plan(), Counter()
    for path, typed, text in SPELLINGS:
        versions[path] += 1
        saved = room.save(plan, path, typed)
        assert (saved.value, saved.version, saved.replaced) == (text, versions[path], None)
        assert stored(plan, path) == text


def test_p6_5_what_cannot_stand_in_a_field_is_refused_in_a_sentence(room):
    plan = room.plan()
    for path, typed, says in REFUSED:
        with pytest.raises(ValidationError, match=says):
            room.save(plan, path, typed)
    assert values_of(plan) == {}
    assert not PlanLog.objects.exists()


def test_4_9_two_tabs_the_newest_wins_and_the_older_stays_in_the_log(room):
    plan = room.plan()
    assert room.save(plan, TREND, "越来越好", base=0).version == 1
    other_tab = room.save(plan, TREND, "夏天好", base=1, when=at(3, 10))
    assert (other_tab.version, other_tab.replaced) == (2, None)
    late = room.save(plan, TREND, "冬天好", base=1, when=at(3, 11))
    assert (late.value, late.version, late.replaced) == ("冬天好", 3, "夏天好")
    assert stored(plan, TREND) == "冬天好"
    log = PlanLog.objects.filter(plan=plan).values_list("value", "version", "unseen", "terminal")
    here = room.terminal.pk
    assert list(log) == [("越来越好", 1, None, here), ("夏天好", 2, None, here), ("冬天好", 3, 2, here)]
    again = room.save(plan, TREND, "冬天好", base=1)
    assert (again.version, again.replaced) == (3, None), "the same text again writes nothing"
    assert PlanLog.objects.count() == 3
    assert not JournalEntry.objects.filter(verb__startswith="plans.save").exists()


def test_4_9_a_page_without_a_script_does_not_bring_old_texts_back(room):
    plan = room.plan()
    for path, text in ((TREND, "旧"), ("market.size", "两千人"), ("market.customers", "街坊")):
        room.save(plan, path, text)
    shown = {TREND: 1, "market.size": 1, "market.customers": 1}
    room.save(plan, TREND, "新", base=1)
    saved = plans.save_section(
        plan=plan, section="market", shown=shown, by=room.learners["孙丽娟"],
        values={TREND: "旧", "market.size": "三千人", "market.customers": "街坊", "market.own_strengths.1.text": ""},
    )  # fmt: skip
    assert stored(plan, TREND) == "新"
    assert stored(plan, "market.size") == "三千人"
    assert (saved[TREND].value, saved["market.size"].version, saved["market.customers"].version) == ("新", 2, 1)
    both = plans.save_section(
        plan=plan, section="market", values={TREND: "最新"}, shown=shown, by=room.learners["孙丽娟"]
    )
    assert both[TREND].replaced == "新"
    assert fresh(plan).last_path == TREND


def test_what_cannot_stand_in_its_field_keeps_nothing_else_of_the_page_from_being_stored(room):
    plan, cost = room.plan(), "marketing.products.1.cost_price"
    learner = room.learners["孙丽娟"]
    room.save(plan, PRICE, "88")
    values = {NAME: "烤鱼", PRICE: "很贵", cost: "-1", "marketing.discount": "十送一"}
    saved = plans.save_section(plan=plan, section="marketing", values=values, shown={PRICE: 1}, by=learner)
    assert {path for path, one in saved.items() if one.refused} == {PRICE, cost}
    assert "only digits" in saved[PRICE].refused
    assert (saved[PRICE].value, saved[PRICE].version, saved[cost].version) == ("88.00", 1, 0), "what was stored stays"
    assert values_of(plan) == {NAME: "烤鱼", PRICE: "88.00", "marketing.discount": "十送一"}
    with pytest.raises(plans.NoSuchField):
        plans.save_section(plan=plan, section="market", values={TREND: "好", NAME: "烤鱼"}, shown={}, by=learner)
    assert TREND not in values_of(plan), "a page of nowhere stores nothing"


def test_a_row_that_goes_takes_its_forecast_with_it(room):
    plan = room.plan()
    for path in (NAME, "marketing.products.2.name"):
        room.save(plan, path, "烤鱼")
    for path in ("forecast.quantity.1.m1", "forecast.quantity.2.m1", "forecast.price.1.m3"):
        room.save(plan, path, "5")
    gone = plans.remove_row(plan=plan, table="marketing.products", row="1", by=room.learners["孙丽娟"])
    assert gone == 3
    assert set(values_of(plan)) == {"marketing.products.2.name", "forecast.quantity.2.m1"}
    assert PlanLog.objects.filter(path="forecast.price.1.m3").count() == 2, "what stood there stays in the log"
    for table, row in (("marketing.products", "9"), ("capital.running", "rent"), ("nothing", "1")):
        with pytest.raises(plans.NoSuchField):
            plans.remove_row(plan=plan, table=table, row=row, by=room.learners["孙丽娟"])


def test_4_9_the_plan_opens_at_the_last_field(room):
    plan = room.plan()
    room.save(plan, PRICE, "88")
    room.save(plan, TREND, "好")
    assert fresh(plan).last_path == TREND
    plans.choose_way(plan=plan, way="full", by=room.learners["孙丽娟"])
    assert fresh(plan).path == Plan.Path.FULL
    with pytest.raises(ValidationError):
        plans.choose_way(plan=plan, way="other", by=room.learners["孙丽娟"])


def test_a_plan_is_begun_once_and_only_where_the_course_has_a_workbook(room):
    plan = room.plan()
    assert room.plan() == plan
    assert Section.objects.filter(plan=plan).count() == len(plan.workbook.sections)
    one, other = room.learners["孙丽娟"], room.learners["李德顺"]
    with pytest.raises(PermissionDenied):
        plans.start_plan(enrolment=enrolments(room.training_class)["李德顺"], by=one)
    Edition.objects.update(workbook="")
    with pytest.raises(ValidationError, match="no workbook"):
        room.plan("李德顺")
    for act in (
        lambda: plans.save_field(plan=plan, path=TREND, value="好", by=other),
        lambda: plans.save_section(plan=plan.pk, section="market", values={TREND: "好"}, shown={}, by=other),
        lambda: plans.remove_row(plan=plan, table="assets.tools", row="1", by=other),
        lambda: plans.hand_in(plan=plan, by=other),
        lambda: plans.choose_way(plan=plan, way="full", by=other),
    ):
        with pytest.raises(Plan.DoesNotExist):
            act()


def test_whoever_left_the_class_reads_and_no_longer_writes(room):
    plan = room.plan()
    classes.withdraw(
        enrolment=enrolments(room.training_class)["孙丽娟"], reason="withdrew", by=room.world.admin_prison
    )  # fmt: skip
    with pytest.raises(plans.Closed, match="read and print"):
        room.save(plan, TREND, "好")
    with pytest.raises(plans.Closed):
        plans.hand_in(plan=plan, by=room.learners["孙丽娟"])
    with pytest.raises(ValidationError, match="while the class is running"):
        left = enrolments(room.training_class)["李德顺"]
        classes.suspend(enrolment=left, by=room.world.admin_prison, reason="生病")
        plans.start_plan(enrolment=left, by=room.learners["李德顺"])


def test_4_9_a_save_takes_at_most_five_statements(room, django_assert_max_num_queries):
    """And the one that finds the learner at the terminal makes six."""
    plan = room.plan()
    room.save(plan, TREND, "好")
    for path, text in ((PRICE, "88"), (TREND, "更好")):
        with django_assert_max_num_queries(5 + 2):  # and the two of the savepoint that a test adds
            plans.save_field(
                plan=plan.pk, path=path, value=text, by=room.learners["孙丽娟"], base_version=0, terminal=room.terminal
            )
    with django_assert_max_num_queries(2 + 2):
        plans.save_field(plan=plan.pk, path=TREND, value="更好", by=room.learners["孙丽娟"])


def test_the_same_course_without_a_workbook_has_the_facts_that_it_had(room):
    """An edition from before there were workbooks keeps its hash; a workbook makes the next edition."""
    plain = replace(SYB, workbook="", pass_rule=PassRule())
    assert facts_hash(plain, UNITS) == "fe31f164efc64a2d4b79dcfbf087f32b82c5b53dba3f97de7968a0f2c5df8d6a"
    assert facts_hash(replace(plain, workbook="gyb"), UNITS) != facts_hash(plain, UNITS)
    assert problems(SYB, UNITS) == []
    for workbook in ("", "gyb"):
        assert problems(replace(SYB, workbook=workbook), UNITS) == ["plan"]
    assert problems(replace(plain, workbook="iyb"), UNITS) == ["workbook"]
    edition = room.training_class.edition
    assert edition.facts == SYB
    again = catalogue.publish_edition(course=edition.course, facts=SYB, units=UNITS, by=None)
    assert again == edition
