"""What may be typed as a mark, and where somebody stands in each component (EXM-1, EXM-3)."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from courses.exams.rules.marks import (
    ComponentMarks,
    InvalidMark,
    Sat,
    mark_of_points,
    months_after,
    read_mark,
    standings,
)


@pytest.mark.parametrize(
    ("typed", "mark"),
    [
        ("85", "85"),
        ("０", "0"),
        ("100", "100"),
        (" 59.5 ", "59.5"),
        ("60.00", "60.00"),
        ("８５．２５", "85.25"),
        (7, "7"),
    ],
)
def test_a_mark_is_read_as_it_was_typed(typed, mark):
    assert str(read_mark(typed)) == mark


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("101", "range"),
        ("100.01", "range"),
        ("-1", "range"),
        ("八十五", "not_a_number"),
        ("85分", "not_a_number"),
        ("", "not_a_number"),
        ("8 5", "not_a_number"),
        ("1e1", "not_a_number"),
        ("NaN", "not_a_number"),
        ("Infinity", "not_a_number"),
        ("1_0", "not_a_number"),
        ("59.999", "decimals"),
    ],
)
def test_a_mark_that_cannot_be_right_is_refused(typed, code):
    with pytest.raises(InvalidMark) as refusal:
        read_mark(typed)
    assert refusal.value.code == code


def test_exm_1_points_become_a_mark_that_is_never_rounded_up():
    five = [Decimal(5)] * 20
    assert str(mark_of_points([Fraction(5)] * 17, five)) == "85.00"
    assert str(mark_of_points([Fraction("59.999")], [Decimal(100)])) == "59.99"
    assert str(mark_of_points([Fraction(2, 3)], [Decimal("0.5"), Decimal("0.5")])) == "66.66"
    assert str(mark_of_points([], five)) == "0.00"


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        (date(2025, 9, 10), 12, date(2026, 9, 10)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2025, 8, 31), 6, date(2026, 2, 28)),
        (date(2025, 12, 31), 1, date(2026, 1, 31)),
        (date(2025, 9, 10), 0, date(2025, 9, 10)),
    ],
)
def test_exm_3_months_after_a_day(day, months, then):
    assert months_after(day, months) == then


FIRST, LATER = date(2025, 9, 10), date(2025, 10, 10)


def sat(score, on=FIRST):
    return Sat(None if score == "absent" else Decimal(score), on)


def component(name, first=None, resit=None, resit_on=LATER):
    return ComponentMarks(name, 60, first and sat(first), resit and sat(resit, resit_on))


@pytest.mark.parametrize(
    ("theory", "practice", "on", "stands"),
    [
        (("60",), ("60",), LATER, "passed passed"),
        (("60",), ("59.99",), LATER, "passed may_resit"),
        (("59",), ("58",), LATER, "may_resit may_resit"),
        (("59",), (), LATER, "open open"),  # a resit opens when every component has its first mark
        ((), (), LATER, "open open"),
        (("59", "75"), ("70",), LATER, "passed passed"),
        (("92",), ("58", "55"), LATER, "passed failed"),
        (("92",), ("58", "absent"), LATER, "passed failed"),
        (("absent",), ("70",), LATER, "may_resit passed"),  # missed one component only
        (("absent",), ("absent",), LATER, "failed failed"),  # came to nothing: attempt used
        (("absent",), (), LATER, "open open"),
        (("59",), ("70",), date(2026, 9, 10), "may_resit passed"),  # the last day
        (("59",), ("70",), date(2026, 9, 11), "failed passed"),
        (("59", "80", date(2026, 9, 11)), ("70",), date(2026, 9, 12), "failed passed"),  # sat too late
        (("59", "80", date(2026, 9, 10)), ("70",), date(2026, 9, 12), "passed passed"),
    ],
)
def test_exm_3_standings(theory, practice, on, stands):
    marks = [component("theory", *theory), component("practice", *practice)]
    found = standings(marks, on=on, resit_months=12, max_resits=1)
    assert " ".join(found.values()) == stands


def test_exm_3_a_programme_may_give_no_resit():
    marks = [component("theory", "59"), component("practice", "70")]
    assert list(standings(marks, on=LATER, resit_months=12, max_resits=0).values()) == ["failed", "passed"]


def test_exm_3_the_last_mark_stands_on_the_list():
    assert component("practice", "58", "55").last == sat("55", LATER)
    assert component("practice", "58").last == sat("58")
    assert component("practice").last is None
