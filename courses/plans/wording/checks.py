"""The fourteen checks in words, one function for each, with what the learner and what the staff is told.

What holds is said to everybody in the same words; what does not hold to the learner with what to do about it, to the staff as a
fact. Nothing is worked out here: the numbers come with the finding.
"""

from collections.abc import Callable, Mapping, Sequence

from django.utils.translation import gettext as _

from courses.plans.rules.amounts import plain
from courses.plans.rules.checks import Finding, Line, start_money_helps
from courses.plans.rules.figures import Decimal
from courses.plans.wording.amounts import yuan
from courses.words import listed

Pair = tuple[str, str]  # to the learner, to the staff


def _both(text: str) -> Pair:
    return text, text


def _facts(found: Finding) -> dict[str, str]:
    """The numbers of a finding as they are said: amounts with their unit."""
    counts = {name: str(found.facts[name]) for name in ("months", "lowest_month") if name in found.facts}
    shares = {"shares": plain(Decimal(found.facts["shares"]))} if "shares" in found.facts else {}
    return {name: yuan(fact) for name, fact in found.facts.items()} | counts | shares


def _disagree(found: Finding, staff: str) -> Pair:
    """Two ways to the same number that do not meet: the program is wrong, and no learner can mend it."""
    if not found.months:
        return _("They do not agree. Call the trainer."), staff
    months = listed(str(number) for number in found.months)
    return _("They do not agree in month %(months)s. Call the trainer.") % {"months": months}, staff


def _c1_forecast(found: Finding) -> Pair:
    if found.ok:
        return _both(_("The sales are those of the forecast: %(sales)s in the year.") % _facts(found))
    return _disagree(
        found, _("The sales of section 9, %(sales)s, are not those of the forecast, %(forecast)s.") % _facts(found)
    )


def _c2_depreciation(found: Finding) -> Pair:
    if found.ok:
        return _both(_("Depreciation is %(year)s a year, that is %(month)s a month.") % _facts(found))
    return _disagree(found, _("Depreciation a month is not a twelfth of the year’s %(year)s.") % _facts(found))


def _c3_carried_over(found: Finding) -> Pair:
    if found.ok:
        return _both(_("Each month begins with what the month before has left."))
    return _disagree(found, _("A month does not begin with what the month before has left."))


def _c4_not_paid(found: Finding) -> Pair:
    if found.ok:
        return _both(_("Nobody pays depreciation, so it is not in the cash table."))
    return _disagree(found, _("What is paid is not the sum of its rows."))


def _c5_start_money(found: Finding) -> Pair:
    facts = _facts(found)
    if not found.facts["months"]:
        needed = _("%(need)s are needed at the start, %(sources)s are there.") % facts
        return needed, _("How many months the start money must last is not set for this place.") + " " + needed
    if found.ok:
        return _both(
            _("Even without sales the money lasts %(months)s months: %(need)s are needed, %(sources)s are there.")
            % facts
        )
    return (
        _(
            "If nothing is sold in the first %(months)s months, %(need)s are needed, %(sources)s are there, %(gap)s are lacking. "
            "Think of who could help in a bad month."
        ) % facts,
        _("If nothing is sold in the first %(months)s months, %(need)s are needed, %(sources)s are there, %(gap)s are lacking.")
        % facts,
    )  # fmt: skip


def _c6_credit(found: Finding) -> Pair:
    facts = _facts(found)
    if found.ok:
        return _both(
            _("Paid at once %(cash_sales)s, paid later %(collected)s, still owed %(receivables)s: together the sales of %(sales)s.")
            % facts
        )  # fmt: skip
    return _disagree(found, _("What is paid and what is owed do not make the sales of %(sales)s.") % facts)


def _c7_loan(found: Finding) -> Pair:
    facts = _facts(found)
    if found.ok and not found.facts["loan"]:
        return _both(_("There is no loan."))
    if found.ok:
        return _both(_("%(repaid)s of the loan are repaid in the year, %(left)s are left.") % facts)
    if not found.facts["repaid"]:  # advice: nothing is wrong
        return (
            _("You pay nothing of the loan back in this year; %(left)s are still owed at its end. Ask when it is due, and write that.") % facts,
            _("Nothing of the loan is repaid in the year, %(left)s are left.") % facts,
        )  # fmt: skip
    return (
        _("You borrow %(loan)s, but want to pay back %(repayment)s a month. Write a smaller sum.") % facts,
        _("The monthly repayment of %(repayment)s is larger than the loan of %(loan)s.") % facts,
    )


def _c8_identity(found: Finding) -> Pair:
    if found.ok:
        return _both(_("They agree, to the cent."))
    return _disagree(found, _("Profit and cash do not agree: they differ by %(difference)s.") % _facts(found))


def _c9_runs_dry(found: Finding) -> Pair:
    facts = _facts(found)
    if found.ok:
        return _both(_("No month runs dry. The least is %(lowest)s, at the end of month %(lowest_month)s.") % facts)
    if not start_money_helps(found):
        return (
            _("The plan loses money. Take higher prices, sell more, or spend less each month: look there first."),
            _("The money runs out, because the plan loses money. More start money does not help."),
        )
    learner = _("Prepare at least %(extra)s more, or buy later, or begin smaller.") % facts
    if found.facts["profit"] <= 0:
        return learner, _("The money runs out. %(extra)s more are needed at the start.") % facts
    return learner, _(
        "The year earns a profit of %(profit)s, and still the money runs out: it goes out before it comes in. "
        "%(extra)s more are needed at the start."
    ) % facts


def _c10_prices(found: Finding) -> Pair:
    if found.ok:
        return _both(_("Every price is above its cost."))
    below = [one for one in found.lines if one.below_material]
    shared = [one for one in found.lines if not one.below_material]
    said = [_below_material(below)] if below else []
    said += [_shared_costs(found, shared)] if shared else []
    return " ".join(said), _("There are prices that do not cover their costs.")


def _below_material(lines: Sequence[Line]) -> str:
    what = _("; ").join(
        _("%(name)s is sold for %(price)s, and its material alone costs %(material)s") % _piece(one) for one in lines
    )
    return _("%(what)s. Take a higher price, or buy cheaper.") % {"what": what}


def _shared_costs(found: Finding, lines: Sequence[Line]) -> str:
    """The material is cheap enough; pay, rent and the rest are too much for what is sold: buying cheaper would not help."""
    what = _("; ").join(
        _("%(name)s is sold for %(price)s and costs %(cost)s: %(material)s for material and %(share)s as its part of the other costs")
        % _piece(one)
        for one in lines
    )  # fmt: skip
    return _(
        "%(what)s. The other costs (pay, rent and so on) are %(costs_month)s a month, shared by sales of %(sales_month)s a month. "
        "Sell more, take a higher price, or spend less each month."
    ) % {**_facts(found), "what": what}


def _piece(line: Line) -> dict[str, str]:
    amounts = {"price": line.amount, "cost": line.against, "material": line.material, "share": line.share}
    return {"name": line.name or line.row, **{name: yuan(amount) for name, amount in amounts.items()}}


def _c11_owner(found: Finding) -> Pair:
    facts, staff = _facts(found), _("There are months in which the owner is not paid.")
    if found.ok:
        return _("You pay yourself %(owner_pay)s in the year.") % facts, _(
            "The owner is paid: %(owner_pay)s a year."
        ) % facts
    if len(found.months) == 12:
        return _("You work for nothing all year. You have to live as well: write down a pay for yourself."), staff
    months = listed(str(number) for number in found.months)
    return _("In month %(months)s you work for nothing. Write down a pay for yourself.") % {"months": months}, staff


def _c12_wage(found: Finding) -> Pair:
    if "pay" not in found.facts:
        return _both(_("There is no staff to pay."))
    if not found.facts["minimum"]:
        return _both(_("The minimum wage of this place is not set, so no pay is compared with it."))
    if found.ok:
        return _both(_("No pay is below the lowest that the law allows here."))
    return (
        _("The lowest pay is %(pay)s. The law here asks for %(minimum)s at least. Please raise it.") % _facts(found),
        _("The lowest pay, %(pay)s, lies below the local minimum wage of %(minimum)s.") % _facts(found),
    )


def _c13_shares(found: Finding) -> Pair:
    if found.ok:
        return _both(
            _("The partners’ shares make 100 per cent.") if found.facts["shares"] else _("There are no partners.")
        )
    return (
        _("The shares make %(shares)s per cent. Change them so that they make 100.") % _facts(found),
        _("The partners’ shares make %(shares)s per cent; they must make 100.") % _facts(found),
    )


def _c14_priceless(found: Finding) -> Pair:
    if found.ok:
        return _both(_("All that is sold has a price."))
    names = listed(dict.fromkeys(one.name or one.row for one in found.lines))
    learner = _("%(names)s: a number of pieces is written, but no price. Write the price.") % {"names": names}
    return learner, _("There are things that are sold without a price.")


SENTENCES: Mapping[str, Callable[[Finding], Pair]] = {
    "C1": _c1_forecast, "C2": _c2_depreciation, "C3": _c3_carried_over, "C4": _c4_not_paid, "C5": _c5_start_money,
    "C6": _c6_credit, "C7": _c7_loan, "C8": _c8_identity, "C9": _c9_runs_dry, "C10": _c10_prices, "C11": _c11_owner,
    "C12": _c12_wage, "C13": _c13_shares, "C14": _c14_priceless,
}  # fmt: skip
