"""Identity numbers, names and masks (PER-1 to PER-4, PER-7, PRV-1)."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.people import rules
from courses.people.rules import InvalidIdentity, part_of_day, resident_id

TODAY = date(2025, 9, 1)


@pytest.mark.parametrize("number", ["34052419800101001X", "53010219200508011X"])
def test_per_1_known_good_numbers(number):
    assert resident_id(number, today=date(2015, 1, 1)).number == number


@pytest.mark.parametrize(
    "typed",
    ["34052419800101001x", "340524 19800101 001X", "３４０５２４１９８００１０１００１Ｘ", "340524-19800101-001X"],
)
def test_per_1_accepts_every_way_of_typing(typed):
    assert resident_id(typed, today=TODAY).number == "34052419800101001X"


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("340524198001010011", "check_digit"),
        ("34052419800101001", "shape"),
        ("3405241980010100111", "shape"),
        ("abc", "shape"),
        ("", "shape"),
        ("990102198602290118", "birth_date"),
    ],
)
def test_per_1_and_2_refuses(typed, code):
    with pytest.raises(InvalidIdentity) as refusal:
        resident_id(typed, today=TODAY, allow_test_ids=True)
    assert refusal.value.code == code


def _number(region="110101", birth="19880412", order="011"):
    digits = f"{region}{birth}{order}"
    return digits + rules.mod_11_2(digits)


@pytest.mark.parametrize(
    ("birth", "code"),
    [("20250902", "birth_date"), ("20110902", "age"), ("20110901", None), ("19250901", None), ("19240831", "age")],
)
def test_per_2_birth_date_is_real_and_age_14_to_100(birth, code):
    if code is None:
        assert resident_id(_number(birth=birth), today=TODAY)
        return
    with pytest.raises(InvalidIdentity) as refusal:
        resident_id(_number(birth=birth), today=TODAY)
    assert refusal.value.code == code


@pytest.mark.parametrize(("order", "gender"), [("011", "male"), ("022", "female")])
def test_per_2_the_17th_digit_tells_the_gender(order, gender):
    assert resident_id(_number(order=order), today=TODAY).gender == gender


def test_per_3_fifteen_digits_become_eighteen():
    assert rules.normalise_id("990101880412011") == "990101198804120110"


@pytest.mark.parametrize(("region", "code"), [("160101", "province"), ("990101", "test_number"), ("830101", None)])
def test_per_4_province_codes(region, code):
    if code is None:
        assert resident_id(_number(region=region), today=TODAY)
        return
    with pytest.raises(InvalidIdentity) as refusal:
        resident_id(_number(region=region), today=TODAY)
    assert refusal.value.code == code


def test_per_4_test_numbers_only_where_allowed():
    assert resident_id("990101198804120110", today=TODAY, allow_test_ids=True).birth_date == date(1988, 4, 12)


@given(st.integers(0, 17), st.sampled_from("0123456789"))
def test_per_1_every_single_wrong_digit_is_caught(position, digit):
    number = _number()
    changed = number[:position] + digit + number[position + 1 :]
    if changed == number:
        return
    with pytest.raises(InvalidIdentity):
        resident_id(changed, today=TODAY)


@given(st.integers(0, 15))
def test_per_1_every_swap_of_neighbours_is_caught(position):
    number = _number()
    swapped = number[:position] + number[position + 1] + number[position] + number[position + 2 :]
    if swapped == number:
        return
    with pytest.raises(InvalidIdentity):
        resident_id(swapped, today=TODAY)


@given(st.text(max_size=30))
def test_per_1_any_text_is_read_or_refused(typed):
    try:
        found = resident_id(typed, today=TODAY, allow_test_ids=True)
    except InvalidIdentity:
        return
    assert rules.mod_11_2(found.number[:17]) == found.number[17]


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        (" 王国强 ", "王国强"),
        ("王 国 强", "王国强"),
        ("阿卜杜•热合曼", "阿卜杜·热合曼"),
        ("𬱖䶮", "𬱖䶮"),
        ("Anna  Maria", "Anna Maria"),
    ],
)
def test_per_7_names_as_they_are_stored(typed, stored):
    assert rules.clean_name(typed) == stored


@pytest.mark.parametrize("typed", ["王", "", "王" * 51, "王\u200b国", "王\u202e国", "王9"])
def test_per_7_refuses_what_cannot_be_printed(typed):
    with pytest.raises(ValueError):
        rules.clean_name(typed)


def test_prv_1_masks():
    assert rules.mask_id("990101198804120110") == "990101********0110"
    assert rules.mask_name("王国强") == "王**"
    assert rules.mask_name("阿卜杜·热合曼") == "阿**·***"


def test_crt_5_names_compare_alike_however_they_are_typed():
    assert rules.comparable_name("阿卜杜 • 热合曼") == rules.comparable_name("阿卜杜·热合曼")
    assert rules.comparable_name("王国强") != rules.comparable_name("王囯强")


@pytest.mark.parametrize(
    ("hour", "part"),
    [
        (0, "evening"), (4, "evening"), (5, "morning"), (11, "morning"), (12, "afternoon"), (17, "afternoon"),
        (18, "evening"), (23, "evening"),
    ],
)  # fmt: skip
def test_who_works_at_night_is_wished_no_good_morning(hour, part):
    assert part_of_day(hour) == part
