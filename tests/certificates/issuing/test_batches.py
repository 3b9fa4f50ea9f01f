"""Batches: nothing is issued that two people have not agreed on, and nothing is issued twice."""

from copy import copy
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from certificates.issuing import actions, keys
from certificates.issuing.actions import work
from certificates.issuing.models import Batch, BatchItem, Certificate, PublicRecord, RegisterCounter
from certificates.issuing.rules import credential, number
from courses.classes.models import Enrolment
from courses.journal.models import JournalEntry
from courses.people.actions import correct_learner
from courses.people.models import Organisation
from courses.results.models import Outcome
from tests.certificates.conftest import AWARDED


def prepare(world, outcomes=None, by=None, **changes):
    facts = {"certificate_type": world.certificate_type, "award_date": AWARDED} | changes
    return actions.prepare_batch(outcomes=outcomes or world.outcomes, by=by or world.preparer, **facts)


def sentences(refusal):
    return " ".join(refusal.value.messages)


def test_two_people_issue_three_certificates(world):
    """CRT-3, CRT-9, P1 step 7: prepared by one, released by another; register numbers without a gap."""
    certificates = world.issued()
    assert [c.register_number for c in certificates] == [f"2025-990103-2-{n:06d}" for n in (1, 2, 3)]
    assert [c.name for c in certificates] == ["王国强", "李德顺", "陈小龙"]
    assert all(number.is_valid(c.number) and c.number.startswith("2025103") for c in certificates)
    assert len({c.token for c in certificates}) == 3
    assert Batch.objects.get().state == Batch.State.DONE
    assert JournalEntry.objects.filter(verb="issuing.issue", actor_id=world.releaser.pk).count() == 3


def test_what_is_issued_is_signed_and_public(world):
    certificate = world.issued()[0]
    claims = credential.read(bytes(certificate.cose), {world.key.kid: keys.public(world.key.public_key)})
    assert (claims.name, claims.number, claims.half_hours) == ("王国强", certificate.number, 40)
    base, _hash, fragment = certificate.qr_text.partition("#")
    assert base == f"https://qihang.example/c/{certificate.token}"
    assert credential.from_fragment(fragment) == bytes(certificate.cose)
    public = PublicRecord.objects.get(number=certificate.number)
    assert public.facts == certificate.facts
    assert certificate.token not in str(public.__dict__)


def test_nothing_public_tells_where(world):
    """CRT-8, P5 step 5: no word of the place in facts, QR, PDF or public record."""
    certificate = world.issued()[0]
    everything = (
        f"{certificate.facts} {certificate.qr_text} {PublicRecord.objects.get(number=certificate.number).facts}"
    )
    for word in (
        "监狱",
        "江州监狱",
        "2025-WELD-T",
        world.learners[0].learner_no,
        "9901011988",
        certificate.register_number,
    ):
        assert word not in everything


def test_preparing_the_same_list_again_returns_the_same_batch(world):
    """CRT-9: clicking twice gives one batch."""
    assert prepare(world) == prepare(world)
    assert Batch.objects.count() == 1


def test_releasing_again_changes_nothing(world):
    """CRT-9."""
    batch = world.prepared()
    first = actions.release_batch(batch=batch, by=world.releaser)
    actions.work_on_batch(batch=first)
    again = actions.release_batch(batch=batch, by=world.releaser)
    actions.work_on_batch(batch=again)
    actions.resume_batches()
    assert Certificate.objects.count() == 3
    assert again.released_at == first.released_at


def test_the_one_who_prepared_cannot_release(world):
    """CRT-9, PER: a second person means another person, whatever rights the first one has."""
    batch = world.prepared()
    with pytest.raises(PermissionDenied):
        actions.release_batch(batch=batch, by=world.preparer)
    world.preparer.is_superuser = True
    world.preparer.save()
    with pytest.raises(PermissionDenied):
        actions.release_batch(batch=batch, by=world.preparer)
    assert Certificate.objects.count() == 0


@pytest.mark.parametrize("who", ["stranger", "warden", "releaser"])
def test_preparing_needs_the_right_at_the_school(world, who):
    with pytest.raises(PermissionDenied):
        prepare(world, by=getattr(world, who))
    assert Batch.objects.count() == 0


@pytest.mark.parametrize("who", ["stranger", "warden"])
def test_releasing_needs_the_right_at_the_school(world, who):
    batch = world.prepared()
    with pytest.raises(PermissionDenied):
        actions.release_batch(batch=batch, by=getattr(world, who))


def test_a_batch_that_nobody_handed_in_is_not_released(world):
    batch = prepare(world)
    with pytest.raises(ValidationError):
        actions.release_batch(batch=batch, by=world.releaser)


def test_handing_in_twice_asks_once(world):
    batch = prepare(world)
    assert actions.submit_batch(batch=batch, by=world.preparer) == actions.submit_batch(batch=batch, by=world.preparer)


def test_sent_back_with_a_reason_then_handed_in_again(world):
    batch = world.prepared()
    with pytest.raises(ValidationError):
        actions.send_back_batch(batch=batch, by=world.releaser, comment=" ")
    actions.send_back_batch(batch=batch, by=world.releaser, comment="日期请改成 9 月 30 日")
    with pytest.raises(ValidationError):
        actions.release_batch(batch=batch, by=world.releaser)
    actions.submit_batch(batch=batch, by=world.preparer)
    assert actions.release_batch(batch=batch, by=world.releaser).state == Batch.State.RELEASED


def test_a_discarded_batch_frees_its_learners(world):
    batch = prepare(world)
    actions.discard_batch(batch=batch, by=world.preparer)
    assert actions.discard_batch(batch=batch, by=world.preparer).state == Batch.State.DISCARDED
    assert prepare(world).pk != batch.pk


def test_a_batch_with_the_second_person_is_not_discarded(world):
    with pytest.raises(ValidationError):
        actions.discard_batch(batch=world.prepared(), by=world.preparer)


@pytest.mark.parametrize(
    "changes", [{"passed": False}, {"state": Outcome.State.PROPOSED}, {"superseded_at": timezone.now()}]
)
def test_a_learner_without_a_confirmed_pass_is_refused_by_name(world, changes):
    """Must be seen 3: a certificate for a failed learner gets a clear sentence and stores nothing."""
    failed = world.passed("张志远", "990101199712250334", **changes)
    with pytest.raises(ValidationError) as refusal:
        prepare(world, [*world.outcomes[:3], failed])
    assert "张志远" in sentences(refusal)
    assert "王国强" not in sentences(refusal)
    assert Batch.objects.count() == BatchItem.objects.count() == 0


def test_a_name_that_cannot_be_printed_is_refused_with_its_characters(world):
    """PER-7: a clear list, never an empty box on paper."""
    odd = world.passed("𠮷田", "990101197909230215")
    with pytest.raises(ValidationError) as refusal:
        prepare(world, [odd])
    assert "𠮷" in sentences(refusal)


def test_an_official_level_needs_a_verified_identity(world):
    """PER-5: pending identities study and sit exams, but get no certificate of an official level."""
    pending = world.passed("赵铁柱")
    official = actions.define_type(
        code="skills", title="职业技能等级证书", register_type=3, official_level=True, by=None
    )
    with pytest.raises(ValidationError) as refusal:
        prepare(world, [pending, world.outcomes[0]], certificate_type=official)
    assert "赵铁柱" in sentences(refusal)
    assert "王国强" not in sentences(refusal)
    assert prepare(world, [world.outcomes[0]], certificate_type=official)
    ordinary = actions.define_type(code="skills", title="培训合格证书", register_type=2, by=None)
    assert prepare(world, [pending], certificate_type=ordinary)


def test_custody_words_in_a_course_are_refused(world):
    """CRT-8: nothing public may tell where a person was held, not even by the name of a course."""
    type(world.edition).objects.filter(pk=world.edition.pk).update(can_do=["在江州监狱车间焊接"])
    with pytest.raises(ValidationError) as refusal:
        prepare(world, world.outcomes[:1])
    assert "监狱" in sentences(refusal)


def test_the_name_of_the_host_is_refused_even_without_a_custody_word(world):
    type(world.edition).objects.filter(pk=world.edition.pk).update(title="江北农场柑橘班")
    Organisation.objects.filter(pk=world.prison.pk).update(name="江北农场(演示)")
    with pytest.raises(ValidationError) as refusal:
        prepare(world, world.outcomes[:1])
    assert "江北农场" in sentences(refusal)


def test_a_certified_learner_is_refused(world):
    world.issued(world.outcomes[:1])
    with pytest.raises(ValidationError) as refusal:
        prepare(world)
    assert "王国强" in sentences(refusal)
    assert len(refusal.value.messages) == 1


def test_a_learner_in_a_waiting_batch_is_refused(world):
    prepare(world, world.outcomes[:1])
    with pytest.raises(ValidationError) as refusal:
        prepare(world)
    assert "王国强" in sentences(refusal)


def test_a_date_of_award_in_the_future_is_refused(world):
    with pytest.raises(ValidationError):
        prepare(world, award_date=timezone.localdate() + timedelta(days=1))


def test_another_type_than_the_course_leads_to_is_refused(world):
    other = actions.define_type(code="siyb", title="创业培训合格证书", register_type=1, by=None)
    with pytest.raises(ValidationError):
        prepare(world, certificate_type=other)


def test_an_empty_batch_is_refused(world):
    with pytest.raises(ValidationError):
        actions.prepare_batch(outcomes=[], certificate_type=world.certificate_type, by=world.preparer)


def test_a_fact_that_changed_after_the_preview_is_not_issued(world):
    """CRT-9: exactly what the second person saw is issued, or nothing."""
    batch = world.prepared()
    correct_learner(
        learner=world.learners[1], by=None, organisation=world.prison, reason="户口簿", full_name="李德顺子"
    )
    actions.work_on_batch(batch=actions.release_batch(batch=batch, by=world.releaser))
    assert list(batch.items.values_list("state", "refusal")) == [("done", ""), ("refused", "changed"), ("done", "")]
    assert [c.register_number[-1] for c in Certificate.objects.order_by("register_number")] == ["1", "2"]


def test_a_result_that_was_corrected_after_the_preview_is_not_issued(world):
    """EXM-7: the check is made again in the issuing transaction."""
    batch = world.prepared()
    Outcome.objects.filter(pk=world.outcomes[0].pk).update(passed=False)
    actions.work_on_batch(batch=actions.release_batch(batch=batch, by=world.releaser))
    assert batch.items.get(outcome=world.outcomes[0]).refusal == "not_passed"
    assert Certificate.objects.count() == 2


@pytest.mark.parametrize(("together", "power_cut", "kept"), [(1, 2, 1), (2, 2, 2), (20, 1, 0)])
def test_a_crash_in_the_middle_is_taken_up_without_a_gap(world, monkeypatch, together, power_cut, kept):
    """CRT-3: killed between two transactions, or inside one, the sweep goes on and the register has no gap."""
    monkeypatch.setattr(work, "TOGETHER", together)
    batch = actions.release_batch(batch=world.prepared(), by=world.releaser)
    create, calls = PublicRecord.objects.bulk_create, []

    def fails_once(records):
        calls.append(1)
        if len(calls) == power_cut:
            raise RuntimeError("power cut")
        return create(records)

    monkeypatch.setattr(PublicRecord.objects, "bulk_create", fails_once)
    with pytest.raises(RuntimeError):
        actions.work_on_batch(batch=batch)
    assert Certificate.objects.count() == batch.items.filter(state="done").count() == kept
    assert actions.resume_batches() == 1
    assert [c.register_number[-1] for c in Certificate.objects.order_by("register_number")] == ["1", "2", "3"]
    assert RegisterCounter.objects.get().last == 3
    assert actions.resume_batches() == 0


def test_one_learner_with_two_passes_in_a_batch_gets_one_certificate(world):
    """CRT-9: the two stand in one transaction, and the second is refused by itself alone."""
    again = copy(world.training_class)
    again.pk, again.class_no = None, "2025-WELD-T2"
    again.save()
    enrolment = Enrolment.objects.create(
        training_class=again, learner=world.learners[0], roster_no=9, state="completed"
    )
    outcome = copy(world.outcomes[0])
    outcome.pk, outcome.enrolment = None, enrolment
    outcome.save()
    certificates = world.issued([*world.outcomes, outcome])
    assert [c.name for c in certificates] == ["王国强", "李德顺", "陈小龙"]
    assert BatchItem.objects.get(state="refused").refusal == "already"
    assert actions.audit_register() == (3, [])


def test_issuing_asks_the_same_number_of_questions_for_one_and_for_many(world, django_assert_num_queries):
    """Those of a batch are checked and written together; the first one opens the register."""
    world.issued(world.outcomes[:1])
    world.passed("学员甲乙"), world.passed("学员甲丙")
    one = actions.release_batch(batch=world.prepared(world.outcomes[1:2]), by=world.releaser)
    many = actions.release_batch(batch=world.prepared(world.outcomes[2:]), by=world.releaser)
    with CaptureQueriesContext(connection) as few:
        actions.work_on_batch(batch=one)
    with django_assert_num_queries(len(few)):
        actions.work_on_batch(batch=many)
    assert len(few) <= 36
    assert Certificate.objects.count() == 5


def test_the_database_itself_refuses_a_second_live_certificate(world):
    certificate = world.issued(world.outcomes[:1])[0]
    certificate.pk = None
    certificate.number, certificate.register_number, certificate.token = "1" * 18, "2025-990103-2-000009", "x" * 22
    certificate.batch_item = None
    with pytest.raises(IntegrityError), transaction.atomic():
        certificate.save(force_insert=True)


def test_a_certificate_is_never_deleted(world):
    certificate = world.issued(world.outcomes[:1])[0]
    for delete in (certificate.delete, Certificate.objects.all().delete):
        with pytest.raises(ValidationError):
            delete()


@pytest.mark.parametrize("count", [1, 6])
def test_preparing_asks_the_same_number_of_questions_for_one_and_for_many(world, count, django_assert_max_num_queries):
    for n in range(3):
        world.passed(f"学员甲{'乙丙丁'[n]}")
    with django_assert_max_num_queries(24):
        prepare(world, world.outcomes[:count])
