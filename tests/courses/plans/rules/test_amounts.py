"""What may be typed into a number field, and what is said to the rest."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.plans.rules.amounts import (
    Refused,
    canonical,
    printed,
    read_amount,
    read_count,
    read_month,
    read_number,
    read_percent,
)  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("88", "88.00"), ("88.005", "88.01"), ("88.004", "88.00"), ("0", "0.00"), (".5", "0.50"), ("5.", "5.00"),
        ("８８．５", "88.50"), ("1,234.50", "1234.50"), ("1，234", "1234.00"), (" 12 ", "12.00"), ("￥30", "30.00"),
        ("30元", "30.00"), ("30。5", "30.50"), ("007", "7.00"), ("999999999.99", "999999999.99"),
    ],
)  # fmt: skip
def test_amounts_that_are_understood(typed, read):
    assert str(read_amount(typed)) == read
    assert canonical("money", typed) == read


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "empty"), ("  ", "empty"), ("-5", "negative"), ("−5", "negative"), ("－5", "negative"), ("- 0.01", "negative"),
        ("abc", "not_a_number"), ("88块", "not_a_number"), ("1e5", "not_a_number"), ("NaN", "not_a_number"),
        ("inf", "not_a_number"), ("1,5", "not_a_number"), ("12,34", "not_a_number"), ("1.2.3", "not_a_number"),
        ("٣", "not_a_number"), ("三百", "not_a_number"), ("1 2", "not_a_number"), ("+5", "not_a_number"),
        (".", "not_a_number"), ("-", "not_a_number"), ("1000000000", "too_large"), ("9" * 5000, "too_large"),
        ("-abc", "not_a_number"), ("1\u202e2", "not_a_number"),
    ],
)  # fmt: skip
def test_amounts_that_are_refused(typed, code):
    with pytest.raises(Refused) as refused:
        read_amount(typed)
    assert refused.value.code == code


@pytest.mark.parametrize(("typed", "read"), [("150", 150), ("3.0", 3), ("１２", 12), ("0", 0), ("9,999,999", 9999999)])
def test_counts_that_are_understood(typed, read):
    assert read_count(typed) == read
    assert canonical("count", typed) == str(read)


@pytest.mark.parametrize(
    ("typed", "code"),
    [("1.5", "not_whole"), ("-1", "negative"), ("many", "not_a_number"), ("10000000", "too_large"), ("", "empty")],
)
def test_counts_that_are_refused(typed, code):
    with pytest.raises(Refused) as refused:
        read_count(typed)
    assert refused.value.code == code


def test_points_from_1_to_5_and_months_from_1_to_12():
    assert read_count("5", 1, 5) == 5
    assert read_month("12") == read_month("12月") == 12
    for read, typed in ((lambda text: read_count(text, 1, 5), "6"), (read_month, "13"), (read_month, "0")):
        with pytest.raises(Refused) as refused:
            read(typed)
        assert refused.value.code == "out_of_range"
        assert refused.value.facts["lowest"] == 1


def test_percent_is_0_to_100():
    assert read_percent("4.35") == Decimal("4.35")
    assert read_percent("１００％") == 100
    assert canonical("percent", "10") == "10.00"
    with pytest.raises(Refused) as refused:
        read_percent("100.01")
    assert refused.value.code == "above_100"
    assert read_number("12.345") == Decimal("12.35")


def test_an_empty_field_stays_empty():
    assert [canonical(kind, " ") for kind in ("money", "count", "number", "percent", "month")] == [""] * 5


@given(st.decimals(0, Decimal("999999999.99"), places=2))
def test_what_is_printed_is_read_again(amount):
    assert read_amount(printed(amount)) == amount
    assert canonical("money", canonical("money", str(amount))) == str(amount)


@given(st.text("0123456789.,-−¥￥元%。 aeN３，", max_size=60))
def test_anything_typed_is_read_or_refused(text):
    try:
        assert read_amount(text) >= 0
    except Refused as refused:
        assert refused.code in ("empty", "not_a_number", "negative", "too_large")
