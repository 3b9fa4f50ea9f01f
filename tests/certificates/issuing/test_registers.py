"""CRT-3 after a restore: no register number twice, and the register says why it leaves some out."""

import itertools
from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from certificates.issuing import actions, issue_log
from certificates.issuing.actions.registers import on_paper
from certificates.issuing.models import RegisterCounter, RegisterGap, Restoration
from certificates.issuing.rules import registers

REGISTER = "2025-990103-2-"


@pytest.fixture
def one(world):
    return world.issued(world.outcomes[:1])[0]


def count_on(**said):
    return actions.count_on_after_restore(copied_at=timezone.now() - timedelta(hours=9), **said)


def next_register_number(world):
    return world.issued(world.outcomes[1:2])[0].register_number


@given(st.integers(0, registers.FULL - 2 * registers.BLOCK - 1))
def test_a_block_leaves_out_at_least_its_size_and_ends_round(last):
    end = registers.next_block(last)
    assert last + registers.BLOCK <= end < last + 2 * registers.BLOCK
    assert end % registers.BLOCK == 0


def test_a_register_that_is_nearly_full_has_no_room_for_a_block():
    with pytest.raises(ValueError):
        registers.next_block(985_000)


@given(st.sets(st.integers(1, 300)))
def test_runs_are_the_same_numbers(numbers):
    found = registers.runs(sorted(numbers))
    assert [n for first, last in found for n in range(first, last + 1)] == sorted(numbers)
    assert all(later[0] > earlier[1] + 1 for earlier, later in itertools.pairwise(found))


def test_where_nobody_knows_a_block_is_left_out(world, one):
    (gap,) = count_on()
    assert str(gap) == f"{REGISTER}000002–020000"
    assert next_register_number(world) == f"{REGISTER}020001"
    assert actions.audit_register() == (2, []), "the register explains itself"


def test_the_last_paper_that_somebody_holds_ends_the_gap(world, one):
    (gap,) = count_on(last_papers=[f" {REGISTER}000007 "])
    assert (gap.first, gap.last, gap.reason) == (2, 7, RegisterGap.Reason.RESTORED)
    assert next_register_number(world) == f"{REGISTER}000008"


def test_who_answers_that_nothing_was_issued_leaves_no_gap(world, one):
    assert count_on(nothing_since=True) == []
    assert next_register_number(world) == f"{REGISTER}000002"
    assert Restoration.objects.get().unseen_up_to == 0


def test_a_paper_older_than_the_copy_takes_nothing_back(world, one):
    assert count_on(last_papers=[f"{REGISTER}000001"]) == []
    assert next_register_number(world) == f"{REGISTER}000002"


def test_a_register_that_the_copy_has_never_seen_begins_above_the_block(world):
    """The first certificate of a type may have been issued in the time that was lost."""
    assert count_on() == []
    assert next_register_number(world) == f"{REGISTER}010001"
    assert str(RegisterGap.objects.get()) == f"{REGISTER}000001–010000"
    assert actions.audit_register() == (1, [])


def test_a_register_of_a_later_year_begins_at_one(world):
    count_on(at=datetime(2024, 6, 1, 4, tzinfo=UTC))
    assert next_register_number(world) == f"{REGISTER}000001"


def test_a_text_that_is_no_register_number_is_refused_and_nothing_happens(world, one):
    with pytest.raises(ValidationError, match="2025-990103-7-000001"):
        count_on(last_papers=["2025-990103-7-000001"])
    assert not Restoration.objects.exists()


def test_a_full_register_wants_its_last_paper(world, one):
    RegisterCounter.objects.update(last=985_000)
    with pytest.raises(ValidationError, match=REGISTER):
        count_on()
    assert not Restoration.objects.exists()


def test_the_number_of_a_lost_paper_is_not_drawn_again(world, one):
    """Public numbers are random: one that stands on a paper that the database lost is known and passed over."""
    issue_log.append({"number": "202510312345678901", "register_number": f"{REGISTER}000002", "qr_text": "…"})
    actions.reconcile()
    assert RegisterGap.objects.get().number == "202510312345678901"
    taken = {"202510312345678901", one.number}
    assert on_paper([*taken, "202510300000000112"]) == taken
