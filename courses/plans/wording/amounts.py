"""Amounts and months as a sentence has them."""

from django.utils.translation import gettext as _

from courses.plans.rules.amounts import printed
from courses.plans.rules.figures import Decimal


def yuan(amount: Decimal | int) -> str:
    """ "1,483.50 yuan": never broken between number and unit."""
    return _("%(amount)s yuan") % {"amount": printed(Decimal(amount))}


def month(number: int) -> str:
    """A month of the plan; the first is the one in which the enterprise opens."""
    return _("month %(number)s") % {"number": number}
