"""Drawing a paper: the same seed gives the same paper, and what can be filled is filled (EXM-6)."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.questions.rules import BlueprintProblem, NotEnough, PoolQuestion, draw, parts_of

POOL = [PoolQuestion(n, "safety" if n < 6 else "welding", "single" if n % 2 else "numeric") for n in range(1, 21)]


def test_a_plain_blueprint_draws_each_question_once_with_its_points():
    paper = draw({"count": 20, "points": 5}, POOL, "s")
    assert sorted(item.id for item in paper) == list(range(1, 21))
    assert sum(item.points for item in paper) == 100


def test_the_same_seed_gives_the_same_paper_whatever_the_order_of_the_pool():
    blueprint = {"count": 8, "points": 5}
    assert draw(blueprint, POOL, "s") == draw(blueprint, reversed(POOL), "s")
    assert draw(blueprint, POOL, "s") != draw(blueprint, POOL, "t")


def test_lines_take_only_their_topic_and_type():
    blueprint = [
        {"topic": "safety", "type": "single", "count": 3, "points": 2},
        {"topic": "welding", "count": 4, "points": "2.5"},
    ]
    paper = draw(blueprint, POOL, "s")
    chosen = {question.id: question for question in POOL}
    assert [chosen[item.id].topic for item in paper] == ["safety"] * 3 + ["welding"] * 4
    assert {chosen[item.id].type for item in paper[:3]} == {"single"}
    assert [item.points for item in paper] == [Decimal(2)] * 3 + [Decimal("2.5")] * 4


@given(seed=st.text(max_size=5))
def test_overlapping_lines_are_filled_whenever_they_can_be(seed):
    """The line for any topic comes first and could eat the five safety questions that the others need."""
    blueprint = [
        {"count": 15, "points": 1},
        {"type": "single", "topic": "safety", "count": 3, "points": 1},
        {"topic": "safety", "count": 2, "points": 1},
    ]
    assert len({item.id for item in draw(blueprint, POOL, seed)}) == 20


def test_a_bank_that_is_too_small_says_which_line_is_short():
    with pytest.raises(NotEnough) as refusal:
        draw([{"topic": "safety", "count": 7, "points": 1}, {"count": 2, "points": 1}], POOL, "s")
    (short,) = refusal.value.shortages
    assert (short.part.topic, short.part.count, short.found) == ("safety", 7, 5)


@pytest.mark.parametrize(
    ("blueprint", "code"),
    [
        ({}, "empty"), ([], "empty"), ("20", "shape"), ([1], "shape"), ({"count": 2, "colour": "red"}, "shape"),
        ({"count": 0}, "count"), ({"count": True}, "count"), ({"count": "2"}, "count"), ({"count": 201}, "count"),
        ({"count": 2, "points": 0}, "points"), ({"count": 2, "points": 0.5}, "points"),
        ({"count": 2, "points": "x"}, "points"), ({"count": 2, "points": "0.001"}, "points"),
    ],
)  # fmt: skip
def test_blueprints_that_are_none(blueprint, code):
    with pytest.raises(BlueprintProblem) as problem:
        parts_of(blueprint)
    assert problem.value.code == code
