"""What is said beside a single field because of what is written: an estimate from the site's data, what a name lacks.

The learner decides; nothing is filled in and nothing is refused.
"""

from collections.abc import Callable, Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.plans.book.shape import Words
from courses.plans.notes import below_exemption, notes_of
from courses.plans.reading import Workbook, posts_of
from courses.plans.rules.income_tax import tax_of_month, tax_of_year
from courses.plans.rules.local import LocalValues, employer_insurance
from courses.plans.rules.naming import missing_in_name
from courses.plans.rules.tables import total
from courses.plans.wording import yuan
from courses.words import listed

PARTS_OF_A_NAME: Mapping[str, Words] = {
    "place": gettext_lazy("the place"),
    "own_name": gettext_lazy("an own name with the line of business"),
    "form": gettext_lazy("the form (shop, farm, company …)"),
}


def hint_for(path: str, book: Workbook, local: LocalValues, *, notes: bool = True) -> str:
    """What is said beside the question at a path; "" where there is nothing to say. Without `notes`: what a suggestion says is not
    said a second time."""
    made = _HINTS.get(path)
    noted = (note.text for note in notes_of(book) if note.path == path) if notes else ()
    said = [made(path, book, local) if made else "", *noted]
    return " ".join(filter(None, said))


def _name(path: str, book: Workbook, _local: LocalValues) -> str:
    lacking = missing_in_name(book.values.get(path, ""))
    if not book.values.get(path) or not lacking:
        return ""
    what = listed(str(PARTS_OF_A_NAME[part]) for part in lacking)
    return _("For the registration this name still lacks: %(what)s.") % {"what": what}


def _income_tax(_path: str, book: Workbook, local: LocalValues) -> str:
    profit = book.profit["profit"].total
    if not local.tax_steps or profit <= 0:
        return ""
    facts = {"profit": yuan(profit), "year": yuan(tax_of_year(profit, local.tax_steps))}
    facts["month"] = yuan(tax_of_month(profit, local.tax_steps))
    return _("On a profit of %(profit)s a year the tax here is about %(year)s, that is %(month)s a month.") % facts


def _insurance(_path: str, book: Workbook, local: LocalValues) -> str:
    posts = [post for post in posts_of(book.values) if not post.owner and post.persons]
    amount = total(employer_insurance(post.pay, post.persons, local) for post in posts)
    if not amount:
        return ""
    return _("For the social insurance of your staff reckon with about %(amount)s a month.") % {"amount": yuan(amount)}


def _no_vat(_path: str, book: Workbook, _local: LocalValues) -> str:
    return below_exemption(book) if book.figures.pays_vat is None else ""


_HINTS: Mapping[str, Callable[[str, Workbook, LocalValues], str]] = {
    "cover.enterprise": _name, "organisation.proposed_name": _name, "profit.taxes.income_tax": _income_tax,
    "capital.running.insurance.amount": _insurance, "profit.pays_vat": _no_vat,
}  # fmt: skip
