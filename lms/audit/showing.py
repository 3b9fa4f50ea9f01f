"""How entries are shown: words for acts and kinds, and the name of a thing that tells nobody anything personal."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from courses.journal.models import JournalEntry
from courses.journal.words import words_of
from courses.people.models import Learner, Organisation, User

# Where the name of a thing stands: numbers of classes, learners and certificates, names of places and accounts; never a person's.
NAMES = {
    "classes.trainingclass": "class_no",
    "classes.enrolment": "training_class__class_no",
    "classes.classsession": "training_class__class_no",
    "attendance.register": "session__training_class__class_no",
    "attendance.attendancerecord": "session__training_class__class_no",
    "exams.exam": "training_class__class_no",
    "exams.sitting": "exam__training_class__class_no",
    "exams.attempt": "sitting__exam__training_class__class_no",
    "results.outcome": "enrolment__training_class__class_no",
    "issuing.certificate": "number",
    "people.learner": "learner_no",
    "people.organisation": "name",
    "people.user": "username",
    "people.post": "user__username",
    "terminals.terminal": "name",
    "catalogue.course": "code",
}


@dataclass(frozen=True)
class Line:
    """One entry as it is read."""

    entry: JournalEntry
    act: str
    who: str
    kind: str
    thing: str
    organisation: str

    @property
    def about(self) -> str:
        """For the link to everything that was done to the same thing."""
        return f"{self.entry.object_label}:{self.entry.object_id}"


def kind_of(label: str) -> str:
    """What a kind of object is called; the bare label where the model is gone."""
    try:
        return capfirst(str(apps.get_model(label)._meta.verbose_name))
    except LookupError:
        return label


def fields_of(entry: JournalEntry) -> list[str]:
    """The names of the fields that an act touched, as the screens call them."""
    try:
        known = {field.name: field for field in apps.get_model(entry.object_label)._meta.get_fields()}
    except LookupError:
        known = {}
    names = ((name, getattr(known.get(name), "verbose_name", "")) for name in entry.fields)
    return [f"{words}（{name}）" if words else name for name, words in names]


def lines(entries: Iterable[JournalEntry]) -> list[Line]:
    """The entries as they are read: one query for each kind of thing among them, however many they are."""
    entries = list(entries)
    users = User.objects.in_bulk(_actors(entries, JournalEntry.Actor.USER))
    learners = Learner.objects.in_bulk(_actors(entries, JournalEntry.Actor.LEARNER))
    places = Organisation.objects.in_bulk({entry.organisation_id for entry in entries})
    names = _names(entries)
    return [
        Line(
            entry=entry,
            act=words_of(entry.verb),
            who=_who(entry, users, learners),
            kind=kind_of(entry.object_label),
            thing=names.get((entry.object_label, entry.object_id), f"#{entry.object_id}"),
            organisation=str(places.get(entry.organisation_id) or _("the system itself")),
        )
        for entry in entries
    ]


def _actors(entries: list[JournalEntry], kind: str) -> set[int | None]:
    return {entry.actor_id for entry in entries if entry.actor_kind == kind}


def _who(entry: JournalEntry, users: dict[int, User], learners: dict[int, Learner]) -> str:
    if entry.actor_kind == JournalEntry.Actor.USER and entry.actor_id in users:
        user = users[entry.actor_id]
        return user.get_full_name() or user.username
    if entry.actor_kind == JournalEntry.Actor.LEARNER and entry.actor_id in learners:
        return learners[entry.actor_id].display_name
    return entry.get_actor_kind_display()


def _names(entries: list[JournalEntry]) -> dict[tuple[str, str], str]:
    wanted: dict[str, set[str]] = {}
    for entry in entries:
        if entry.object_label in NAMES:
            wanted.setdefault(entry.object_label, set()).add(entry.object_id)
    found: dict[tuple[str, str], str] = {}
    for label, keys in wanted.items():
        rows: Any = apps.get_model(label)._base_manager.filter(pk__in=keys).values_list("pk", NAMES[label])
        found |= {(label, str(key)): str(name) for key, name in rows if name}
    return found
