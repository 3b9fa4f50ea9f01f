"""What the guided path asks about cover, enterprise and person: question, why, and how to answer. `[code]` is a printed row."""

from django.utils.translation import gettext_lazy as _

from courses.plans.book.shape import Ask

ENTERPRISE_ASKS = {
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
        _("A mobile number or one with area code. If you have none, leave it empty."),
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
}
