"""Amounts and months as a sentence has them."""

from django.utils.translation import gettext as _

from courses.plans.reading import Values
from courses.plans.reading.planned import Planned
from courses.plans.rules.amounts import printed
from courses.plans.rules.figures import Decimal
from courses.words import listed


def yuan(amount: Decimal | int) -> str:
    """ "1,483.50 yuan": never broken between number and unit."""
    return _("%(amount)s yuan") % {"amount": printed(Decimal(amount))}


def planned_text(planned: Planned, values: Values) -> str:
    """What is planned, each with its amount: "a sign 300.00 yuan, leaflets 200.00 yuan"."""
    return listed(f"{name} {yuan(cost)}" for name, cost in planned.items(values))


def month(number: int) -> str:
    """A month of the plan; the first is the one in which the enterprise opens."""
    return _("month %(number)s") % {"number": number}
