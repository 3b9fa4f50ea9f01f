"""What the guided path asks about assets and working capital: question, why, and how to answer. `[code]` is a printed row."""

from django.utils.translation import gettext_lazy as _

from courses.plans.book.shape import Ask

COST_HINT = _("What it costs in one month, for example 200. Write 0 if it costs nothing.")

MONEY_ASKS = {
    "assets.*.name": Ask(
        _("What do you have to buy? Thing number %(number)s."),
        _("Only what you use for more than a year. Fish and oil are not meant here."),
        _("For example: oven, refrigerator. One kind in each row."),
    ),
    "assets.vehicles.name": Ask(
        _("Which vehicle do you have to buy? Number %(number)s."),
        _("Only what you need for the work. What you can borrow or rent need not be bought."),
        _("For example: electric tricycle, hand cart."),
    ),
    "assets.furniture.name": Ask(
        _("What do you have to buy for the office or the till? Thing number %(number)s."),
        _("Only what you use for more than a year. Paper and pens are not meant here."),
        _("For example: tables and chairs, cash computer. One kind in each row."),
    ),
    "assets.premises.name": Ask(
        _("What do you pay for building, fitting-out or land? Number %(number)s."),
        _("Only what is paid once and used for years. Rent is asked in part 7."),
        _("For example: fitting-out of the shop. Write how often: 1."),
    ),
    "assets.premises.quantity": Ask(
        _("%(row)s: how often?"),
        _("Fitting-out and buildings are mostly there once."),
        _("Mostly 1."),
    ),
    "assets.premises.unit_price": Ask(
        _("%(row)s: what does it cost?"),
        _("Ask two builders. The money must be there before you open."),
    ),
    "assets.premises.life": Ask(
        _("%(row)s: how many years can it be used?"),
        _("Each year it loses a part of its worth. This part is a cost, though nobody pays it."),
        _("If you do not know, leave it empty: then the usual years count. Land: 0."),
    ),
    "assets.*.kind": Ask(
        _("%(row)s: what kind of thing is it?"),
        _("The kind says how many years it is reckoned with."),
    ),
    "assets.*.quantity": Ask(
        _("%(row)s: how many?"),
        _("Too many lie about, too few hold you up."),
    ),
    "assets.*.unit_price": Ask(
        _("%(row)s: what does one cost?"),
        _("Ask two shops. The money must be there before you open."),
    ),
    "assets.*.life": Ask(
        _("%(row)s: how many years can it be used?"),
        _("Each year it loses a part of its worth. This part is a cost, though nobody pays it."),
        _("If you do not know, leave it empty: then the usual years count."),
    ),
    "assets.*.paid_in": Ask(
        _("%(row)s: in which month do you pay it?"),
        _("In this month the money leaves your cash box."),
        _("1 is the month in which you open. If empty, it is month 1."),
    ),
    "assets.*.supplier": Ask(
        _("%(row)s: where do you buy it?"),
        _("It may stay empty."),
    ),
    "assets.*.supplier_contact": Ask(
        _("%(row)s: address and phone of the seller?"),
        _("It may stay empty."),
    ),
    "assets.residual": Ask(
        _("When the things are worn out, how much of 100 yuan are they still worth?"),
        _("The usual answer is 0: then all of it is shared out over the years."),
    ),
    "capital.materials.item": Ask(
        _("What do you buy for the work each month? Number %(number)s."),
        _("This list helps you when you buy. The cost itself comes from what you sell."),
        _("For example: fish, boxes"),
    ),
    "capital.materials.quantity": Ask(
        _("%(row)s: how much a month?"),
        _("Who buys too much binds money."),
        _("Write a number: kilograms or pieces."),
    ),
    "capital.materials.unit_price": Ask(
        _("%(row)s: what does one piece or kilogram cost?"),
        _("Ask two sellers."),
    ),
    "capital.materials.supplier": Ask(
        _("%(row)s: where do you buy it?"),
        _("It may stay empty."),
    ),
    "capital.running[owner_pay]": Ask(
        _("What do you pay yourself each month?"),
        _("You have to live. Without pay for yourself the profit is not true."),
        _("If it is empty, your pay from section 5 counts."),
    ),
    "capital.running[staff_pay]": Ask(
        _("What do you pay the others each month, together?"),
        _("Wages are due each month, also in a bad one."),
        _("If it is empty, the posts of section 5 are added up."),
    ),
    "capital.running[rent]": Ask(
        _("What is the rent each month?"),
        _("Rent is due each month, also when nobody comes."),
        _("The rent of one month, for example 800. Write 0 if you pay none."),
    ),
    "capital.running[marketing]": Ask(
        _("What do you spend on being known, each month?"),
        _("A little each month does more than much once."),
        COST_HINT,
    ),
    "capital.running[utilities]": Ask(
        _("Water, power and gas: how much a month?"),
        _("Ovens and cooling cost more than one thinks. Ask in a shop like yours."),
        COST_HINT,
    ),
    "capital.running[maintenance]": Ask(
        _("Repairs: how much a month?"),
        _("Something always breaks. Put something aside."),
        COST_HINT,
    ),
    "capital.running[insurance]": Ask(
        _("Insurance: how much a month?"),
        _("If it is paid by the year, divide it by 12."),
        COST_HINT,
    ),
    "capital.running[registration]": Ask(
        _("What does registration cost once?"),
        _("It is paid once, in month 1."),
    ),
    "capital.running[other]": Ask(
        _("What else costs money each month?"),
        _("Phone, cleaning, transport: small sums add up."),
        COST_HINT,
    ),
    "capital.deposit": Ask(
        _("How much do you leave as a deposit?"),
        _("You get it back one day, but it has to be there at the start."),
        _("For example of the shop. 0 if there is none."),
    ),
    "capital.other_once": Ask(
        _("What else is paid once at the start?"),
        _("For example training or moving."),
    ),
    "capital.promotion_counted": Ask(
        _("Is the promotion of part 4 in the costs that you have just written?"),
        _("Nothing is added by itself. What is counted nowhere lacks in the cash box later."),
    ),
    "capital.licences_counted": Ask(
        _("Are the fees of part 5 in the costs that you have just written?"),
        _("Nothing is added by itself. What is counted nowhere lacks in the cash box later."),
    ),
}
