"""The eleven statements (4.2): never "unsuitable"."""

from pathlib import Path

from courses.plans.rules import selfcheck
from courses.plans.rules.selfcheck import Answer, outcome


def answers(text, second="-" * 11):
    said = {"y": True, "n": False, "-": None}
    pairs = enumerate(zip(text, second, strict=True))
    return {f"s{place}": Answer(said[own], said[other]) for place, (own, other) in pairs}


def test_4_2_more_yes_than_no_goes_on_and_the_no_becomes_work():
    found = outcome(answers("yyyyyynnnnn"))
    assert (found.code, found.yes_own, found.no_own) == (selfcheck.GO_ON, 6, 5)
    assert found.to_do == ("s6", "s7", "s8", "s9", "s10")


def test_4_2_more_no_than_yes_strengthens_first():
    found = outcome(answers("yyyyynnnnnn"))
    assert found.code == selfcheck.STRENGTHEN_FIRST
    assert len(found.to_do) == 6


def test_4_2_blank_answers_are_listed_and_count_as_neither():
    found = outcome(answers("yyyn-------"))
    assert (found.code, found.yes_own, found.no_own) == (selfcheck.GO_ON, 3, 1)
    assert found.blank == tuple(f"s{place}" for place in range(4, 11))
    assert outcome(answers("yn---------")).code == selfcheck.UNFINISHED
    assert outcome(answers("-----------")).code == selfcheck.UNFINISHED


def test_4_2_the_second_person_decides_nothing_but_where_they_differ_is_shown():
    found = outcome(answers("yyyyyynnnn-", "nyyyyyynnny"))
    assert found.code == selfcheck.GO_ON
    assert found.disagreements == ("s0", "s6")
    assert found.yes_second == 7


def test_4_2_answers_are_yes_no_or_open():
    assert [selfcheck.answered(text) for text in ("yes", "no", "")] == [True, False, None]


def test_4_2_no_outcome_says_unsuitable():
    assert "unsuitable" not in Path(selfcheck.__file__).read_text().lower()
