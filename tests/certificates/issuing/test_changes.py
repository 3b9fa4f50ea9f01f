"""Replacing and revoking: two people, a reason that stays inside, and no way back."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from certificates.issuing import actions
from certificates.issuing.models import Certificate, ChangeRequest, PublicRecord
from courses.journal.models import JournalEntry
from courses.people.actions import correct_learner
from courses.people.models import Countersign
from courses.results.models import Outcome


@pytest.fixture
def certificate(world):
    return world.issued(world.outcomes[:1])[0]


def state_of(certificate):
    record = PublicRecord.objects.get(number=certificate.number)
    return Certificate.objects.get(pk=certificate.pk).state, record.state, record.version


def test_a_replacement_takes_the_corrected_name_and_marks_the_old_one(world, certificate):
    """CRT-7: new certificate, new numbers, new token; the old one is superseded in the same transaction."""
    correct_learner(learner=world.learners[0], by=None, organisation=world.prison, reason="同音字", full_name="王国蔷")
    new = world.replaced(certificate)
    assert (new.name, new.supersedes, new.state) == ("王国蔷", certificate, "issued")
    assert new.register_number == f"{timezone.localdate().year}-990103-2-000001"  # the register of the year of award
    assert new.number != certificate.number
    assert new.token != certificate.token
    assert state_of(certificate) == ("superseded", "superseded", 2)
    assert state_of(new) == ("issued", "valid", 1)
    assert new.number not in str(PublicRecord.objects.get(number=certificate.number).facts)


def test_replacing_twice_gives_one_new_certificate(world, certificate):
    new = world.replaced(certificate)
    assert actions.replace(certificate=certificate, by=world.releaser) == new
    assert Certificate.objects.count() == 2


def test_a_revoked_certificate_stays_revoked(world, certificate):
    """CRT-7: a revoked one never becomes valid again, is not replaced, and is not revoked twice."""
    world.revoked(certificate)
    assert actions.revoke(certificate=certificate, by=world.releaser).state == "revoked"
    assert state_of(certificate) == ("revoked", "revoked", 2)
    for ask, reason in ((actions.ask_replacement, "name"), (actions.ask_revocation, "fraud")):
        with pytest.raises(ValidationError):
            ask(certificate=certificate, reason_code=reason, by=world.preparer)


def test_a_new_certificate_after_a_revocation_is_a_new_row(world, certificate):
    world.revoked(certificate)
    again = world.issued(world.outcomes[:1])[0]
    assert again.register_number.endswith("-000002")
    assert state_of(certificate)[0] == "revoked"


@pytest.mark.parametrize(
    ("ask", "act"), [(actions.ask_replacement, actions.replace), (actions.ask_revocation, actions.revoke)]
)
def test_the_one_who_asks_does_not_decide(world, certificate, ask, act):
    ask(certificate=certificate, reason_code="other", by=world.releaser)
    with pytest.raises(PermissionDenied):
        act(certificate=certificate, by=world.releaser)
    with pytest.raises(PermissionDenied):
        act(certificate=certificate, by=world.preparer)  # lacks the right to release
    assert state_of(certificate) == ("issued", "valid", 1)


@pytest.mark.parametrize("act", [actions.replace, actions.revoke])
def test_what_nobody_asked_for_is_not_done(world, certificate, act):
    with pytest.raises(ValidationError):
        act(certificate=certificate, by=world.releaser)


@pytest.mark.parametrize("who", ["stranger", "warden"])
def test_asking_needs_a_right_at_the_school(world, certificate, who):
    with pytest.raises(PermissionDenied):
        actions.ask_revocation(certificate=certificate, reason_code="fraud", by=getattr(world, who))


def test_a_reason_of_the_other_kind_is_refused(world, certificate):
    with pytest.raises(ValidationError):
        actions.ask_revocation(certificate=certificate, reason_code="name", by=world.preparer)


def test_asking_twice_waits_once_and_for_one_thing(world, certificate):
    first = actions.ask_revocation(certificate=certificate, reason_code="fraud", by=world.preparer)
    assert actions.ask_revocation(certificate=certificate, reason_code="other", by=world.preparer) == first
    with pytest.raises(ValidationError):
        actions.ask_replacement(certificate=certificate, reason_code="name", by=world.preparer)
    assert Countersign.objects.waiting().count() == 1


def test_declined_leaves_the_certificate_in_force(world, certificate):
    request = actions.ask_revocation(certificate=certificate, reason_code="fraud", by=world.preparer)
    actions.decline_change(request=request, by=world.releaser, comment="没有证据")
    assert state_of(certificate) == ("issued", "valid", 1)
    with pytest.raises(ValidationError):
        actions.revoke(certificate=certificate, by=world.releaser)
    assert ChangeRequest.objects.get().countersign.decision == "refused"


def test_a_replacement_needs_a_result_that_is_still_a_pass(world, certificate):
    """EXM-7: after a corrected result the certificate is revoked, not replaced."""
    actions.ask_replacement(certificate=certificate, reason_code="print", by=world.preparer)
    Outcome.objects.filter(pk=world.outcomes[0].pk).update(passed=False)
    with pytest.raises(ValidationError):
        actions.replace(certificate=certificate, by=world.releaser)
    assert state_of(certificate) == ("issued", "valid", 1)
    assert Countersign.objects.waiting().count() == 1


def test_each_step_is_in_the_journal(world, certificate):
    world.revoked(certificate)
    verbs = list(JournalEntry.objects.filter(object_label="issuing.certificate").values_list("verb", "reason"))
    assert verbs[0] == ("issuing.issue", "")
    assert verbs[-1] == ("issuing.revoke", "result")


def test_the_holder_school_and_the_class_see_a_certificate_others_do_not(world, certificate):
    """PRV-3b: the school, the bureau above it and the place of the class see it; another school does not."""
    seen = {
        name: Certificate.objects.visible_to(getattr(world, name)).filter(pk=certificate.pk).exists()
        for name in ("preparer", "releaser", "warden", "stranger")
    }
    assert seen == {"preparer": True, "releaser": True, "warden": True, "stranger": False}
