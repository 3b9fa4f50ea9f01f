"""What the year brings and whether the money lasts, in a line and in a sentence: for the learner."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from courses.plans.reading import Workbook
from courses.plans.rules.checks import Finding
from courses.plans.wording.amounts import month, yuan
from courses.words import listed


@dataclass(frozen=True)
class Verdict:
    """What the cash flow says in one line, and in one sentence. `kind`: "stop" (it runs dry), "good" or "" (nothing there yet)."""

    kind: str
    title: str
    text: str


def verdict(book: Workbook) -> Verdict:
    """Whether the money lasts. Where the year earns and the cash runs dry, the sentence says why both are true."""
    if not book.profit["sales"].total:
        return _nothing_sold(book)
    dry = book.finding("C9")
    if dry.ok:
        facts = {"month": month(int(dry.facts["lowest_month"])), "amount": yuan(dry.facts["lowest"])}
        text = _("The least cash is there at the end of %(month)s: %(amount)s.") % facts
        return Verdict("good", _("The money lasts all year"), f"{text} {year_sentence(book)}".strip())
    title = _("Prepare at least %(amount)s more") % {"amount": yuan(dry.facts["extra"])}
    return Verdict("stop", title, _("%(short)s. %(why)s") % {"short": short_months(dry), "why": _why(book)})


def _nothing_sold(book: Workbook) -> Verdict:
    """Before anything is sold every check of a sum of noughts would hold: that says nothing."""
    if not book.profit["total_costs"].total and not book.cash["total_in"].total:
        text = _("Write what you sell and what it costs. Then you see here whether the money lasts.")
        return Verdict("", _("There are no numbers yet"), text)
    text = _(
        "Write what you sell, for how much, and how many each month: parts 4 and 8. Then you see here whether the money lasts."
    )
    return Verdict("", _("There are no sales yet"), text)


def year_sentence(book: Workbook) -> str:
    """What the year brings, in words."""
    profit = book.profit["profit"].total
    if profit >= 0:
        return _("The year earns %(profit)s.") % {"profit": yuan(profit)}
    return _("The year loses %(loss)s.") % {"loss": yuan(-profit)}


def short_months(dry: Finding) -> str:
    """Which months run dry, each with what lacks."""
    return listed(
        _("%(month)s lacks %(amount)s") % {"month": month(line.month), "amount": yuan(line.amount)}
        for line in dry.lines
    )


def _why(book: Workbook) -> str:
    profit = book.profit["profit"].total
    if profit > 0:
        return _(
            "The year earns %(profit)s, but in these months the money has not come back yet: the cash box is empty before."
        ) % {"profit": yuan(profit)}
    return _("The year loses %(loss)s. More start money alone does not help: look at prices and costs first.") % {
        "loss": yuan(-profit)
    }
