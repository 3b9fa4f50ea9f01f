"""What the workbook's templates need: amounts as they are printed. `{% load plans %}`."""

from decimal import Decimal

from django import template

from courses.plans import wording
from courses.plans.book import Field
from courses.plans.rules import amounts

register = template.Library()


@register.filter
def printed(amount: Decimal) -> str:
    """ "1,483.50"; nought is "0"."""
    return amounts.printed(amount) if amount else "0"


@register.filter
def points(number: Decimal | int) -> str:
    """Points and shares without needless noughts, everywhere alike: "59.5", "82"."""
    return amounts.plain(Decimal(number))


@register.filter
def yuan(amount: Decimal) -> str:
    """ "1,483.50 yuan"."""
    return wording.yuan(amount)


@register.filter
def reads(field: Field, text: str) -> str:
    """What is stored in a field as one reads it: "10,000.00", the words of a choice."""
    return wording.text_of(field, text)
