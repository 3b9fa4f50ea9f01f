"""Verbs on second signatures. The act itself is done by the verb that owns it."""

from collections.abc import Mapping
from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from courses.journal.actions import record
from courses.people import permissions
from courses.people.models import Countersign, Organisation, User


def ask_countersign(
    *, act: str, about: models.Model, title: str, organisation: Organisation, permission: str, by: User, reason: str = "",
    values: Mapping[str, object] | None = None, at: datetime | None = None,
) -> Countersign:  # fmt: skip
    """Ask a second person for an act. Asking twice returns the request that waits already.

    `title` is a sentence as it stands, or, with `values`, an untranslated one (gettext_noop) with their names in it: it is
    then shown in the language of whoever reads. Values are kept untranslated as well.
    """
    with override(None):
        kept = {name: str(value) for name, value in (values or {}).items()}
    with transaction.atomic():
        countersign, created = Countersign.objects.get_or_create(
            act=act, object_label=about._meta.label_lower, object_id=str(about.pk), decision="",
            defaults={"title": title, "title_values": kept, "organisation": organisation, "permission": permission, "asked_by": by, "reason": reason,
                      "asked_at": at or timezone.now()},
        )  # fmt: skip
        if created:
            record(
                verb="people.ask_countersign", about=countersign, by=by, organisation=organisation, reason=reason, at=at
            )
    return countersign


def countersign(
    *, request: Countersign, by: User, approve: bool, comment: str = "", at: datetime | None = None
) -> Countersign:
    """Decide as the second person. The act itself is done by the verb that owns it (see each app's `actions`).

    Refuses (PermissionDenied) the person who asked, and anyone without the right at that organisation;
    (ValidationError) a refusal without a comment. Deciding twice the same way changes nothing.
    """
    with transaction.atomic():
        request = Countersign.objects.select_for_update().get(pk=request.pk)
        if by.pk == request.asked_by_id or not permissions.may(by, request.permission, request.organisation):
            raise PermissionDenied(_("This needs a second person with the right to decide."))
        decision = Countersign.Decision.APPROVED if approve else Countersign.Decision.REFUSED
        if request.decision:
            if request.decision == decision:
                return request
            raise ValidationError(_("This has been decided already."))
        if not approve and not comment.strip():
            raise ValidationError(_("Say why, so that it can be mended."))
        request.decision, request.decided_by, request.decided_at, request.comment = (
            decision,
            by,
            at or timezone.now(),
            comment,
        )
        request.save()
        record(
            verb=f"people.countersign.{decision}",
            about=request,
            by=by,
            organisation=request.organisation,
            reason=comment,
            at=at,
        )
    return request
