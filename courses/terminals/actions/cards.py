"""Cards and PINs. Both are shown once, when they are made; we keep hashes."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.hashers import make_password
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from courses.journal.actions import Act, record, record_all
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


@dataclass(frozen=True)
class Secret:
    """A PIN and a card's code before anybody has them; `pin_hash` is what is stored."""

    pin: str
    code: str
    pin_hash: str


def new_secrets(count: int) -> list[Secret]:
    """Secrets for a whole list, hashed here and now, two at a time (40 ms each): never while rows are locked."""
    digits = sign_in_rules().pin_digits
    pins = [rules.new_pin(digits) for _one in range(count)]
    with ThreadPoolExecutor(2) as pool:
        hashes = list(pool.map(make_password, pins))
    return [Secret(pin, rules.new_card_code(), hashed) for pin, hashed in zip(pins, hashes, strict=True)]


def issue_cards(
    *,
    learners: Sequence[Learner],
    secrets: Sequence[Secret],
    by: User | None,
    organisation: Organisation,
    at: datetime | None = None,
) -> list[LoginCard]:
    """Give each of a list, who has no card yet, a card and a PIN made before (`new_secrets`): all of them, or nobody.

    Refuses (PermissionDenied) what `issue_card` refuses, and (ValidationError) a learner with a card: that one stays good.
    """
    if by is not None:
        here = Learner.objects.at(organisation).filter(pk__in=[one.pk for one in learners]).count()
        if not may(by, RESET_PIN, organisation) or here != len(learners):
            raise PermissionDenied
    at = at or timezone.now()
    with transaction.atomic():
        if LoginCard.objects.live().filter(learner__in=learners).exists():
            raise ValidationError(_("One of these learners has a card already."))
        cards = LoginCard.objects.bulk_create(
            LoginCard(
                learner=learner, code_hash=rules.digest(one.code), pin_hash=one.pin_hash, issued_at=at, issued_by=by
            )
            for learner, one in zip(learners, secrets, strict=True)
        )
        acts = [Act("terminals.issue_card", learner) for learner in learners]
        record_all(acts=acts, by=by, organisation=organisation, at=at)
    return cards


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
