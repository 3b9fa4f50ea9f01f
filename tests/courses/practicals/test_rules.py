"""When examiners agree on a practical mark (EXM-4)."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.practicals.rules import agreed_score, needs_third

mark = st.decimals(0, 100, places=2)


@pytest.mark.parametrize(
    ("scores", "agreed"),
    [
        ([], None),
        (["78"], None),  # one examiner is never enough
        (["78", "78"], "78.0"),
        (["80", "76"], "78.0"),
        (["60", "61"], "60.5"),
        (["60", "60.1"], "60.1"),  # 60.05, half up
        (["59.9", "60"], "60.0"),  # 59.95, half up: the mean is the mark (EXM-4), and it passes
        (["59", "60"], "59.5"),
        (["70", "85"], "77.5"),  # exactly 15 apart
        (["70", "85.01"], None),  # a third examiner is needed
        (["40", "90"], None),
        (["70", "86", "84"], "85.0"),
        (["70", "86", "72"], "71.0"),
        (["40", "60", "90"], "50.0"),  # the nearest two, though 20 apart
        (["40", "90", "65"], "65.0"),  # half-way between: the middle mark
        (["40", "90", "40"], "40.0"),
        (["0", "100", "50"], "50.0"),
    ],
)
def test_exm_4_agreed_score(scores, agreed):
    found = agreed_score([Decimal(score) for score in scores], 15)
    assert (None if found is None else str(found)) == agreed


def test_exm_4_the_difference_is_the_programmes_to_set():
    assert agreed_score([Decimal(70), Decimal(81)], 10) is None
    assert agreed_score([Decimal(70), Decimal(95)], 25) == Decimal("82.5")


def test_exm_4_a_third_is_needed_only_after_two_that_differ():
    assert not needs_third([Decimal(10)], 15)
    assert not needs_third([Decimal(70), Decimal(80)], 15)
    assert needs_third([Decimal(70), Decimal(90)], 15)
    assert not needs_third([Decimal(70), Decimal(90), Decimal(80)], 15)


@given(st.lists(mark, min_size=2, max_size=3))
def test_exm_4_the_agreed_mark_lies_between_the_marks_whatever_their_order(scores):
    found = agreed_score(scores, 15)
    assert found == agreed_score(scores[::-1], 15)
    if found is not None:
        assert min(scores) - Decimal("0.05") <= found <= max(scores) + Decimal("0.05")
