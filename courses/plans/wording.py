"""What the tables and findings of a plan are called and say: whole sentences for people, made of the rules' codes and numbers."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from courses.plans.book.plan import RUNNING_COSTS
from courses.plans.reading import Workbook
from courses.plans.rules.amounts import printed
from courses.plans.rules.checks import Finding, Level
from courses.plans.rules.figures import Decimal

ROWS = {
    **dict(RUNNING_COSTS),
    "sales": gettext_lazy("sales"), "vat": gettext_lazy("value-added tax"), "net_sales": gettext_lazy("sales without tax"),
    "depreciation": gettext_lazy("depreciation"), "interest": gettext_lazy("interest on the loan"),
    "once": gettext_lazy("other costs once"), "materials": gettext_lazy("raw material"),
    "total_costs": gettext_lazy("all costs"), "profit": pgettext_lazy("row of the plan", "profit"),
    "taxes": gettext_lazy("taxes"), "net_income": gettext_lazy("what is left after tax"),
    "opening": gettext_lazy("cash at the start of the month"), "cash_sales": gettext_lazy("sold for cash"),
    "collected": gettext_lazy("credit that is paid"), "own_money": gettext_lazy("own money"),
    "family_money": gettext_lazy("money of family and friends"), "grants": gettext_lazy("grants"),
    "loan": gettext_lazy("loan"), "other_in": gettext_lazy("other money in"), "total_in": gettext_lazy("all that comes in"),
    "available": gettext_lazy("cash that can be used"), "cash_purchases": gettext_lazy("material paid at once"),
    "paid_purchases": gettext_lazy("material paid later"), "principal": gettext_lazy("loan paid back"),
    "equipment": gettext_lazy("things bought"), "deposit": gettext_lazy("deposits"),
    "other_out": gettext_lazy("other money out"), "total_out": gettext_lazy("all that goes out"),
    "closing": gettext_lazy("cash at the end of the month"),
}  # fmt: skip


@dataclass(frozen=True)
class Said:
    """A finding in words: what was looked at, what was found and what to do; `path` is where to mend it."""

    code: str
    level: Level
    title: str
    text: str
    path: str = ""


@dataclass(frozen=True)
class Verdict:
    """What the cash flow says in one line, and in one sentence. `kind`: "stop" (it runs dry), "good" or "" (nothing there yet)."""

    kind: str
    title: str
    text: str


def yuan(amount: Decimal | int) -> str:
    """ "1,483.50 yuan": never broken between number and unit."""
    return _("%(amount)s yuan") % {"amount": printed(Decimal(amount))}


def month(number: int) -> str:
    return _("month %(number)s") % {"number": number}


def listed(words: list[str]) -> str:
    """Words one after the other, as a sentence has them."""
    return _(", ").join(words)


def verdict(book: Workbook) -> Verdict:
    """Whether the money lasts. Where the year earns and the cash runs dry, the sentence says why both are true."""
    if not book.profit["sales"].total and not book.cash["total_in"].total:
        return Verdict(
            "",
            _("There are no numbers yet"),
            _("Write what you sell and what it costs. Then you see here whether the money lasts."),
        )
    dry = book.finding("C9")
    if dry.ok:
        facts = {"month": month(int(dry.facts["lowest_month"])), "amount": yuan(dry.facts["lowest"])}
        text = _("The least cash is there at the end of %(month)s: %(amount)s.") % facts
        return Verdict("good", _("The money lasts all year"), f"{text} {year_sentence(book)}".strip())
    short = listed([
        _("%(month)s lacks %(amount)s") % {"month": month(line.month), "amount": yuan(line.amount)} for line in dry.lines
    ])  # fmt: skip
    profit = book.profit["profit"].total
    if profit > 0:
        why = _(
            "The year earns %(profit)s, but in these months the money has not come back yet: the cash box is empty before."
        )
        why %= {"profit": yuan(profit)}
    else:
        why = _("The year loses %(loss)s. More start money alone does not help: look at prices and costs first.")
        why %= {"loss": yuan(-profit)}
    title = _("Prepare at least %(amount)s more") % {"amount": yuan(dry.facts["extra"])}
    return Verdict("stop", title, _("%(short)s. %(why)s") % {"short": short, "why": why})


def year_sentence(book: Workbook) -> str:
    """What the year brings, in words."""
    profit = book.profit["profit"].total
    if profit >= 0:
        return _("The year earns %(profit)s.") % {"profit": yuan(profit)}
    return _("The year loses %(loss)s.") % {"loss": yuan(-profit)}


def said(book: Workbook) -> list[Said]:
    """All fourteen findings in words, what has to be mended first."""
    order = {Level.WRONG: 0, Level.ADVICE: 1, Level.OK: 2}
    return sorted((_said(found) for found in book.findings), key=lambda one: order[one.level])


def _said(found: Finding) -> Said:
    title, path = TITLES[found.code]
    text = FINE[found.code] if found.ok else _TELLS[found.code](found)
    row = next((line.row for line in found.lines if line.row), "")
    words = str(text) % _facts(found) if found.ok else str(text)
    return Said(found.code, found.level, str(title), words, path % {"row": row or "1"})


def _facts(found: Finding) -> dict[str, str]:
    months = {"months": str(found.facts["months"])} if "months" in found.facts else {}
    plain = {"lowest_month": str(found.facts.get("lowest_month", "")), "shares": f"{found.facts.get('shares', 0)}"}
    money = {name: yuan(fact) for name, fact in found.facts.items() if name not in ("months", "lowest_month", "shares")}
    return {**money, **plain, **months}


TITLES = {
    "C1": (gettext_lazy("Sales as in the forecast"), "forecast.quantity.1"),
    "C2": (gettext_lazy("Depreciation as in the list of things"), "assets.tools.1.name"),
    "C3": (gettext_lazy("Each month begins with what is left"), "cash.own_money"),
    "C4": (gettext_lazy("Depreciation is not paid"), "cash.own_money"),
    "C5": (gettext_lazy("Start money for the first months"), "cash.own_money"),
    "C6": (gettext_lazy("Sold on credit"), "marketing.credit_share"),
    "C7": (gettext_lazy("Paying back the loan"), "cash.repayment"),
    "C8": (gettext_lazy("Profit and cash agree"), "cash.own_money"),
    "C9": (gettext_lazy("Cash in each month"), "cash.loan"),
    "C10": (gettext_lazy("Prices and costs"), "marketing.products.%(row)s.selling_price"),
    "C11": (gettext_lazy("Your own pay"), "capital.running.owner_pay.amount"),
    "C12": (gettext_lazy("The lowest pay"), "organisation.staff.1.post"),
    "C13": (gettext_lazy("The partners' shares"), "organisation.partners.1.name"),
    "C14": (gettext_lazy("Everything that is sold has a price"), "marketing.products.%(row)s.selling_price"),
}
FINE = {
    "C1": gettext_lazy("They agree: %(sales)s in the year."),
    "C2": gettext_lazy("They agree: %(year)s a year, %(month)s a month."),
    "C3": gettext_lazy("They agree."),
    "C4": gettext_lazy("Right: depreciation is a cost, but nobody pays it. It is not in the cash table."),
    "C5": gettext_lazy(
        "If nothing is sold in the first %(months)s months, %(need)s are needed. %(sources)s are there: enough."
    ),
    "C6": gettext_lazy(
        "They agree: paid at once %(cash_sales)s, paid later %(collected)s, still owed %(receivables)s."
    ),
    "C7": gettext_lazy("Right: %(repaid)s are paid back in the year, %(left)s are still owed."),
    "C8": gettext_lazy("They agree, to the cent."),
    "C9": gettext_lazy("No month runs dry. The least is %(lowest)s, at the end of month %(lowest_month)s."),
    "C10": gettext_lazy("Every price is above its cost."),
    "C11": gettext_lazy("You pay yourself %(owner_pay)s in the year."),
    "C12": gettext_lazy("No pay is below the lowest that the law allows here."),
    "C13": gettext_lazy("They make 100 per cent, or there are no partners."),
    "C14": gettext_lazy("Nothing is without a price."),
}


def _agree(found: Finding) -> str:
    return _("They do not agree in month %(months)s. Call the trainer.") % {
        "months": listed([str(number) for number in found.months])
    }  # fmt: skip


def _start_money(found: Finding) -> str:
    return _(
        "If nothing is sold in the first %(months)s months, %(need)s are needed, %(sources)s are there, %(gap)s are lacking. "
        "Think of who could help in a bad month."
    ) % _facts(found)


def _loan(found: Finding) -> str:
    return _("You borrow %(loan)s, but want to pay back %(repayment)s a month. Write a smaller sum.") % _facts(found)


def _dry(found: Finding) -> str:
    short = [
        _("%(month)s lacks %(amount)s") % {"month": month(one.month), "amount": yuan(one.amount)} for one in found.lines
    ]
    facts = {"short": listed(short), "extra": yuan(found.facts["extra"])}
    return _("%(short)s. Prepare at least %(extra)s more, or buy later, or begin smaller.") % facts


def _price(found: Finding) -> str:
    said_ = [
        _("%(name)s is sold for %(price)s and costs %(cost)s")
        % {"name": one.name or one.row, "price": yuan(one.amount), "cost": yuan(one.against)}
        for one in found.lines
    ]
    return _("%(what)s. Take a higher price, or buy cheaper.") % {"what": listed(said_)}


def _owner(found: Finding) -> str:
    if len(found.months) == 12:
        return _("You work for nothing all year. You have to live as well: write down a pay for yourself.")
    months = listed([str(number) for number in found.months])
    return _("In month %(months)s you work for nothing. Write down a pay for yourself.") % {"months": months}


def _wage(found: Finding) -> str:
    return _("The lowest pay is %(pay)s. The law here asks for %(minimum)s at least. Please raise it.") % _facts(found)


def _shares(found: Finding) -> str:
    return _("The shares make %(shares)s per cent. Change them so that they make 100.") % _facts(found)


def _priceless(found: Finding) -> str:
    names = list(dict.fromkeys(one.name or one.row for one in found.lines))
    return _("%(names)s: a number of pieces is written, but no price. Write the price.") % {"names": listed(names)}


_TELLS = {
    "C1": _agree, "C2": _agree, "C3": _agree, "C4": _agree, "C5": _start_money, "C6": _agree, "C7": _loan, "C8": _agree,
    "C9": _dry, "C10": _price, "C11": _owner, "C12": _wage, "C13": _shares, "C14": _priceless,
}  # fmt: skip
