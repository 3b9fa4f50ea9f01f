"""Amounts and months as a sentence has them."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from courses.plans.rules.amounts import printed
from courses.plans.rules.figures import Decimal


def yuan(amount: Decimal | int) -> str:
    """ "1,483.50 yuan": never broken between number and unit."""
    return _("%(amount)s yuan") % {"amount": printed(Decimal(amount))}


def month(number: int) -> str:
    """A month of the plan; the first is the one in which the enterprise opens."""
    return _("month %(number)s") % {"number": number}


def red_months_text(count: int) -> str:
    """How many months end below nought."""
    return ngettext("%(count)s month runs out of money", "%(count)s months run out of money", count) % {"count": count}
