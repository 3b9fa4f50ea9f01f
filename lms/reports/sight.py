"""Which personal values a reader sees in a table (PRV-1, PRV-3b): decided row by row, from two sets of organisations."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from certificates.issuing.models.issuers import BATCH_RIGHTS
from courses.classes.models import TrainingClass
from courses.people.models import CategoryPeriod, Learner, User
from courses.people.permissions import (
    PREPARE_CERTIFICATES,
    VIEW_CATEGORIES,
    VIEW_FULL_ID,
    VIEW_LEARNERS,
    organisations_where,
)

HIDDEN = "—"


@dataclass(frozen=True)
class Sight:
    """Organisations, by key, at which a reader sees identity numbers (masked), categories, the numbers of the certificate
    register, and full identity numbers.

    A trainer, whose rights are on classes and not on organisations, sees none of the four.
    """

    masked: frozenset[int] = frozenset()
    categories: frozenset[int] = frozenset()
    registers: frozenset[int] = frozenset()
    full: frozenset[int] = frozenset()

    @classmethod
    def of(cls, user: User) -> "Sight":
        """What a user sees without a second signature: no full number."""
        return cls(
            masked=_where(user, VIEW_LEARNERS, PREPARE_CERTIFICATES),
            categories=_where(user, VIEW_CATEGORIES),
            registers=_where(user, *BATCH_RIGHTS),
        )

    @classmethod
    def countersigned(cls, user: User, second: User) -> "Sight":
        """What a second person has signed for (PRV-2): full numbers where both of them may open one."""
        return replace(cls.of(user), full=_where(user, VIEW_FULL_ID) & _where(second, VIEW_FULL_ID))

    def identity(self, learner: Learner, training_class: TrainingClass) -> str:
        """The identity number of somebody in a class, as this reader sees it."""
        if training_class.host_id in self.full:
            return learner.id_number() or HIDDEN
        if {training_class.host_id, training_class.provider_id} & self.masked:
            return learner.id_masked or HIDDEN
        return HIDDEN

    def category(self, category: str, training_class: TrainingClass) -> str:
        """The category of somebody in a class, as a word, where this reader sees categories: at the place that holds them."""
        if not category or training_class.host_id not in self.categories:
            return HIDDEN
        return str(CategoryPeriod.Category(category).label)


def categories_at(events: Iterable[tuple[int, datetime]]) -> dict[tuple[int, datetime], str]:
    """The category of each learner at a moment of its own (TGT-6); "" where none is known. One query."""
    asked = set(events)
    periods: dict[int, list[CategoryPeriod]] = {}
    for period in CategoryPeriod.objects.filter(learner__in={learner for learner, _moment in asked}):
        periods.setdefault(period.learner_id, []).append(period)
    return {
        (learner, moment): next((one.category for one in periods.get(learner, []) if _runs(one, moment)), "")
        for learner, moment in asked
    }


def _runs(period: CategoryPeriod, moment: datetime) -> bool:
    return period.since <= moment and (period.until is None or period.until > moment)


def _where(user: User, *rights: str) -> frozenset[int]:
    return frozenset(organisations_where(user, rights).values_list("pk", flat=True))
