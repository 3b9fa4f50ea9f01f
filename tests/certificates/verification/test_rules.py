"""What an employer is told."""

from datetime import UTC, date, datetime, timedelta

import pytest

from certificates.issuing.rules.facts import PublicFacts
from certificates.verification.rules import Answer, network_of, same_name, seconds_to_wait, verdict

FACTS = PublicFacts(
    number="202510382640193572", name="阿卜杜·热合曼", title="培训合格证书", course="焊工入门", half_hours=40,
    award_date=date(2025, 9, 30), issuer="丽禾职业培训学校(演示)",
)  # fmt: skip
NOW = datetime(2025, 9, 30, 8, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("typed", "same"),
    [
        ("阿卜杜·热合曼", True),
        (" 阿卜杜 • 热合曼 ", True),
        ("阿卜杜．热合曼", True),
        ("阿卜杜热合曼", False),
        ("阿卜杜·热合漫", False),
        ("", False),
        ("   ", False),
    ],
)
def test_names_are_compared_as_people_write_them(typed, same):
    """CRT-5: width, blanks and dots do not matter; a character does."""
    assert same_name(typed, FACTS.name) is same


def test_an_empty_name_never_matches():
    assert not same_name("", "")


@pytest.mark.parametrize("state", ["superseded", "revoked"])
def test_what_is_no_longer_in_force_shows_none_of_its_facts(state):
    """P5 step 2: number, state and date; no name, course, hours or reason."""
    found = verdict(FACTS, state, date(2025, 10, 1), name_matches=True)
    assert (found.answer, found.number, found.since) == (Answer(state), FACTS.number, date(2025, 10, 1))
    assert found.facts is None
    assert found.shown_name == ""


def test_the_name_is_masked_until_somebody_knows_it():
    """PRV-1, CRT-5."""
    assert verdict(FACTS, "valid", date(2025, 9, 30), name_matches=False).shown_name == "阿**·***"
    assert verdict(FACTS, "valid", date(2025, 9, 30), name_matches=True).shown_name == "阿卜杜·热合曼"


@pytest.mark.parametrize(
    ("failures", "minutes", "seconds"), [(19, 1, 0), (20, 0, 601), (20, 9, 61), (20, 10, 1), (20, 11, 0), (99, 5, 301)]
)
def test_the_twenty_first_failure_waits_until_the_window_is_over(failures, minutes, seconds):
    """CRT-5, P5 step 3."""
    assert seconds_to_wait(failures, NOW, NOW + timedelta(minutes=minutes)) == seconds


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("::ffff:203.0.113.7", "203.0.113.7"),
        ("", "unknown"),
        ("nonsense", "unknown"),
    ],
)
def test_one_household_is_one_address(address, network):
    assert network_of(address) == network
