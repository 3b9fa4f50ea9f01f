"""A finding of the checks as it is said to somebody: title, sentence, how it is shown, where it is mended."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.plans.book.shape import Words
from courses.plans.reading import Workbook
from courses.plans.rules.checks import Finding, Level, Line, start_money_helps
from courses.plans.wording.amounts import month, yuan
from courses.plans.wording.checks import SENTENCES
from courses.plans.wording.verdict import short_months


class Audience(StrEnum):
    LEARNER = "learner"
    STAFF = "staff"


@dataclass(frozen=True)
class Said:
    """A finding in words: what was looked at (`title`), what was found (`text`), to the staff also where (`lines`); `path` is
    where the learner mends it."""

    code: str
    level: Level
    title: str
    text: str
    path: str
    lines: tuple[str, ...] = ()

    @property
    def says_title(self) -> bool:
        """Whether the sentence begins with the words of the title, so that they need not be said before it."""
        return self.text.startswith(self.title)

    @property
    def kind(self) -> str:
        """How it is shown: `kind` of components/chip.html."""
        return {Level.OK: "good", Level.ADVICE: "look", Level.WRONG: "stop"}[self.level]

    @property
    def word(self) -> str:
        return {Level.OK: _("agrees"), Level.ADVICE: _("think about it"), Level.WRONG: _("to be put right")}[self.level]


ORDER = (Level.WRONG, Level.ADVICE, Level.OK)


def said_of(book: Workbook, to: Audience) -> list[Said]:
    """All fourteen findings, what has to be mended first."""
    return sorted((said(found, to) for found in book.findings), key=lambda one: ORDER.index(one.level))


def said(found: Finding, to: Audience) -> Said:
    """One of the checks C1 to C14."""
    title, path = TITLES[found.code]
    row = next((line.row for line in found.lines if line.row), "1")
    learner, staff = SENTENCES[found.code](found)
    text = learner if to is Audience.LEARNER else staff
    path = PRICES if found.code == "C9" and not found.ok and not start_money_helps(found) else path
    return Said(
        found.code, found.level, str(title), text, path % {"row": row}, _where(found) if to is Audience.STAFF else ()
    )


def _where(found: Finding) -> tuple[str, ...]:
    """The months and products that the staff is told."""
    if found.code == "C9":
        return () if found.ok else (short_months(found),)
    return tuple(map(_LINES.get(found.code, _differs), _each_once(found)))


PRICES = "marketing.products.%(row)s.selling_price"  # where a plan is mended that sells for too little
TITLES: Mapping[str, tuple[Words, str]] = {
    "C1": (gettext_lazy("Sales as in the forecast"), "forecast.quantity.1"),
    "C2": (gettext_lazy("Depreciation as in the list of things"), "assets.tools.1.name"),
    "C3": (gettext_lazy("Each month begins with what is left"), "cash.own_money"),
    "C4": (gettext_lazy("Depreciation is not paid"), "cash.own_money"),
    "C5": (gettext_lazy("Start money for the first months"), "cash.own_money"),
    "C6": (gettext_lazy("Sold on credit"), "marketing.credit_share"),
    "C7": (gettext_lazy("Paying back the loan"), "cash.repayment"),
    "C8": (gettext_lazy("Profit and cash agree"), "cash.own_money"),
    "C9": (gettext_lazy("Cash in each month"), "cash.loan"),
    "C10": (gettext_lazy("Prices and costs"), PRICES),
    "C11": (gettext_lazy("Your own pay"), "capital.running.owner_pay.amount"),
    "C12": (gettext_lazy("The lowest pay"), "organisation.staff.1.post"),
    "C13": (gettext_lazy("The partners' shares"), "organisation.partners.1.name"),
    "C14": (gettext_lazy("Everything that is sold has a price"), PRICES),
}


def _each_once(found: Finding) -> list[Line]:
    """The lines to be named: of a product without a price the first month is enough."""
    named: dict[object, Line] = {}
    for line in () if found.ok else found.lines:
        named.setdefault(line.row if found.code == "C14" else line, line)
    return list(named.values())


def _differs(line: Line) -> str:
    facts = {"month": month(line.month), "amount": yuan(line.amount), "against": yuan(line.against)}
    return _("%(month)s: %(amount)s instead of %(against)s") % facts


def _price_and_cost(line: Line) -> str:
    facts = {"name": line.name or line.row, "price": yuan(line.amount), "cost": yuan(line.against)}
    facts |= {"material": yuan(line.material), "share": yuan(line.share)}
    return (
        _("%(name)s: price %(price)s, cost %(cost)s (material %(material)s, part of the other costs %(share)s)") % facts
    )


_LINES: Mapping[str, Callable[[Line], str]] = {
    "C10": _price_and_cost,
    "C11": lambda line: month(line.month),
    "C14": lambda line: _("%(name)s, from %(month)s on") % {"name": line.name or line.row, "month": month(line.month)},
}  # fmt: skip
