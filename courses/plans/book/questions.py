"""What the guided path asks for each field of the plan book: question, why, and how to answer. `[code]` is a printed row."""

from django.utils.translation import gettext_lazy as _

from courses.plans.book.shape import Ask

PLAN_ASKS = {
    "cover.enterprise": Ask(
        _("What will your enterprise be called?"),
        _("The name stands on the cover. A full name has a place, an own name, a trade and a form."),
        _("For example: Qinghe Xiaoli Grilled Fish Shop"),
    ),
    "cover.entrepreneur": Ask(
        _("Who runs it? Write your name."),
        _("Whoever reads the plan wants to know whose plan it is."),
    ),
    "cover.written_on": Ask(
        _("Which day is it today?"),
        _("Prices change. The date says when your numbers were true."),
        _("For example: 2025-09-30"),
    ),
    "cover.address": Ask(
        _("Where will the enterprise be?"),
        _("The address decides rent, customers and the office that registers you."),
        _("Town and street are enough, if you know no more."),
    ),
    "cover.postcode": Ask(
        _("What is the postcode there?"),
        _("It is asked on the form. It may stay empty."),
    ),
    "cover.phone": Ask(
        _("Which phone number can be called?"),
        _("Whoever reads the plan may want to ask you something."),
    ),
    "cover.fax": Ask(
        _("What is the fax number?"),
        _("It is asked on the form. It may stay empty."),
    ),
    "cover.email": Ask(
        _("What is the e-mail address?"),
        _("It is asked on the form. It may stay empty."),
    ),
    "overview.kinds": Ask(
        _("What kind of enterprise is it?"),
        _("The kind tells which licences and taxes there are."),
    ),
    "overview.reasons": Ask(
        _("Why do you want to do this?"),
        _("A good reason carries you through hard months. The bank looks at it as well."),
        _("For example: I learned to grill fish, and the market street has no fish shop."),
    ),
    "overview.scope": Ask(
        _("What does the enterprise do?"),
        _("These words stand on the business licence."),
        _("For example: cooking and selling fish and home dishes"),
    ),
    "overview.offers": Ask(
        _("What do you sell?"),
        _("Customers buy things and services, not plans."),
    ),
    "overview.customers": Ask(
        _("Who will buy from you?"),
        _("Who knows the customers knows what to offer, and at which price."),
        _("For example: workers of the factory, families in the evening"),
    ),
    "overview.outlook": Ask(
        _("Where will you be in a year, and in three years?"),
        _("A goal that one can count shows later whether you are on the way."),
        _("For example: after a year 300 fish a month"),
    ),
    "overview.purpose": Ask(
        _("What is the enterprise there for?"),
        _("People like to work and to buy where they know what for."),
    ),
    "overview.philosophy": Ask(
        _("How will you do business?"),
        _("For example honest weight, fresh goods. Customers come back for it."),
    ),
    "overview.culture": Ask(
        _("How will you work together?"),
        _("Clear rules spare quarrels."),
    ),
    "person.experience.employer": Ask(
        _("Where have you worked? Place number %(number)s."),
        _("What you have done shows what you can do. Work in the fields and at home counts as well."),
        _("For example: Liu's restaurant, own fields"),
    ),
    "person.experience.from": Ask(
        _("%(row)s: from when?"),
        _("The years show how much practice you have. No reason is asked for a gap."),
        _("The year is enough, for example 2012."),
    ),
    "person.experience.to": Ask(
        _("%(row)s: until when?"),
        _("The years show how much practice you have. No reason is asked for a gap."),
        _("The year is enough, for example 2015."),
    ),
    "person.experience.post": Ask(
        _("%(row)s: what were you there?"),
        _("It shows what you can be asked about."),
        _("For example: cook's help, driver"),
    ),
    "person.experience.content": Ask(
        _("%(row)s: what did you do there?"),
        _("Skills that you have need not be bought."),
    ),
    "person.experience.note": Ask(
        _("%(row)s: is there anything else to say?"),
        _("It may stay empty."),
    ),
    "person.courses.course": Ask(
        _("Which school or course have you been to? Number %(number)s."),
        _("This course counts as well. Certificates help with a loan."),
        _("For example: primary school, this course"),
    ),
    "person.courses.from": Ask(
        _("“%(row)s”: when did it begin?"),
        _("It is asked on the form."),
        _("The year is enough."),
    ),
    "person.courses.to": Ask(
        _("“%(row)s”: when did it end?"),
        _("It is asked on the form."),
        _("The year is enough. If it still runs, write: now"),
    ),
    "person.courses.learned": Ask(
        _("%(row)s: what did you learn there?"),
        _("What you learned is part of your start money: it costs nothing more."),
    ),
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
        _("Only what goes into one: fish, oil, spices. No rent, no wages."),
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
    "organisation.legal_form": Ask(
        _("Which legal form do you choose?"),
        _("It decides who answers for debts, and how much paper there is. Most small shops are sole traders."),
    ),
    "organisation.proposed_name": Ask(
        _("Which name will you register?"),
        _("The office looks whether the name is free."),
        _("Place + own name + trade + form, for example: Qinghe Xiaoli Grilled Fish Shop"),
    ),
    "organisation.staff.post": Ask(
        _("Who works there? Post number %(number)s. Begin with yourself."),
        _("Each post costs pay each month."),
        _("For example: owner, cook, waiter"),
    ),
    "organisation.staff.person": Ask(
        _("%(row)s: who is it?"),
        _("It may stay empty if you do not know yet."),
    ),
    "organisation.staff.monthly_pay": Ask(
        _("%(row)s: what does one earn a month?"),
        _("Pay that is too low is not allowed, pay that is too high eats the profit. Write down your own pay as well."),
    ),
    "organisation.staff.count": Ask(
        _("%(row)s: how many persons?"),
        _("Begin with few. One can always take on more."),
    ),
    "organisation.staff.owner": Ask(
        _("%(row)s: is that yourself?"),
        _("Your own pay and that of others stand in different rows."),
    ),
    "organisation.licences.name": Ask(
        _("Which licence do you need? Number %(number)s."),
        _("Without licences you may not open. Food needs one more than other trades."),
        _("For example: business licence, food licence"),
    ),
    "organisation.licences.fee": Ask(
        _("“%(row)s”: what is the fee?"),
        _("It is paid once, before you open. Many are free: then write 0."),
    ),
    "organisation.duty_insurance": Ask(
        _("Which insurances do you need?"),
        _("A fire or an accident must not end everything."),
    ),
    "organisation.duty_pay": Ask(
        _("What do you owe your staff?"),
        _("Pay on time, social insurance, rest: it is the law, and people stay."),
    ),
    "organisation.duty_taxes": Ask(
        _("Which taxes do you pay?"),
        _("Small shops pay little, but they have to report. Ask the tax office."),
    ),
    "organisation.partners.name": Ask(
        _("Who joins in? Partner number %(number)s."),
        _("Partners share profit and loss. Write it down before the first quarrel."),
        _("Write yourself as well."),
    ),
    "organisation.partners.contribution": Ask(
        _("%(row)s: how much money does this person bring?"),
        _("It is part of the start money."),
    ),
    "organisation.partners.share": Ask(
        _("%(row)s: what share is it?"),
        _("All shares together make 100."),
        _("Write a number from 0 to 100."),
    ),
    "organisation.partners.profit_rule": Ask(
        _("%(row)s: how is the profit divided?"),
        _("Say it before there is any."),
        _("For example: by share"),
    ),
    "organisation.partners.duties": Ask(
        _("%(row)s: what does this person do?"),
        _("Everybody knows then what to do."),
    ),
    "assets.*.name": Ask(
        _("What do you have to buy? Thing number %(number)s."),
        _("Only what you use for more than a year. Fish and oil are not meant here."),
        _("For example: oven, refrigerator. One kind in each row."),
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
    ),
    "capital.running[marketing]": Ask(
        _("What do you spend on being known, each month?"),
        _("A little each month does more than much once."),
    ),
    "capital.running[utilities]": Ask(
        _("Water, power and gas: how much a month?"),
        _("Ovens and cooling cost more than one thinks. Ask in a shop like yours."),
    ),
    "capital.running[maintenance]": Ask(
        _("Repairs: how much a month?"),
        _("Something always breaks. Put something aside."),
    ),
    "capital.running[insurance]": Ask(
        _("Insurance: how much a month?"),
        _("If it is paid by the year, divide it by 12."),
    ),
    "capital.running[registration]": Ask(
        _("What does registration cost once?"),
        _("It is paid once, in month 1."),
    ),
    "capital.running[other]": Ask(
        _("What else costs money each month?"),
        _("Phone, cleaning, transport: small sums add up."),
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
