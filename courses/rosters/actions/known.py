"""What the database knows of the people on a roster."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from courses.classes.actions.drafting import OVER
from courses.classes.models import Enrolment, TrainingClass
from courses.people.models import Learner, Organisation, Stay, User
from courses.people.rules import comparable_name
from courses.rosters.actions.drafts import Draft, name_of
from courses.terminals.models import LoginCard


@dataclass
class Known:
    """What the database knows of the people on the list, in as many queries for a thousand rows as for one."""

    files: dict[str, Learner]  # by keyed hash of the identity
    numbers: dict[str, Learner]
    namesakes: dict[str, list[Learner]]  # at the place, by comparable name
    visible: set[int]
    stays: dict[int, Stay]
    carded: set[int]
    enrolments: dict[int, Enrolment]  # in the class
    waiting: set[int]
    busy: dict[int, Enrolment]  # in another class in the same days
    free: int  # places in the class


def known_of(
    drafts: Sequence[Draft], organisation: Organisation, training_class: TrainingClass | None, by: User | None, at: datetime,
) -> Known:  # fmt: skip
    """What is known at a moment of everybody whom the rows may mean; `by` sees only some of them."""
    hashes = {one.id_hash for one in drafts if one.id_hash}
    numbers = {one.number for one in drafts if one.number}
    names = {name_of(one) for one in drafts}
    by_hash = {one.id_hash: one for one in Learner.objects.filter(id_hash__in=hashes)} if hashes else {}
    by_number = {one.learner_no: one for one in Learner.objects.filter(learner_no__in=numbers)} if numbers else {}
    namesakes: dict[str, list[Learner]] = {}
    for one in Learner.objects.at(organisation, at).filter(full_name__in=names):
        namesakes.setdefault(comparable_name(one.full_name), []).append(one)
    found = [*by_hash.values(), *by_number.values(), *(one for group in namesakes.values() for one in group)]
    seen = Learner.objects.visible_to(by) if by is not None else Learner.objects.all()
    enrolments, waiting, busy, free = _in_class(found, training_class)
    return Known(
        files={key: one for key, one in by_hash.items() if key},
        numbers=by_number,
        namesakes=namesakes,
        visible=set(seen.filter(pk__in=[one.pk for one in found]).values_list("pk", flat=True)),
        stays={one.learner_id: one for one in Stay.objects.open(at).filter(learner__in=found).select_related("organisation")},
        carded=set(LoginCard.objects.live().filter(learner__in=found).values_list("learner", flat=True)),
        enrolments=enrolments,
        waiting=waiting,
        busy=busy,
        free=free,
    )  # fmt: skip


def _in_class(
    found: Sequence[Learner], training_class: TrainingClass | None
) -> tuple[dict[int, Enrolment], set[int], dict[int, Enrolment], int]:
    if training_class is None:
        return {}, set(), {}, 0
    enrolments = {one.learner_id: one for one in training_class.enrolments.filter(learner__in=found)}
    waiting = training_class.waiting.filter(learner__in=found, ended_at=None).values_list("learner", flat=True)
    others = Enrolment.objects.filter(
        learner__in=found, ended_at=None, training_class__starts_on__lte=training_class.ends_on,
        training_class__ends_on__gte=training_class.starts_on,
    ).exclude(training_class__state__in=OVER).exclude(training_class=training_class)  # fmt: skip
    busy = {one.learner_id: one for one in others.select_related("training_class")}
    free = training_class.capacity - training_class.enrolments.on_roster().count()
    return enrolments, set(waiting), busy, max(0, free)
