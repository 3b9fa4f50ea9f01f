"""Every question type keeps the contract; what each one accepts and how it marks."""

from fractions import Fraction
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.questions.types import TYPES, Refused, by_code
from courses.questions.types.numeric import number

SAMPLES = {
    "single": ({"choices": ["开大电流", "戴干手套", "脱手套"]}, {"right": 1}, [None, 0, 1, 2]),
    "multiple": ({"choices": ["面罩", "手套", "凉鞋"]}, {"right": [0, 1]}, [None, [0], [1], [0, 1], [0, 1, 2]]),
    "true_false": ({}, {"right": False}, [None, True, False]),
    "numeric": ({"unit": "mm"}, {"value": "3.2", "tolerance": "0.1"}, [None, "3.2", "3.3", "3.31", "-3.2"]),
}
each_type = pytest.mark.parametrize("kind", TYPES, ids=lambda kind: kind.code)


def test_each_type_has_a_sample_here_and_a_code_of_its_own():
    assert {kind.code for kind in TYPES} == set(SAMPLES)
    assert [by_code(kind.code) for kind in TYPES] == list(TYPES)
    with pytest.raises(KeyError):
        by_code("essay")


@each_type
def test_a_value_survives_the_way_to_the_page_and_back_in_any_order(kind):
    body, key, values = SAMPLES[kind.code]
    assert kind.validate(body, key) == []
    for seed in range(20):
        order = kind.order(body, Random(seed))
        for value in values:
            assert kind.parse(kind.posted(value, order), body, order) == value
            shown = kind.shown(body, order, value)
            assert [choice.letter for choice in shown if choice.chosen] == (kind.posted(value, order) if shown else [])


@each_type
def test_marks_lie_between_0_and_1_and_only_the_right_answer_earns_all(kind):
    body, key, values = SAMPLES[kind.code]
    shares = [kind.mark(value, body, key) for value in values]
    assert shares[0] == 0
    assert all(0 <= share <= 1 and isinstance(share, Fraction) for share in shares)
    assert 1 in shares


@each_type
def test_what_the_page_shows_follows_from_the_order_alone_not_from_the_key_exm_6(kind):
    body, key, _values = SAMPLES[kind.code]
    assert kind.order(body, Random("s")) == kind.order(body, Random("s"))
    order = kind.order(body, Random("s"))
    texts = [choice.text for choice in kind.shown(body, order)]
    assert sorted(texts) == sorted(body.get("choices", texts))
    assert [choice.letter for choice in kind.shown(body, order)] == list("ABCDEFGH"[: len(texts)])


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=6),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(["choices", "right", "value"]), inner),
    max_leaves=8,
)


@each_type
@given(body=json_values, key=json_values)
def test_any_shape_of_body_and_key_gets_sentences_not_an_exception(kind, body, key):
    for problem in kind.validate(body, key):
        assert problem.endswith((".", "。")), "a sentence, in either language"


@each_type
@given(posted=st.lists(st.text(max_size=8), max_size=4))
def test_anything_posted_is_a_value_or_a_refusal_and_markable(kind, posted):
    body, key, _values = SAMPLES[kind.code]
    order = kind.order(body, Random(1))
    try:
        value = kind.parse(posted, body, order)
    except Refused as refusal:
        assert str(refusal)
        return
    assert 0 <= kind.mark(value, body, key) <= 1
    assert kind.parse(kind.posted(value, order), body, order) == value


@pytest.mark.parametrize(
    ("chosen", "partial", "share"),
    [([0, 1], False, 1), ([0], False, 0), ([0], True, Fraction(1, 2)), ([0, 2], True, 0), (None, True, 0)],
)
def test_several_choices_earn_all_or_with_partial_their_share(chosen, partial, share):
    kind = by_code("multiple")
    body, key, _values = SAMPLES["multiple"]
    assert kind.mark(chosen, body, key | {"partial": partial}) == share


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("12.50", "12.5"),
        ("１２．５", "12.5"),
        (" −3 ", "-3"),
        ("1,200", "1200"),
        ("-0", "0"),
        ("12,5", None),
        ("1e3", None),
        ("NaN", None),
        ("十二", None),
        ("--1", None),
        ("9" * 40, None),
    ],
)
def test_numbers_as_people_type_them(typed, found):
    kind = by_code("numeric")
    if found is None:
        assert number(typed) is None
        with pytest.raises(Refused):
            kind.parse([typed], {}, [])
    else:
        assert kind.parse([typed], {}, []) == found


@pytest.mark.parametrize(("answer", "share"), [("3.1", 1), ("3.3", 1), ("3.0999", 0), ("3.300001", 0)])
def test_the_tolerance_is_inclusive_and_exact(answer, share):
    body, key, _values = SAMPLES["numeric"]
    assert by_code("numeric").mark(answer, body, key) == share


def test_a_letter_that_the_page_did_not_show_is_refused():
    with pytest.raises(Refused):
        by_code("single").parse(["D"], SAMPLES["single"][0], [2, 0, 1])
    with pytest.raises(Refused):
        by_code("single").parse(["A", "B"], SAMPLES["single"][0], [2, 0, 1])
