"""What was written before and fits here too: offered beside an empty field, taken over with one button, never filled in silently."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from courses.plans.reading import PLANNED, PROMOTION, Values, amount
from courses.plans.reading.planned import ONCE, Planned
from courses.plans.wording.amounts import planned_text, yuan

# Where the same thing was asked before.
SAME = {
    "marketing.place_address": "cover.address",
    "organisation.proposed_name": "cover.enterprise",
    "capital.running.rent.amount": "marketing.place_cost",
}


@dataclass(frozen=True)
class Suggestion:
    """`text` says what was written where, `button` what one press writes, `value` is that as it is stored."""

    text: str
    button: str
    value: str


def suggestion_for(path: str, values: Values) -> Suggestion | None:
    """What may be taken over into the field at a path; None where something stands there already, or nothing was written before."""
    if path in SAME:
        return _same(path, values)
    planned = next((one for one in PLANNED if one.path == path), PROMOTION if path == ONCE else None)
    return _planned(path, planned, values) if planned else None


def _same(path: str, values: Values) -> Suggestion | None:
    before = values.get(SAME[path], "")
    if not before or values.get(path):
        return None
    if path == "capital.running.rent.amount":
        before_words = yuan(amount(values, SAME[path]))
        text = _("In part 4 you wrote %(amount)s for the place.") % {"amount": before_words}
        return Suggestion(text, _("Take over %(amount)s") % {"amount": before_words}, before)
    text = _("On the cover you wrote: %(text)s") % {"text": before}
    return Suggestion(text, _("Take it over"), before)


def _planned(path: str, planned: Planned, values: Values) -> Suggestion | None:
    if not planned.is_open(values) or values.get(planned.answer) == "yes" or amount(values, path):
        return None
    facts = {"what": planned_text(planned, values), "amount": yuan(planned.sum(values))}
    if path == ONCE:
        text = _("In part 4 you wrote: %(what)s. Is that paid once, at the start? Then count it in here.")
    elif planned is PROMOTION:
        text = _("In part 4 you wrote: %(what)s. Is that paid each month? Then count it in here.")
    else:
        text = _("In part 5 you wrote the fees: %(what)s. They are paid once: count them in here.")
    return Suggestion(text % facts, _("Count in %(amount)s") % facts, f"{planned.sum(values):.2f}")
