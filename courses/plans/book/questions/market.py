"""What the guided path asks about market and marketing: question, why, and how to answer. `[code]` is a printed row."""

from django.utils.translation import gettext_lazy as _

from courses.plans.book.shape import Ask

MARKET_ASKS = {
    "market.customers": Ask(
        _("Who exactly will buy? Where do they live, what do they earn?"),
        _("Whoever sells to everybody sells to nobody. Think of three people whom you know."),
    ),
    "market.size": Ask(
        _("How many people could buy, and how many of them come to you?"),
        _("From this you will reckon later how much you sell."),
        _("For example: 2,000 families nearby; one in twenty comes once a month"),
    ),
    "market.trend": Ask(
        _("Will it become more or less in the next years?"),
        _("A market that shrinks makes each year harder."),
    ),
    "market.their_strengths.text": Ask(
        _("What do other shops do well? Number %(number)s."),
        _("What they do well you can learn from them."),
        _("For example: low prices, good place"),
    ),
    "market.their_weaknesses.text": Ask(
        _("What do other shops do badly? Number %(number)s."),
        _("There is your chance."),
        _("For example: slow, not clean"),
    ),
    "market.own_strengths.text": Ask(
        _("What can you do better? Number %(number)s."),
        _("For this customers come to you."),
    ),
    "market.own_weaknesses.text": Ask(
        _("Where are others ahead of you? Number %(number)s."),
        _("Who knows it can do something about it in time."),
    ),
    "marketing.products.name": Ask(
        _("What do you sell? Thing number %(number)s."),
        _("Each thing gets its own price and its own forecast."),
        _("For example: grilled fish. Things at the same price may be one row."),
    ),
    "marketing.products.features": Ask(
        _("%(row)s: what is good about it?"),
        _("This is what you tell the customer."),
    ),
    "marketing.products.cost_price": Ask(
        _("One %(row)s: what does the material cost?"),
        _("The price must be above this, or each sale loses money."),
        _("Only what goes into one: for a dish fish and oil, for a coat cloth and thread. No rent, no wages."),
    ),
    "marketing.products.selling_price": Ask(
        _("What do you want to sell one %(row)s for?"),
        _("It must be above the cost, and customers must want to pay it. Look what the shops nearby take."),
        _("The price for one, at most two decimals."),
    ),
    "marketing.products.competitor_price": Ask(
        _("What do others take for one %(row)s?"),
        _("Customers compare. If you are dearer, you must be able to say why."),
    ),
    "marketing.discount": Ask(
        _("Do you give discounts? Which?"),
        _("A discount comes out of your profit. Reckon before you promise."),
        _("For example: ten bought, one free. Leave it empty if there is none."),
    ),
    "marketing.credit_share": Ask(
        _("Of each 100 yuan of sales, how much is sold on credit?"),
        _("Goods on credit are gone, but the money is not there yet. Many shops run dry on it."),
        _("10 means: 10 of each 100 yuan. 0 if nobody buys on credit."),
    ),
    "marketing.credit_lag": Ask(
        _("After how many months do they pay?"),
        _("Until then you have to live and buy without this money."),
        _("Write how many months, for example 1. 12 at most."),
    ),
    "marketing.place_address": Ask(
        _("Where is the shop?"),
        _("The place decides how many people pass by."),
    ),
    "marketing.area": Ask(
        _("How large is it?"),
        _("Rent goes by square metres. Take as much as you need."),
        _("In square metres. A room of 5 by 6 steps is about 20."),
    ),
    "marketing.place_cost": Ask(
        _("What is the rent a month? (Or the cost of the building, if you buy.)"),
        _("Rent is due each month, also when nobody comes."),
        _("Ask the owner, or somebody who rents nearby."),
    ),
    "marketing.place_reason": Ask(
        _("Why this place?"),
        _("A cheap shop without passers-by is dear."),
    ),
    "marketing.selling_mode": Ask(
        _("How do you sell?"),
        _("Each way has its own price: a dealer wants something of it."),
    ),
    "marketing.promotion.activity": Ask(
        _("How do people hear of you? Way number %(number)s."),
        _("Who is not known is not visited."),
        _("For example: leaflets, opening day, a sign"),
    ),
    "marketing.promotion.content": Ask(
        _("%(row)s: what is done?"),
        _("What is planned exactly is really done."),
    ),
    "marketing.promotion.cost": Ask(
        _("%(row)s: what does it cost?"),
        _("This money must be there before the customers come."),
    ),
}
