"""What the checks of a plan found, in words for trainers and experts. Numbers come from the rules; nothing is worked out here."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from courses.plans.book.shape import Words
from courses.plans.rules.amounts import printed
from courses.plans.rules.checks import Finding, Level, Line
from courses.plans.rules.figures import Decimal


@dataclass(frozen=True)
class Said:
    """One finding in words. `lines` are the months or products of which it speaks."""

    code: str
    level: Level
    text: str
    lines: tuple[str, ...] = ()

    @property
    def kind(self) -> str:
        """How it is shown: `kind` of components/chip.html."""
        return {Level.OK: "good", Level.ADVICE: "look", Level.WRONG: "stop"}[self.level]

    @property
    def word(self) -> str:
        return {Level.OK: _("agrees"), Level.ADVICE: _("think about it"), Level.WRONG: _("to be put right")}[self.level]


def said(finding: Finding) -> Said:
    """One of the checks C1 to C14, as one says it to whoever reads the plan."""
    facts = {name: printed(Decimal(fact)) for name, fact in finding.facts.items()}
    facts |= {name: str(finding.facts[name]) for name in ("months", "lowest_month") if name in finding.facts}
    lines = tuple(_line(finding.code, one) for one in _lines(finding))
    return Said(finding.code, finding.level, str(_words(finding)) % facts, lines)


def _words(finding: Finding) -> Words:
    """The sentence of a finding, before its numbers stand in it."""
    if finding.code == "C5" and finding.facts["months"] == 0:
        return gettext_lazy("How many months the start money must last is not set for this place.")
    if finding.ok:
        return _OK[finding.code]
    if finding.code != "C9":
        return _NOT[finding.code]
    if finding.facts["profit"] > 0:
        return gettext_lazy(
            "The year earns a profit of %(profit)s yuan, and still the money runs out: it goes out before it comes in. "
            "%(extra)s yuan more are needed at the start."
        )
    return gettext_lazy("The money runs out. %(extra)s yuan more are needed at the start.")


def _lines(finding: Finding) -> tuple[Line, ...]:
    if finding.ok:
        return ()
    if finding.code != "C14":
        return finding.lines
    named: dict[str, Line] = {}
    for line in finding.lines:  # of a product without a price each month is found; naming it once is enough
        named.setdefault(line.row, line)
    return tuple(named.values())


def _line(code: str, line: Line) -> str:
    """A place where the finding holds."""
    words: Mapping[str, Callable[[], str]] = {
        "C9": lambda: _("month %(month)s: %(amount)s yuan short"),
        "C10": lambda: _("%(name)s: price %(amount)s, cost %(against)s yuan"),
        "C11": lambda: _("month %(month)s"),
        "C14": lambda: _("%(name)s, from month %(month)s on"),
    }
    text = words[code]() if code in words else _("month %(month)s: %(amount)s instead of %(against)s yuan")
    facts = {"month": line.month, "name": line.name or line.row}
    return text % {**facts, "amount": printed(line.amount), "against": printed(line.against)}


_OK: Mapping[str, Words] = {
    "C1": gettext_lazy("The sales in section 9 are those of the forecast: %(sales)s yuan a year."),
    "C2": gettext_lazy("Depreciation a month, %(month)s yuan, is a twelfth of the year’s %(year)s yuan."),
    "C3": gettext_lazy("Each month begins with what the month before has left."),
    "C4": gettext_lazy("Depreciation is not among the payments: nobody pays it out."),
    "C5": gettext_lazy("The start money, %(sources)s yuan, lasts %(months)s months without any sales."),
    "C6": gettext_lazy(
        "Paid at once %(cash_sales)s, paid later %(collected)s, still owed %(receivables)s: together the sales of %(sales)s yuan."
    ),
    "C7": gettext_lazy("%(repaid)s yuan of the loan are repaid, %(left)s are left."),
    "C8": gettext_lazy("Profit and cash agree: both ways the cash of the year changes by %(left)s yuan."),
    "C9": gettext_lazy("No month runs out of money. The least is %(lowest)s yuan, in month %(lowest_month)s."),
    "C10": gettext_lazy("Each price covers its costs."),
    "C11": gettext_lazy("The owner is paid: %(owner_pay)s yuan a year."),
    "C12": gettext_lazy("No pay lies below the local minimum wage."),
    "C13": gettext_lazy("The partners’ shares make 100 per cent, or there are no partners."),
    "C14": gettext_lazy("All that is sold has a price."),
}
_NOT: Mapping[str, Words] = {
    "C1": gettext_lazy("The sales in section 9, %(sales)s yuan, are not those of the forecast, %(forecast)s."),
    "C2": gettext_lazy("Depreciation a month is not a twelfth of the year’s %(year)s yuan."),
    "C3": gettext_lazy("A month does not begin with what the month before has left."),
    "C4": gettext_lazy("What is paid is not the sum of its rows."),
    "C5": gettext_lazy(
        "If the first %(months)s months brought no sales, %(need)s yuan would be needed; there are %(sources)s, "
        "%(gap)s are lacking."
    ),
    "C6": gettext_lazy("What is paid and what is owed do not make the sales of %(sales)s yuan."),
    "C7": gettext_lazy("The monthly repayment of %(repayment)s yuan is larger than the loan of %(loan)s."),
    "C8": gettext_lazy("Profit and cash do not agree: they differ by %(difference)s yuan."),
    "C10": gettext_lazy("There are prices that do not cover their costs."),
    "C11": gettext_lazy("There are months in which the owner is not paid."),
    "C12": gettext_lazy("The lowest pay, %(pay)s yuan, lies below the local minimum wage of %(minimum)s yuan."),
    "C13": gettext_lazy("The partners’ shares make %(shares)s per cent; they must make 100."),
    "C14": gettext_lazy("There are things that are sold without a price."),
}


def red_months_text(count: int) -> str:
    """How many months end below nought."""
    return ngettext("%(count)s month runs out of money", "%(count)s months run out of money", count) % {"count": count}
