"""A batch that is prepared: handed in by one person, released by another (CRT-9)."""

from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from certificates.issuing import permissions
from certificates.issuing.models import Batch, SigningKey
from courses.journal.actions import record
from courses.people import actions as people
from courses.people.models import Countersign, User
from courses.people.permissions import RELEASE_CERTIFICATES

RELEASE = "issuing.release_batch"


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


def _wake(batch: Batch) -> None:
    from certificates.issuing.tasks import work_on_batch  # noqa: PLC0415  (the tasks call these verbs)

    # robust: without a broker the release still stands, and the sweep takes it up
    transaction.on_commit(lambda: work_on_batch.delay(batch.pk), robust=True)
