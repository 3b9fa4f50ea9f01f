"""Checking a number or card with its PIN: the same words, the same cost, for known and unknown numbers."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import lru_cache

from django.conf import settings
from django.contrib.auth.hashers import check_password, make_password
from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from courses.people.models import Organisation, Stay
from courses.terminals import rules
from courses.terminals.models import LoginCard, SignInFailure, Terminal
from courses.terminals.permissions import sign_in_rules


class SignInRefused(ValidationError):
    """A refused sign-in. `code` is `refused` (may be tried again), `locked` or `elsewhere` (an exam is open at another
    terminal); nothing in it tells a wrong PIN from an unknown number."""


def checked_card(*, terminal: Terminal, learner_no: str, card_code: str, pin: str, at: datetime) -> LoginCard:
    """The live card that a number (or a card's code) and a PIN belong to.

    Refuses (SignInRefused) a wrong pair, an unknown number, somebody who does not stay at the terminal's organisation:
    all alike and at the cost of one PIN check; and a number or terminal that is locked out, without looking at the PIN.
    Each try is written down before its PIN is looked at, so that many tries at the same instant count one by one.
    """
    card = _find(terminal.organisation, learner_no=learner_no, card_code=card_code, at=at)
    number = (card.learner.learner_no if card else learner_no)[:8]
    if _is_locked(terminal, number, at):
        raise locked()
    attempt = SignInFailure.objects.create(terminal=terminal, learner_no=number, at=at)
    if _is_locked(terminal, number, at, before=attempt.pk):
        raise locked()
    right = check_password(pin, card.pin_hash if card else _nobodys_hash())
    if right and card is not None and card.is_here:  # type: ignore[attr-defined]
        attempt.delete()  # it was no failure
        SignInFailure.objects.counting().filter(learner_no=number).update(released_at=at)
        return card
    if _is_locked(terminal, number, at):
        raise locked()
    raise SignInRefused(_("Number and PIN do not match. Try once more, or ask the teacher."), code="refused")


def locked() -> SignInRefused:
    """The answer to a locked number, known or not, and to a locked terminal."""
    return SignInRefused(_("Take a short rest and ask the teacher."), code="locked")


def refuse_second_seat(*, learner_id: int, terminal: Terminal) -> None:
    """Refuses (SignInRefused `elsewhere`) a learner whose exam is open at another terminal: the invigilator moves seats."""
    held = seat_held_by(learner_id)
    if held is not None and held != terminal.pk:
        name = Terminal.objects.filter(pk=held).values_list("name", flat=True).first() or ""
        sentence = _("Your exam is open at %(terminal)s. Please raise your hand.") % {"terminal": name}
        raise SignInRefused(sentence, code="elsewhere")


def seat_held_by(learner_id: int) -> int | None:
    """The terminal at which a learner's exam is open: no idle lock there, and no second seat. None: no exam is open.

    Exams live above this app; they answer through `LMS_SEAT_HELD_BY`, the dotted name of a function of one learner id.
    """
    return _holder(settings.LMS_SEAT_HELD_BY)(learner_id) if settings.LMS_SEAT_HELD_BY else None


@lru_cache
def _holder(name: str) -> Callable[[int], int | None]:
    return import_string(name)


def _find(organisation: Organisation, *, learner_no: str, card_code: str, at: datetime) -> LoginCard | None:
    stays = Stay.objects.open(at).filter(learner=OuterRef("learner"), organisation__path__startswith=organisation.path)
    cards = LoginCard.objects.live().select_related("learner").annotate(is_here=Exists(stays))
    if card_code:
        return cards.filter(code_hash=rules.digest(card_code)).first()
    return cards.filter(learner__learner_no=learner_no).first()


def _is_locked(terminal: Terminal, number: str, at: datetime, before: int | None = None) -> bool:
    """Whether a number is locked out, or the terminal has had its share of this hour; `before`: by earlier tries alone.

    Unreadable cards have no number: they count for the terminal only.
    """
    numbers = sign_in_rules()
    tries = SignInFailure.objects.counting().filter(at__lte=at)
    if before is not None:
        tries = tries.filter(pk__lt=before)
    if tries.filter(terminal=terminal, at__gt=at - timedelta(hours=1)).count() >= numbers.failures_a_terminal:
        return True
    if not number:
        return False
    since = at - timedelta(seconds=rules.seconds_that_count(numbers))
    until = rules.locked_until(tries.filter(learner_no=number, at__gt=since).values_list("at", flat=True), numbers)
    return until is not None and until > at


@lru_cache
def _nobodys_hash() -> str:
    """Costs a check of an unknown number as much as one of a known number."""
    return make_password(timezone.now().isoformat())
