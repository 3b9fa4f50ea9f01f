"""The eleven statements asked about somebody by another person, and what one could do about each: the words of the guided path.

`[code].column` is one cell of a printed row; `%(rater)s` is whoever answers.
"""

from django.utils.translation import gettext_lazy as _

from courses.plans.book.shape import Ask

OTHERS_SEE = _("Others often see what we do not see. Where the two differ, talk about it.")
WHAT, WHY = _("%(row)s: what will you do about it?"), _("A weak place that one knows can be made stronger.")

SELF_ASKS = {
    "self.check[commitment].second": Ask(
        _("Does %(rater)s say that you keep at a thing, also when it becomes hard?"),
        OTHERS_SEE,
    ),
    "self.check[motivation].second": Ask(
        _("Does %(rater)s say that you want this yourself?"),
        OTHERS_SEE,
    ),
    "self.check[honesty].second": Ask(
        _("Does %(rater)s say that people can rely on your word?"),
        OTHERS_SEE,
    ),
    "self.check[health].second": Ask(
        _("Does %(rater)s say that your health allows long days?"),
        OTHERS_SEE,
    ),
    "self.check[risk].second": Ask(
        _("Does %(rater)s say that you can bear it if a thing goes wrong?"),
        OTHERS_SEE,
    ),
    "self.check[decisions].second": Ask(
        _("Does %(rater)s say that you can decide when there is little time?"),
        OTHERS_SEE,
    ),
    "self.check[family].second": Ask(
        _("Does %(rater)s say that your family agrees?"),
        OTHERS_SEE,
    ),
    "self.check[money].second": Ask(
        _("Does %(rater)s say that you have some money, or a way to get it?"),
        OTHERS_SEE,
    ),
    "self.check[skills].second": Ask(
        _("Does %(rater)s say that you know the craft?"),
        OTHERS_SEE,
    ),
    "self.check[managing].second": Ask(
        _("Does %(rater)s say that you can keep accounts and lead people?"),
        OTHERS_SEE,
    ),
    "self.check[trade].second": Ask(
        _("Does %(rater)s say that you know the trade: prices, sellers, customers?"),
        OTHERS_SEE,
    ),
    "self.actions[commitment].what": Ask(WHAT, WHY, _("For example: learn one thing to the end, an hour each evening")),
    "self.actions[motivation].what": Ask(WHAT, WHY, _("For example: write down why you want it yourself")),
    "self.actions[honesty].what": Ask(WHAT, WHY, _("For example: promise less, and keep each promise")),
    "self.actions[health].what": Ask(WHAT, WHY, _("For example: have yourself examined, walk half an hour each day")),
    "self.actions[risk].what": Ask(WHAT, WHY, _("For example: begin small, and put three months’ money aside")),
    "self.actions[decisions].what": Ask(
        WHAT, WHY, _("For example: think of three things that may happen, and decide each")
    ),
    "self.actions[family].what": Ask(WHAT, WHY, _("For example: tell them the plan, and ask what worries them")),
    "self.actions[money].what": Ask(WHAT, WHY, _("For example: save a little each month, and ask for a start-up loan")),
    "self.actions[skills].what": Ask(
        WHAT, WHY, _("For example: practise in this course, then help somebody who knows it")
    ),
    "self.actions[managing].what": Ask(WHAT, WHY, _("For example: learn to keep accounts")),
    "self.actions[trade].what": Ask(WHAT, WHY, _("For example: ask two shops what they pay and what they take")),
}
