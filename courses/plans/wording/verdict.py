"""What the year brings and whether the money lasts, in a line and in a sentence: for the learner."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from courses.plans.reading import Workbook
from courses.plans.rules.checks import Finding, spans, start_money_helps
from courses.plans.rules.figures import Decimal
from courses.plans.wording.amounts import month, yuan
from courses.words import listed

MOST_NAMED = 3  # so many months are named one by one


@dataclass(frozen=True)
class Verdict:
    """What the cash flow says in one line, and in one sentence. `kind`: "stop" (it runs dry), "good" or "" (nothing there yet).

    `helps`: whether more money at the start is a way out where it runs dry.
    """

    kind: str
    title: str
    text: str
    helps: bool = False


def verdict(book: Workbook) -> Verdict:
    """Whether the money lasts. Where the year earns and the cash runs dry, the sentence says why both are true."""
    if not book.profit["sales"].total:
        return _nothing_sold(book)
    dry = book.finding("C9")
    if dry.ok:
        facts = {"month": month(int(dry.facts["lowest_month"])), "amount": yuan(dry.facts["lowest"])}
        text = _("The least cash is there at the end of %(month)s: %(amount)s.") % facts
        return Verdict("good", _("The money lasts all year"), f"{text} {year_sentence(book)}".strip())
    helps = start_money_helps(dry)
    title = (
        _("Prepare at least %(amount)s more") % {"amount": yuan(dry.facts["extra"])}
        if helps
        else _("The money runs out, because the plan loses money")
    )
    return Verdict("stop", title, _("%(short)s. %(why)s") % {"short": short_months(dry), "why": _why(dry)}, helps)


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
    """Which months run dry: up to three each with what lacks, more of them as spans or by their number, with what lacks most."""
    if len(dry.lines) <= MOST_NAMED:
        return listed(
            _("%(month)s lacks %(amount)s") % {"month": month(line.month), "amount": yuan(line.amount)}
            for line in dry.lines
        )
    most = max(dry.lines, key=lambda line: line.amount)
    facts = {"which": months_text(dry.months), "most": yuan(most.amount), "month": month(most.month)}
    if len(dry.spans) == 1:
        return _("From %(which)s money lacks every month, %(most)s at most (%(month)s)") % facts
    return _("Money lacks in %(which)s, %(most)s at most (%(month)s)") % facts


def start_words(book: Workbook) -> str:
    """What the staff reads below the cash table: which months run dry, and what more money at the start is worth; "" where none does."""
    dry = book.finding("C9")
    if dry.ok:
        return ""
    if not start_money_helps(dry):
        text = _("%(short)s. The plan loses money: more start money does not help.")
    else:
        text = _("%(short)s. At least %(extra)s more are needed at the start.")
    return text % {"short": short_months(dry), "extra": yuan(dry.facts["extra"])}


def months_text(numbers: Sequence[int]) -> str:
    """Months as one says them: months in a row as a span; where there are more than three months and spans, how many they are."""
    found = spans(numbers)
    if len(numbers) <= MOST_NAMED:
        return listed(map(month, numbers))
    if len(found) > MOST_NAMED:
        return ngettext("altogether %(count)s month", "altogether %(count)s months", len(numbers)) % {
            "count": len(numbers)
        }
    return listed(
        month(first) if first == last else _("month %(first)s to month %(last)s") % {"first": first, "last": last}
        for first, last in found
    )


def _why(dry: Finding) -> str:
    profit = Decimal(dry.facts["profit"])
    if profit > 0:
        return _(
            "The year earns %(profit)s, but in these months the money has not come back yet: the cash box is empty before."
        ) % {"profit": yuan(profit)}
    if start_money_helps(dry):
        facts = {"loss": yuan(-profit), "month": month(int(dry.facts["lowest_month"]))}
        return (
            _("The year loses %(loss)s, but after %(month)s the cash grows again: until then the money has to last.")
            % facts
        )
    if not profit:
        return _("The year earns nothing. More start money does not help: look at prices, sales and costs first.")
    return _("The year loses %(loss)s. More start money does not help: look at prices, sales and costs first.") % {
        "loss": yuan(-profit)
    }
