"""A batch: prepared by one person, released by another (CRT-9)."""

from collections.abc import Iterable
from datetime import date, datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from certificates.issuing import permissions
from certificates.issuing.actions.checking import facts_of, obstacles, unprintable_facts, with_everything
from certificates.issuing.models import Batch, BatchItem, CertificateType, Issuer, SigningKey
from courses.journal.actions import record
from courses.people import actions as people
from courses.people.models import Countersign, User
from courses.people.permissions import RELEASE_CERTIFICATES
from courses.results.models import Outcome

RELEASE = "issuing.release_batch"


def prepare_batch(
    *,
    outcomes: Iterable[Outcome],
    certificate_type: CertificateType,
    by: User | None,
    award_date: date | None = None,
    at: datetime | None = None,
) -> Batch:
    """Put outcomes together for certificates of one type. The same list again returns the batch that waits already.

    Nothing is stored unless every outcome can be certified. Refuses (PermissionDenied) without the right
    `prepare_certificates` at the school; (ValidationError), with a sentence for each learner, who has not passed, has the
    certificate already, waits in another batch, lacks the identity that an official level needs (PER-5), or would be
    printed with missing characters (PER-7) or with words that must not become public.
    """
    at = at or timezone.now()
    award_date = award_date or timezone.localdate(at)
    chosen = with_everything(outcomes)
    issuer = _issuer_of(chosen)
    if by is not None and not permissions.can_prepare(by, issuer):
        raise PermissionDenied
    if any(outcome.enrolment.training_class.edition.certificate_type != certificate_type.code for outcome in chosen):
        raise ValidationError(_("The course leads to another kind of certificate."))
    if award_date > timezone.localdate(at):
        raise ValidationError({"award_date": _("The date of award cannot be in the future.")})
    facts = {outcome.pk: facts_of(outcome, certificate_type, issuer, award_date) for outcome in chosen}
    found = unprintable_facts(
        chosen, facts, issuer=issuer
    )  # before the lock: for a thousand learners it takes its time
    with transaction.atomic():
        Issuer.objects.select_for_update().get(pk=issuer.pk)  # two people preparing the same class wait for each other
        if existing := _same_draft(facts.keys(), certificate_type, award_date, by):
            return existing
        found |= obstacles(chosen, certificate_type=certificate_type)
        if found:
            raise ValidationError([str(found[outcome.pk]) for outcome in chosen if outcome.pk in found])
        batch = Batch.objects.create(
            issuer=issuer, certificate_type=certificate_type, award_date=award_date, prepared_by=by, prepared_at=at
        )
        BatchItem.objects.bulk_create(
            BatchItem(batch=batch, outcome=outcome, facts=facts[outcome.pk].as_json()) for outcome in chosen
        )
        record(verb="issuing.prepare_batch", about=batch, by=by, organisation=issuer.organisation, at=at)
    return batch


def submit_batch(*, batch: Batch, by: User, at: datetime | None = None) -> Countersign:
    """Hand a prepared batch to another person for release. Handing it in twice returns the request that waits."""
    if not permissions.can_prepare(by, batch.issuer):
        raise PermissionDenied
    with transaction.atomic():
        batch = Batch.objects.select_for_update().get(pk=batch.pk)
        if batch.state != Batch.State.DRAFT:
            raise ValidationError(_("This batch has been decided already."))
        return people.ask_countersign(
            act=RELEASE, about=batch, organisation=batch.organisation,
            title=gettext_noop("Release %(count)s × %(title)s"),
            values={"count": batch.items.count(), "title": batch.certificate_type.title},
            permission=RELEASE_CERTIFICATES, by=by, at=at,
        )  # fmt: skip


def release_batch(*, batch: Batch, by: User, at: datetime | None = None, comment: str = "") -> Batch:
    """Release as the second person: the certificates are issued at once, a few in a transaction (CRT-9).

    Releasing twice changes nothing: each learner gets exactly one certificate. Refuses (PermissionDenied) the person who
    prepared or handed in the batch and anyone without the right `release_certificates`; (ValidationError) a batch that
    nobody handed in or that was discarded, and a site without a signing key.
    """
    if not permissions.can_release(by, batch.issuer) or by.pk == batch.prepared_by_id:
        raise PermissionDenied(_("This needs a second person with the right to decide."))
    at = at or timezone.now()
    with transaction.atomic():
        batch = Batch.objects.select_for_update().get(pk=batch.pk)
        if batch.state in {Batch.State.RELEASED, Batch.State.DONE}:
            return batch
        if not SigningKey.objects.filter(state=SigningKey.State.ACTIVE).exists():
            raise ValidationError(_("There is no signing key yet. An administrator makes one with: lms signing_key"))
        people.countersign(request=_open_request(batch), by=by, approve=True, comment=comment, at=at)
        batch.state, batch.released_by, batch.released_at = Batch.State.RELEASED, by, at
        batch.save(update_fields=["state", "released_by", "released_at"])
        record(verb=RELEASE, about=batch, by=by, organisation=batch.organisation, at=at)
        _wake(batch)
    return batch


def send_back_batch(*, batch: Batch, by: User, comment: str, at: datetime | None = None) -> Batch:
    """Refuse a release as the second person, and say why: the batch goes back to whoever prepared it."""
    with transaction.atomic():
        batch = Batch.objects.select_for_update().get(pk=batch.pk)
        people.countersign(request=_open_request(batch), by=by, approve=False, comment=comment, at=at)
    return batch


def discard_batch(*, batch: Batch, by: User | None, at: datetime | None = None) -> Batch:
    """Give up a prepared batch; its learners can be put into another. Discarding twice changes nothing.

    Refuses (ValidationError) a batch that waits for its second person or was released.
    """
    if by is not None and not permissions.can_prepare(by, batch.issuer):
        raise PermissionDenied
    with transaction.atomic():
        batch = Batch.objects.select_for_update().get(pk=batch.pk)
        if batch.state == Batch.State.DISCARDED:
            return batch
        if batch.state != Batch.State.DRAFT or requests_about(batch).filter(decision="").exists():
            raise ValidationError(_("This batch is with the second person. Ask for it to be sent back first."))
        batch.state = Batch.State.DISCARDED
        batch.save(update_fields=["state"])
        record(verb="issuing.discard_batch", about=batch, by=by, organisation=batch.organisation, at=at)
    return batch


def requests_about(batch: Batch) -> QuerySet[Countersign]:
    """All requests to release a batch, newest first."""
    return Countersign.objects.filter(act=RELEASE, object_label=batch._meta.label_lower, object_id=str(batch.pk))


def _open_request(batch: Batch) -> Countersign:
    request = requests_about(batch).filter(decision="").first()
    if request is None:
        raise ValidationError(_("Nobody has handed this batch in for release yet."))
    return request


def _issuer_of(outcomes: list[Outcome]) -> Issuer:
    if not outcomes:
        raise ValidationError(_("Choose at least one learner."))
    schools = {outcome.enrolment.training_class.provider for outcome in outcomes}
    if len(schools) > 1:
        raise ValidationError(_("One batch is for one school."))
    issuer = Issuer.objects.filter(organisation=schools.pop(), active=True).select_related("organisation").first()
    if issuer is None:
        raise ValidationError(_("The school is not set up as an issuer of certificates yet."))
    return issuer


def _same_draft(
    outcomes: Iterable[int], certificate_type: CertificateType, award_date: date, by: User | None
) -> Batch | None:
    wanted = set(outcomes)
    drafts = Batch.objects.filter(
        state=Batch.State.DRAFT, certificate_type=certificate_type, award_date=award_date, prepared_by=by
    )
    for draft in drafts.filter(items__outcome__in=wanted).distinct():
        if set(draft.items.values_list("outcome", flat=True)) == wanted:
            return draft
    return None


def _wake(batch: Batch) -> None:
    from certificates.issuing.tasks import work_on_batch  # noqa: PLC0415  (the tasks call these verbs)

    # robust: without a broker the release still stands, and the sweep takes it up
    transaction.on_commit(lambda: work_on_batch.delay(batch.pk), robust=True)
