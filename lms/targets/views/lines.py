"""A board of targets as lines: figures, shares, the bar's numbers and the words beside it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.people.models import User
from lms.reports.counted import COUNTED
from lms.reports.measures import Figure
from lms.reports.permissions import may_choose_category
from lms.targets import rules
from lms.targets.actions.reading import figures_of
from lms.targets.actions.setting import mismatch_words
from lms.targets.actions.submitting import in_tree_order
from lms.targets.models import Target

State = rules.State
# words, kind and icon of components/chip.html
STATES: dict[str, tuple[Any, str, str]] = {
    State.REACHED: (gettext_lazy("reached"), "good", "ok"),
    State.AHEAD: (gettext_lazy("ahead of time"), "good", "check"),
    State.BEHIND: (gettext_lazy("behind time"), "stop", "look"),
    State.MISSED: (gettext_lazy("not reached"), "stop", "look"),
    State.UNKNOWN: (gettext_lazy("nothing to say yet"), "plain", "clock"),
}


@dataclass(frozen=True)
class Reader:
    """Whoever looks at a board. `by_category`: may narrow a list to a category of people (PRV-3b); who may not sees the number alone."""

    by_category: bool

    @classmethod
    def of(cls, user: User) -> "Reader":
        """What a user may follow: the lists behind all measures ask for the same."""
        return cls(may_choose_category(user, COUNTED[0]))


@dataclass
class Line:
    """One target on a day, with its figure; `parts` are the lines of its children."""

    target: Target
    figure: Figure | None  # None: not begun
    as_of: date
    depth: int = 0
    parts: list["Line"] = field(default_factory=list)
    reader: "Reader | None" = None  # whoever may follow the numbers to their lists

    @property
    def measure(self) -> Any:
        return self.target.counted

    @property
    def is_rate(self) -> bool:
        return self.measure.is_rate

    @property
    def done(self) -> int | None:
        return self.figure.numerator if self.figure else None

    @property
    def whole(self) -> int | Decimal | None:
        """What the figure is a part of: the target's value, or, of a rate, all of them."""
        return (self.figure.denominator if self.figure else None) if self.is_rate else self.target.value

    @property
    def done_text(self) -> str:
        return rules.number_text(self.done)

    @property
    def whole_text(self) -> str:
        return rules.number_text(self.whole)

    @property
    def unit(self) -> str:
        """The unit of both numbers; of a rate, what its list counts."""
        return str(self.measure.list.unit) if self.is_rate else self.measure.unit_word

    @property
    def share(self) -> str:
        """Completion with one decimal, or the rate with two; "—" where there is nothing to divide by (TGT-5)."""
        if self.is_rate:
            return rules.rate_text(self.done, self.figure.denominator if self.figure else None)
        return rules.completion_text(self.done, self.target.value)

    @property
    def gone(self) -> Fraction:
        return rules.time_gone(self.target.first, self.target.last, self.as_of)

    @property
    def pace(self) -> Fraction | None:
        """Where the mark of the time stands, in per cent; a rate has none."""
        return None if self.is_rate else self.gone * 100

    @property
    def need(self) -> Decimal | None:
        """Where the mark of a rate's goal stands, in the unit of the denominator."""
        return Decimal(self.whole or 0) * self.target.value / 100 if self.is_rate and self.whole else None

    @property
    def state(self) -> rules.State:
        if self.figure is None:
            return State.UNKNOWN
        direction = rules.Direction(self.target.direction)
        if self.is_rate:
            return rules.state_of_rate(
                self.figure.numerator, self.figure.denominator or 0, self.target.value, direction
            )
        return rules.state_of_count(self.figure.numerator, self.target.value, direction, self.gone)

    @property
    def chip(self) -> dict[str, Any]:
        words, kind, icon = STATES[self.state]
        return {"text": words, "kind": kind, "icon": icon}

    @property
    def is_late(self) -> bool:
        return self.state in (State.BEHIND, State.MISSED)

    @property
    def difference(self) -> str:
        """How far it is from the target, in words."""
        if self.figure is None:
            return _("begins on %(day)s") % {"day": self.target.first.isoformat()}
        if self.is_rate:
            return _("target %(goal)s %%") % {"goal": self.target.goal}
        if self.target.direction != Target.Direction.AT_LEAST:
            return _("target %(goal)s %(unit)s") % {"goal": self.target.goal, "unit": self.unit}
        left = self.target.value - self.figure.numerator
        text = _("%(count)s %(unit)s to go") if left > 0 else _("%(count)s %(unit)s more than the target")
        return text % {"count": rules.number_text(abs(left)), "unit": self.unit} if left else _("exactly the target")

    @property
    def in_time(self) -> str:
        """The time-proportional line, apart from the completion (Z-2): "9/12 of the time: 337.5; 207.7 % of it"."""
        if self.is_rate or self.figure is None or not self.gone or self.target.direction != Target.Direction.AT_LEAST:
            return ""
        asked = rules.proportional(self.target.value, self.gone)
        return _("by now, in step with time: %(asked)s %(unit)s · %(share)s of it") % {
            "asked": rules.number_text(asked), "unit": self.unit,
            "share": rules.completion_text(self.figure.numerator, asked),
        }  # fmt: skip

    @property
    def sums(self) -> str:
        """The parts beside the whole (TGT-4): of the targets, and of what was counted."""
        if not self.parts or self.is_rate or self.figure is None:
            return ""
        goals = rules.sum_beside([one.target.value for one in self.parts], self.target.value)
        reached = rules.sum_beside([one.done or 0 for one in self.parts], self.figure.numerator)
        return _("parts together: target %(goal)s (%(goal_off)s), done %(done)s (%(done_off)s)") % {
            "goal": rules.number_text(goals.parts), "goal_off": _off(goals.difference),
            "done": rules.number_text(reached.parts), "done_off": _off(reached.difference),
        }  # fmt: skip

    @property
    def warning(self) -> str:
        """What contradicts itself in its source (Z-1)."""
        mismatch = self.target.mismatch
        return mismatch_words(mismatch) if mismatch else ""

    @property
    def url(self) -> str:
        """The list of exactly the rows that the number counts (TGT-8)."""
        return self._list_of(self.measure.list) if self.done else ""

    @property
    def whole_url(self) -> str:
        """The same of a rate's denominator."""
        return self._list_of(self.measure.whole) if self.is_rate and self.whole else ""

    def _list_of(self, table: Any) -> str:
        period = self.target.period(self.as_of)
        if period is None or self.reader is None or (self.target.category and not self.reader.by_category):
            return ""
        return table.url(self.target.scope, period)

    @property
    def label(self) -> str:
        """The bar in words."""
        return f"{self.target.title} {self.done_text} / {self.whole_text} {self.unit}, {self.share}"


def _off(difference: Decimal) -> str:
    if not difference:
        return _("the same as the whole")
    text = _("%(count)s more than the whole") if difference > 0 else _("%(count)s less than the whole")
    return text % {"count": rules.number_text(abs(difference))}


def lines_of(targets: Iterable[Target], as_of: date, reader: User | None = None) -> list[Line]:
    """The lines of some targets, each followed by its parts; one question for all their figures."""
    chosen = in_tree_order(list(targets))
    figures = figures_of(chosen, as_of)
    known = {one.pk: figures.get(one.pk) for one in chosen}
    return as_lines(chosen, known, as_of, Reader.of(reader) if reader else None)


def as_lines(
    chosen: list[Target], figures: dict[Any, Figure | None], as_of: date, reader: Reader | None = None
) -> list[Line]:
    """Targets in the order of their tree, as lines that know their depth and their parts."""
    found: dict[int, Line] = {}
    for target in chosen:
        above = found.get(target.parent_id) if target.parent_id else None
        line = Line(target, figures[target.pk], as_of, above.depth + 1 if above else 0, reader=reader)
        found[target.pk] = line
        if above:
            above.parts.append(line)
    return list(found.values())
