"""What the guided path asks about forecast, profit and cash: question, why, and how to answer. `[code]` is a printed row."""

from django.utils.translation import gettext_lazy as _

from courses.plans.book.shape import Ask

YEAR_ASKS = {
    "forecast.quantity": Ask(
        _("How many %(row)s do you sell in a normal month?"),
        _("Everything else follows from this number. Rather too few than too many."),
        _("Reckon for a day first, then times 30 (or the days you are open)."),
    ),
    "forecast.price": Ask(
        _("Does %(row)s cost the same in each month?"),
        _("Fruit and vegetables change their price over the year."),
    ),
    "profit.costs": Ask(
        _("%(row)s: is it the same in each month?"),
        _("Heating in winter, more advertising in the first month: such things make months differ."),
    ),
    "profit.pays_vat": Ask(
        _("Do you have to pay value-added tax?"),
        _(
            "Small shops below the limit of your place pay none. If you do not know, skip it: then each month is "
            "looked at by itself."
        ),
    ),
    "profit.taxes[income_tax]": Ask(
        _("How much income tax do you pay in a month?"),
        _("Tax is paid from the profit. Ask the tax office; small shops often pay nothing."),
    ),
    "profit.taxes[other_tax]": Ask(
        _("How much do other taxes cost in a month?"),
        _("For example the local surcharges on VAT."),
    ),
    "profit.taxes": Ask(
        _("%(row)s: how much in a month?"),
        _("Taxes are due also when money is short."),
    ),
    "cash.own_money": Ask(
        _("How much money of your own do you bring?"),
        _("Banks lend more easily to whoever brings something. Do not write what you need for living."),
    ),
    "cash.family_money": Ask(
        _("How much do family and friends give you?"),
        _("Write it down with them, also when it is family."),
        _("0 if there is none."),
    ),
    "cash.grants": Ask(
        _("How much support do you get that need not be paid back?"),
        _("There are subsidies for people who start. Ask the employment office. Count only what is promised."),
        _("0 if there is none."),
    ),
    "cash.loan": Ask(
        _("How much money do you borrow?"),
        _("It should last over the first months, until the customers' money comes. Too much costs interest."),
        _("0 if you borrow nothing."),
    ),
    "cash.loan_rate": Ask(
        _("How much interest is there in a year?"),
        _("Ask for the rate of a year. Start-up loans are often cheaper."),
        _("For example 4.35: of 100 yuan 4.35 yuan a year"),
    ),
    "cash.repayment": Ask(
        _("How much do you pay back each month?"),
        _("It is no cost, but the money leaves the cash box."),
        _("Without the interest."),
    ),
    "cash.repaid_from": Ask(
        _("From which month on do you pay back?"),
        _("Ask for some months without: the beginning is hard."),
    ),
    "cash.purchase_credit_share": Ask(
        _("Of each 100 yuan of material, how much do you pay later?"),
        _("It helps at the beginning, but it must be paid."),
        _("0 if you pay at once."),
    ),
    "cash.purchase_credit_lag": Ask(
        _("After how many months do you pay for it?"),
        _("In that month the money leaves the cash box."),
        _("Write how many months, for example 1. 12 at most."),
    ),
    "cash.others[other_in]": Ask(
        _("Does other money come in? How much in a month?"),
        _("For example rent for a room. Count only what is sure."),
    ),
    "cash.others[other_out]": Ask(
        _("Does other money go out? How much in a month?"),
        _("For example what you still pay back to somebody."),
    ),
    "cash.others": Ask(
        _("%(row)s: how much in a month?"),
        _("The cash box counts all money that moves."),
    ),
}

# The heading where the twelve months of a row are asked one by one, by their table; "" of all others.
MONTH_QUESTIONS = {
    "forecast.quantity": _("%(row)s: how many do you sell in each month?"),
    "forecast.price": _("%(row)s: what does one cost in each month?"),
    "": _("%(row)s: how much in each month?"),
}
