"""What stands in a field and where the field stands, as one reads it."""

from decimal import Decimal

from django.utils.translation import gettext as _

from courses.plans.book import Field, Kind, Place
from courses.plans.book.shape import NUMBERS
from courses.plans.reading import Values, row_name
from courses.plans.rules.amounts import plain, printed
from courses.words import listed


def text_of(asked: Field, text: str) -> str:
    """What is stored in a field: 1,483.50, the words of a choice, yes or no. Units are the page's business."""
    if not text:
        return ""
    if asked.kind == Kind.YES_NO:
        return _("yes") if text == "yes" else _("no")
    if asked.kind in (Kind.CHOICE, Kind.MANY):
        return listed(str(asked.choice_label(code)) for code in text.split(","))
    if asked.kind in NUMBERS:
        return printed(Decimal(text)) if asked.kind == Kind.MONEY else plain(Decimal(text))
    return text


def place_name(place: Place, values: Values) -> str:
    """Where a field stands: "how many are sold – grilled fish – month 3"."""
    names = [str(place.table.title)] if place.table else []
    if place.table and place.row:
        names.append(row_name(f"{place.section.code}.{place.table.code}", place.table, place.row, values))
    return " – ".join([*names, str(place.field.label)])
