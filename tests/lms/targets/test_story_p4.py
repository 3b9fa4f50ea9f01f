"""P4 below the browser, with all 701 people: 155.8 %, 164.8 %, 144.5 %, as-of dates, the frozen report and its correction."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from courses.classes.models import Enrolment
from courses.results import actions as results
from lms.reports.measures import Figure, measure
from lms.reports.rules import Period
from lms.reports.scope import Scope
from lms.targets import actions, rules
from lms.targets.actions.reading import figures_of
from lms.targets.models import Snapshot, Target
from tests.lms.targets.building import LIFTED, YEAR, at, complete, crowd, make_world, person, trained_target, tree

SEPTEMBER = date(2025, 9, 30)


def build_scene():
    world = make_world()
    crowd(world)
    tree(world)
    return world


@pytest.fixture
def three(world):
    return {target.title: target for target in Target.objects.with_scope()}


def done(three, as_of):
    figures = figures_of(list(three.values()), as_of)
    return {title: figures[target.pk].numerator for title, target in three.items() if target.pk in figures}


def test_p4_1_the_board_of_september(three):
    found = done(three, SEPTEMBER)
    assert found == {"对口培训人数": 701, "黔岭州": 412, "恩江州": 289}
    assert [rules.completion_text(found[title], target.value) for title, target in three.items()] == [
        "155.8 %", "164.8 %", "144.5 %",
    ]  # fmt: skip


def test_p4_1_the_time_proportional_line_stands_apart(three):
    whole = three["对口培训人数"]
    gone = rules.time_gone(whole.first, whole.last, SEPTEMBER)
    assert rules.proportional(whole.value, gone) == Decimal("337.5")
    assert rules.state_of_count(701, whole.value, whole.direction, gone) == rules.State.REACHED


def test_p4_2_an_earlier_day_counts_less_and_a_later_one_no_more(three):
    assert done(three, date(2025, 6, 30)) == {"对口培训人数": 150, "黔岭州": 150, "恩江州": 0}
    assert done(three, date(2025, 12, 31)) == done(three, SEPTEMBER)
    assert done(three, date(2024, 12, 31)) == {}


def test_p4_2_tgt_3_the_year_ends_at_midnight_in_shanghai(world, three):
    complete(world, world.qianling, [person(world, world.qianling)], date(2025, 12, 30), at(date(2025, 12, 31), 23, 30))
    complete(world, world.qianling, [person(world, world.qianling)], date(2025, 12, 31), at(date(2026, 1, 1), 0, 10))
    assert done(three, date(2025, 12, 31))["黔岭州"] == 413
    assert done(three, date(2026, 6, 30))["黔岭州"] == 413
    scope = Scope(organisation=world.city, category=LIFTED)
    assert measure("trained").value(scope, Period.year(2026)) == Figure(1)
    assert measure("trained").value(scope, Period.month(2025, 12)) == Figure(1)


def test_p4_3_z_1_a_stated_rate_that_does_not_follow_needs_a_note(world):
    stated = {"value": 41150, "stated_done": 7012, "stated_rate": Decimal("155.8"), "source": "2019 年 9 月简报"}
    with pytest.raises(ValidationError) as refused:
        trained_target(world, "全年培训", **stated)
    (sentence,) = refused.value.message_dict["note"]
    assert "155.8 % ≠ 17.0 %" in sentence and "4,500" in sentence
    kept = trained_target(world, "全年培训", note="原文如此，已向来源单位核实", **stated)
    kept = Target.objects.get(pk=kept.pk)  # as it is stored: 155.80
    assert (
        kept.mismatch.computed == Decimal("17.0")
        and kept.mismatch.fitting == (4500, 4502)
        and kept.mismatch.implied == 4500
    )


@pytest.mark.parametrize(
    ("facts", "field"),
    [({"unit": ""}, "unit"), ({"unit": "person_times"}, "unit"), ({"value": 0}, "value"), ({"value": -5}, "value")],
)
def test_p4_4_without_a_unit_or_with_nothing_to_reach_it_is_refused(world, facts, field):
    with pytest.raises(ValidationError) as refused:
        trained_target(world, "缺一样", **{"value": 450, **facts})
    assert field in refused.value.message_dict


def test_p4_4_an_empty_category_is_a_dash(world):
    nobody = Scope(organisation=world.city, category="disabled")
    assert measure("first_pass_rate").value(nobody, YEAR) == Figure(0, 0)
    assert rules.rate_text(0, 0) == "—"


def test_p4_5_the_same_person_twice_is_one_person_and_two_person_times(world, three):
    again = Enrolment.objects.filter(training_class__host=world.qianling).first().learner
    scope = Scope(organisation=world.city, category=LIFTED)
    complete(world, world.enjiang, [again, person(world, world.enjiang)], date(2025, 9, 12))
    assert measure("trained").value(scope, YEAR) == Figure(702)
    assert measure("trained_person_times").value(scope, YEAR) == Figure(703)
    found = done(three, SEPTEMBER)
    parts = rules.sum_beside([found["黔岭州"], found["恩江州"]], found["对口培训人数"])
    assert (parts.parts, parts.difference) == (703, 1), "TGT-4: the whole is distinct over the union"


def test_p4_5_tgt_8_the_list_has_as_many_rows_as_the_number_says(world, three):
    for target in three.values():
        table, period = target.counted.list, target.period(SEPTEMBER)
        number = target.counted.value(target.scope, period).numerator
        rows = list(table.rows(world.staff["admin_city"], target.scope, period))
        assert len(rows) == number == len({row[0] for row in rows})


def test_p4_6_a_submitted_report_stays_and_lists_what_was_corrected(world, three):
    report = actions.submit_report(
        organisation=world.city, as_of=SEPTEMBER, by=world.staff["admin_city"], at=at(SEPTEMBER, 18)
    )
    frozen = {str(one): one for one in report.snapshots.all()}
    assert [(title, one.numerator, len(one.rows)) for title, one in frozen.items()] == [
        ("对口培训人数", 701, 701), ("黔岭州", 412, 412), ("恩江州", 289, 289),
    ]  # fmt: skip
    assert [one.deltas() for one in frozen.values()] == [[], [], []]
    moved = _into_october(world)
    assert done(three, SEPTEMBER) == {"对口培训人数": 700, "黔岭州": 412, "恩江州": 288}
    assert Snapshot.objects.get(pk=frozen["对口培训人数"].pk).numerator == 701
    (delta,) = Snapshot.objects.get(pk=frozen["对口培训人数"].pk).deltas()
    assert (delta.change, delta.learner, delta.now) == (-1, moved.learner, None)
    assert frozen["黔岭州"].deltas() == []
    again = actions.submit_report(organisation=world.city, as_of=SEPTEMBER, by=world.staff["admin_city"])
    assert again == report and report.snapshots.count() == 3


def _into_october(world):
    """One completion corrected into October, by two persons."""
    enrolment = Enrolment.objects.filter(training_class__host=world.enjiang).order_by("ended_at").first()
    wish = results.correct_completion(
        enrolment=enrolment, becomes=at(date(2025, 10, 8), 16), by=world.staff["examiner"], reason="补课在国庆后",
        at=at(date(2025, 10, 20)),
    )  # fmt: skip
    results.decide_completion(correction=wish, by=world.staff["admin_school"], approve=True, at=at(date(2025, 10, 21)))
    return enrolment


def test_one_question_for_a_board_of_any_length(world, three, django_assert_num_queries):
    targets = list(three.values())
    for count in (1, 30):
        with django_assert_num_queries(1):
            figures_of((targets * 10)[:count], SEPTEMBER)
