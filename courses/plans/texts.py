"""From what somebody types to what is stored: one spelling for each kind of field, and a sentence for what cannot stand there."""

import re
import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.plans.book import Field, Kind, Place
from courses.plans.book.shape import NUMBERS, WORDS
from courses.plans.rules import amounts

SENTENCES = {
    "empty": gettext_lazy("Please type a number here."),
    "not_a_number": gettext_lazy("Please type only digits here, for example 88 or 88.50."),
    "no_digits": gettext_lazy("Please type only digits here, for example %(example)s."),
    "negative": gettext_lazy("This number cannot be below 0. Please type it without the minus sign."),
    "too_large": gettext_lazy("This number is too large. It can be %(highest)s at most."),
    "not_whole": gettext_lazy("Please type a whole number, without a decimal point."),
    "above_100": gettext_lazy("A share is 100 per cent at most."),
    "out_of_range": gettext_lazy("Please type a number from %(lowest)s to %(highest)s."),
    "too_precise": gettext_lazy("At most two digits after the point."),
    "too_many": gettext_lazy("This item brings %(highest)s points at most."),
}
# Seen by nobody, and not of the categories below: fillers, joiners.
BLANK_LETTERS = frozenset("\u115f\u1160\u2800\u3164\uffa0\u034f")
ENDS = {"from": "to", "to": "from"}
YEAR = re.compile(r"(?:19|20)\d\d")
BAD_CATEGORIES = ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")


def stored_text(place: Place, typed: str) -> str:
    """What is stored for a field: money "88.01", a count "150", the code of a choice, codes with commas between them, plain text.

    An empty field is "". Refuses (ValidationError, one sentence that says what to do) what cannot stand in the field.
    """
    field = place.field
    if field.kind in NUMBERS:
        return _number(place, typed)
    if field.kind in WORDS:
        text = plain_text(typed, lines=field.kind == Kind.LONG)
        if len(text) > field.longest:
            raise ValidationError(
                _("This is too long: %(length)s characters, at most %(longest)s fit. Please shorten it.")
                % {"length": len(text), "longest": field.longest}
            )
        return text
    return _chosen(field, typed)


def other_end(path: str) -> str:
    """The other end of a time that a field begins or ends ("person.experience.1.from"); "" for every other field."""
    lead, _sep, end = path.rpartition(".")
    if not path.startswith("person.") or end not in ENDS:
        return ""
    return f"{lead}.{ENDS[end]}"


def refuse_backwards(path: str, text: str, other: str) -> None:
    """Refuse (ValidationError) a time that ends before it begins. `other` is what stands at its other end."""
    is_end = path.endswith(".to")
    first, last = (other, text) if is_end else (text, other)
    begins, ends = YEAR.search(first), YEAR.search(last)
    if not begins or not ends or ends[0] >= begins[0]:
        return
    if is_end:
        raise ValidationError(
            _("This ends before it begins: it begins in %(year)s. Please look at both years.") % {"year": begins[0]}
        )
    raise ValidationError(
        _("This begins after it ends: it ends in %(year)s. Please look at both years.") % {"year": ends[0]}
    )


def plain_text(typed: str, *, lines: bool = True) -> str:
    """Words as they are stored: composed (NFC), without blanks around; several lines where they may be.

    Refuses (ValidationError) characters that nobody sees: they would hide words, or turn their order around, on the page that
    another person reads.
    """
    text = unicodedata.normalize("NFC", typed.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")).strip()
    if not lines:
        text = " ".join(text.split("\n"))
    if any(_is_invisible(character) for character in text):
        raise ValidationError(_("There is an invisible character in this text. Please type it again by hand."))
    return text


def sentence(refused: amounts.Refused) -> str:
    """Why a number cannot stand in its field, as one says it."""
    facts = {name: f"{fact:,}" for name, fact in refused.facts.items()}
    said = str(SENTENCES[refused.code])
    return said % facts if "%(" in said else said  # a sentence without a place to fill in may say "100%"


def _is_invisible(character: str) -> bool:
    if character == "\n":
        return False
    return character in BLANK_LETTERS or unicodedata.category(character) in BAD_CATEGORIES


def _number(place: Place, typed: str) -> str:
    limits = place.field.limits
    try:
        if limits and amounts.cleaned(typed):
            return str(amounts.read_count(typed, *limits))
        return amounts.canonical(place.field.kind, typed)
    except amounts.Refused as refused:
        raise ValidationError(sentence(_as_asked(place.field, refused))) from None


def _as_asked(field: Field, refused: amounts.Refused) -> amounts.Refused:
    """The refusal in the words of the field: a whole number is asked for with a whole number as example, and limits are named."""
    if field.limits and refused.code == "too_large":
        return amounts.Refused("out_of_range", lowest=field.limits[0], highest=field.limits[1])
    if field.kind in (Kind.COUNT, Kind.MONTH) and refused.code == "not_a_number":
        return amounts.Refused("no_digits", example=_example(field))
    return refused


def _example(field: Field) -> int:
    """A whole number that the field takes."""
    _lowest, highest = field.limits or amounts.BOUNDS[field.kind]
    return 12 if highest >= 12 and field.kind == Kind.COUNT and not field.limits else 3


def _chosen(field: Field, typed: str) -> str:
    offered = ["yes", "no"] if field.kind == Kind.YES_NO else [code for code, _label in field.choices]
    codes = {code.strip() for code in typed.split(",")} - {""}
    if codes - set(offered) or (field.kind != Kind.MANY and len(codes) > 1):
        raise ValidationError(_("Please choose from the answers that are offered."))
    return ",".join(code for code in offered if code in codes)
