"""Cards and PINs. Both are shown once, when they are made; we keep hashes."""

from datetime import datetime

from django.contrib.auth.hashers import make_password
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from courses.journal.actions import record
from courses.people.models import Learner, Organisation, User
from courses.people.permissions import RESET_PIN, may
from courses.terminals import rules
from courses.terminals.models import LoginCard, SignInFailure
from courses.terminals.permissions import sign_in_rules


def issue_card(
    *,
    learner: Learner,
    by: User | None,
    organisation: Organisation,
    pin: str | None = None,
    at: datetime | None = None,
) -> tuple[LoginCard, str, str]:
    """Give a learner a card and a PIN; the card before ends. Returns the card, the PIN and the code for the card's pattern:
    both are shown now and never again.

    Refuses (PermissionDenied) without the right `reset_pin` at the organisation or for a learner who does not stay there,
    and (ValidationError) a PIN of other than 4 to 8 digits, or one that is easily guessed (the system itself may: demo).
    """
    _demand_right(by, learner, organisation)
    pin = _usable_pin(pin, learner, by)
    code, at = rules.new_card_code(), at or timezone.now()
    pin_hash = make_password(pin)  # 40 ms: not while rows are locked
    with transaction.atomic():
        Learner.objects.select_for_update().get(pk=learner.pk)
        LoginCard.objects.live().filter(learner=learner).update(ended_at=at)
        card = LoginCard.objects.create(
            learner=learner, code_hash=rules.digest(code), pin_hash=pin_hash, issued_at=at, issued_by=by
        )
        _forget_failures(learner, at)
        record(verb="terminals.issue_card", about=learner, by=by, organisation=organisation, at=at)
    return card, pin, code


def reset_pin(
    *,
    learner: Learner,
    by: User | None,
    organisation: Organisation,
    pin: str | None = None,
    at: datetime | None = None,
) -> tuple[LoginCard, str]:
    """Give a learner a new PIN and leave the printed card as it is. Returns the card and the PIN, which is shown once.

    A lock-out of the number ends. Refuses what `issue_card` refuses, and (ValidationError) a learner without a card.
    """
    _demand_right(by, learner, organisation)
    pin, at = _usable_pin(pin, learner, by), at or timezone.now()
    pin_hash = make_password(pin)
    with transaction.atomic():
        card = LoginCard.objects.select_for_update().live().filter(learner=learner).first()
        if card is None:
            raise ValidationError(_("There is no card yet. Make one; it comes with a PIN."))
        card.pin_hash = pin_hash
        card.save(update_fields=["pin_hash"])
        _forget_failures(learner, at)
        record(verb="terminals.reset_pin", about=learner, by=by, organisation=organisation, at=at)
    return card, pin


def _demand_right(by: User | None, learner: Learner, organisation: Organisation) -> None:
    if by is None:
        return
    if not may(by, RESET_PIN, organisation) or not Learner.objects.at(organisation).filter(pk=learner.pk).exists():
        raise PermissionDenied


def _usable_pin(pin: str | None, learner: Learner, by: User | None) -> str:
    if pin is None:
        return rules.new_pin(sign_in_rules().pin_digits)
    if not rules.is_pin(pin):
        raise ValidationError({"pin": _("A PIN has 4 to 8 digits.")})
    if by is not None and rules.is_trivial(pin, learner.learner_no):
        raise ValidationError({"pin": _("This PIN is the first that others would try. Take another one.")})
    return pin


def _forget_failures(learner: Learner, at: datetime) -> None:
    SignInFailure.objects.counting().filter(learner_no=learner.learner_no).update(released_at=at)
