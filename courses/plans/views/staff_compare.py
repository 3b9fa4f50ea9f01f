"""The versions of a plan side by side."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.generic import TemplateView

from courses.plans.book import Book
from courses.plans.models import Plan, values_of
from courses.plans.views.staff_screen import PlanScreen
from courses.plans.wording import place_name, text_of


class CompareAttempts(PlanScreen, TemplateView):
    """What was handed in each time, and what stands there now, side by side: the fields that differ."""

    template_name = "plans/staff_compare.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        columns = [(version_name(one.number), one.values) for one in self.hand_ins]
        if self.plan.state in (Plan.State.WRITING, Plan.State.RETURNED):
            columns.append((_("now"), values_of(self.plan)))
        return super().get_context_data(
            columns=[name for name, _values in columns],
            sections=list(differences(self.book, [values for _name, values in columns])),
            **kwargs,
        )


def differences(book: Book, versions: list[Mapping[str, str]]) -> Any:
    """By section the fields whose texts are not the same in all versions: (section, [(name, texts)])."""
    newest = versions[-1] if versions else {}
    rows: dict[str, list[tuple[str, list[str]]]] = {}
    for place in book.places():
        texts = [values.get(place.path, "") for values in versions]
        if len(set(texts)) > 1:
            line = (place_name(place, newest), [text_of(place.field, text) for text in texts])
            rows.setdefault(place.section.code, []).append(line)
    return ((book.section(code), lines) for code, lines in rows.items())


def version_name(number: int) -> str:
    """What an attempt is called."""
    return pgettext("of a plan", "version %(number)s") % {"number": number}
