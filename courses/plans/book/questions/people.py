"""What the guided path asks about people and legal form: question, why, and how to answer. `[code]` is a printed row."""

from django.utils.translation import gettext_lazy as _

from courses.plans.book.shape import Ask

PEOPLE_ASKS = {
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
        _("Who works there? Post number %(number)s."),
        _("Each post costs pay each month."),
        _("For example: owner, cook, waiter"),
    ),
    "organisation.staff.post[1]": Ask(
        _("Who works there? Begin with yourself."),
    ),
    "organisation.staff.person": Ask(
        _("%(row)s: who is it?"),
        _("It may stay empty if you do not know yet."),
    ),
    "organisation.staff.monthly_pay": Ask(
        _("%(row)s: what does one earn a month?"),
        _("Pay that is too low is not allowed, pay that is too high eats the profit. Write down your own pay as well."),
        _("The pay of one person in one month, for example 2500."),
    ),
    "organisation.staff.count": Ask(
        _("%(row)s: how many persons?"),
        _("Begin with few. One can always take on more."),
        _("Write a whole number, for example 1."),
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
}
