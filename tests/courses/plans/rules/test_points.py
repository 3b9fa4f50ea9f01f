"""The review (4.8): eleven items, 100 points, nothing rounded up."""

from decimal import Decimal

import pytest

from courses.plans.rules.amounts import Refused
from courses.plans.rules.points import ITEMS, missing, read_points, result, verdict

P6 = (2, 5, 5, 11, 8, 4, 9, 8, 7, 12, 11)


def scored(points):
    return {item.code: Decimal(point) for item, point in zip(ITEMS, points, strict=True)}


def test_4_8_the_items_and_their_points():
    assert [item.most for item in ITEMS] == [2, 5, 5, 13, 10, 5, 10, 10, 10, 15, 15]
    assert sum(item.most for item in ITEMS) == 100
    assert all(sum(item.parts) == item.most for item in ITEMS if item.parts)


def test_p6_8_eighty_two_points_pass():
    found = result(scored(P6))
    assert (found.total, found.verdict) == (82, "passed")


def test_p6_8_no_item_gets_more_than_its_most():
    assert read_points("15", "cash") == 15
    with pytest.raises(Refused) as refused:
        read_points("16", "cash")
    assert (refused.value.code, refused.value.facts) == ("too_many", {"highest": 15})


@pytest.mark.parametrize(
    ("points", "said"),
    [
        ("59.5", "returned"), ("59.99", "returned"), ("60", "passed"), ("89.99", "passed"), ("90", "excellent"),
        ("100", "excellent"), ("0", "returned"),
    ],
)  # fmt: skip
def test_p6_8_nothing_is_rounded_up(points, said):
    assert verdict(Decimal(points)) == said


def test_p6_8_half_points_count_as_they_are():
    half = scored((2, 5, 5, 11, 8, 4, 9, 8, 7, "0.5", 0))
    assert (result(half).total, result(half).verdict) == (Decimal("59.5"), "returned")
    assert verdict(Decimal(65), Decimal(70)) == "returned"


@pytest.mark.parametrize(
    ("typed", "code"),
    [("", "empty"), ("-1", "negative"), ("x", "not_a_number"), ("1.005", "too_precise"), ("2.01", "too_many")],
)
def test_4_8_points_that_are_refused(typed, code):
    with pytest.raises(Refused) as refused:
        read_points(typed, "cover")
    assert refused.value.code == code


def test_4_8_every_item_is_scored_before_there_is_a_result():
    points = scored(P6)
    del points["person"]
    assert missing(points) == ("person",)
    with pytest.raises(ValueError):
        result(points)
    assert read_points("１.5", "cover") == Decimal("1.5")
