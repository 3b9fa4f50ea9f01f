"""A long list is written a little at a time: it is a batch when it is whole, and then at once; or it never was (CRT-9)."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone, translation

from certificates.issuing import actions, tasks
from certificates.issuing.actions import preparing
from certificates.issuing.models import Batch, BatchItem
from courses.journal.models import JournalEntry
from tests.certificates.conftest import AWARDED


@pytest.fixture(autouse=True)
def one_at_a_time(monkeypatch):
    monkeypatch.setattr(preparing, "TOGETHER", 1)
    with translation.override("en"):
        yield


@pytest.fixture
def power_cut(world, monkeypatch):
    """A list of three of which two were written when the power went."""
    write, calls = BatchItem.objects.bulk_create, []

    def fails_at_the_third(items):
        calls.append(1)
        if len(calls) == 3:
            raise RuntimeError("power cut")
        return write(items)

    monkeypatch.setattr(BatchItem.objects, "bulk_create", fails_at_the_third)
    with pytest.raises(RuntimeError):
        prepare(world)
    monkeypatch.setattr(BatchItem.objects, "bulk_create", write)
    return Batch.objects.get()


@pytest.fixture
def meanwhile(monkeypatch):
    """`meanwhile(act)`: does it at the moment when the next list is written and not yet a batch."""

    def at_that_moment(act):
        write = preparing._write

        def write_then_act(*facts):
            monkeypatch.setattr(preparing, "_write", write)
            write(*facts)
            act()

        monkeypatch.setattr(preparing, "_write", write_then_act)

    return at_that_moment


def prepare(world, outcomes=None, by="preparer", **facts):
    return actions.prepare_batch(
        outcomes=outcomes or world.outcomes, certificate_type=world.certificate_type, award_date=AWARDED,
        by=by and getattr(world, by), **facts,
    )  # fmt: skip


def refused(verb, **facts):
    with pytest.raises(ValidationError) as refusal:
        verb(**facts)
    return " ".join(refusal.value.messages)


def test_a_list_that_is_not_whole_is_seen_by_nobody_and_goes_nowhere(world, power_cut):
    assert (power_cut.state, power_cut.items.count()) == (Batch.State.PREPARING, 2)
    for user in (world.preparer, world.releaser):
        assert power_cut not in Batch.objects.visible_to(user)
    refused(actions.submit_batch, batch=power_cut, by=world.preparer)
    refused(actions.release_batch, batch=power_cut, by=world.releaser)
    refused(actions.discard_batch, batch=power_cut, by=world.preparer)
    assert actions.work_on_batch(batch=power_cut).state == Batch.State.PREPARING
    assert not JournalEntry.objects.filter(verb="issuing.prepare_batch").exists()


def test_what_a_power_cut_left_holds_no_learner_back(world, power_cut):
    batch = prepare(world)
    assert batch != power_cut
    assert (batch.state, batch.items.count()) == (Batch.State.DRAFT, 3)
    assert prepare(world) == batch


def test_what_a_power_cut_left_is_swept_away_after_an_hour(world, power_cut):
    batch = prepare(world)
    soon, later = (power_cut.prepared_at + timedelta(minutes=minutes) for minutes in (59, 61))
    assert actions.forget_unfinished(at=soon) == 0
    assert actions.forget_unfinished(at=later) == 1
    assert list(Batch.objects.all()) == [batch]
    assert BatchItem.objects.count() == 3
    assert actions.forget_unfinished(at=later + timedelta(days=1)) == 0, "a batch is never swept away"


def test_the_sweep_of_every_minute_looks_for_them(world, power_cut):
    Batch.objects.filter(pk=power_cut.pk).update(prepared_at=timezone.now() - timedelta(hours=2))
    tasks.sweep()
    assert not Batch.objects.exists()


def test_of_two_lists_with_one_learner_at_the_same_moment_one_becomes_a_batch(world, meanwhile):
    """The other one is refused whole, with a sentence for the learner whom both name."""
    a, b, c = world.outcomes
    meanwhile(lambda: prepare(world, [b, c], by=None))
    said = refused(prepare, world=world, outcomes=[a, b])
    assert said == f"{b.enrolment.learner.full_name} is in another batch that waits"
    batch = Batch.objects.get()
    assert (batch.state, set(batch.items.values_list("outcome", flat=True))) == ("draft", {b.pk, c.pk})
    assert BatchItem.objects.count() == 2
    assert prepare(world, [a]).state == Batch.State.DRAFT


def test_two_clicks_at_the_same_moment_are_one_batch(world, meanwhile):
    clicks = []
    meanwhile(lambda: clicks.append(prepare(world)))
    clicks.append(prepare(world))
    assert clicks[0] == clicks[1] == Batch.objects.get()
    assert clicks[0].items.count() == BatchItem.objects.count() == 3
    assert JournalEntry.objects.filter(verb="issuing.prepare_batch").count() == 1


@pytest.mark.parametrize("swept", [1, 2, 3])
def test_a_list_that_was_swept_before_it_was_whole_is_no_batch(world, meanwhile, swept):
    def sweep():
        batch = Batch.objects.get()
        for item in batch.items.all()[:swept]:
            item.delete()
        if swept == 3:
            batch.delete()

    meanwhile(sweep)
    assert "given up" in refused(prepare, world=world)
    assert not Batch.objects.exists()
    assert not BatchItem.objects.exists()


def test_a_batch_keeps_the_moment_that_was_given(world):
    moment = timezone.now() - timedelta(days=3)
    batch = prepare(world, at=moment)
    batch.refresh_from_db()
    assert (batch.state, batch.prepared_at) == (Batch.State.DRAFT, moment)
