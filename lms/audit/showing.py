"""How entries are shown: words for acts and kinds, and the name of a thing that tells nobody anything personal."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from certificates.issuing.models import ChangeRequest
from courses.classes.models import Enrolment
from courses.journal.models import JournalEntry
from courses.journal.words import WORDS, words_of
from courses.people.models import Learner, Organisation, User
from courses.plans.models.local_values import LOCAL_LABELS

# Where the name of a thing stands: numbers of classes, learners and certificates, names of places and accounts; never a person's.
NAMES: dict[str, tuple[str, ...]] = {
    "attendance.attendancerecord": ("session__training_class__class_no", "enrolment__learner__learner_no"),
    "attendance.correction": ("record__session__training_class__class_no", "record__enrolment__learner__learner_no"),
    "attendance.register": ("session__training_class__class_no",),
    "catalogue.course": ("code",),
    "catalogue.edition": ("course__code", "title"),
    "classes.classsession": ("training_class__class_no", "topic"),
    "classes.enrolment": ("training_class__class_no", "learner__learner_no"),
    "classes.trainerassignment": ("training_class__class_no", "user__username"),
    "classes.trainingclass": ("class_no",),
    "classes.waitingentry": ("training_class__class_no", "learner__learner_no"),
    "exams.attempt": ("sitting__exam__training_class__class_no", "entry__enrolment__learner__learner_no"),
    "exams.exam": ("training_class__class_no", "title"),
    "exams.examentry": ("enrolment__training_class__class_no", "enrolment__learner__learner_no"),
    "exams.grade": ("exam__training_class__class_no", "entry__enrolment__learner__learner_no"),
    "exams.gradecorrection": ("grade__exam__training_class__class_no", "grade__entry__enrolment__learner__learner_no"),
    "exams.sitting": ("exam__training_class__class_no", "exam__title"),
    "issuing.batch": ("issuer__public_name", "pk"),
    "issuing.batchitem": ("outcome__enrolment__training_class__class_no", "outcome__enrolment__learner__learner_no"),
    "issuing.certificate": ("number",),
    "issuing.certificatetype": ("title",),
    "issuing.changerequest": ("certificate__number",),
    "issuing.issuer": ("public_name",),
    "issuing.signingkey": ("kid",),
    "pages.cataloguepage": ("title",),
    "pages.homepage": ("title",),
    "people.countersign": ("act",),
    "people.learner": ("learner_no",),
    "people.organisation": ("name",),
    "people.organisationunit": ("organisation__name", "name"),
    "people.post": ("user__username", "organisation__name"),
    "people.region": ("name",),
    "people.room": ("organisation__name", "name"),
    "people.user": ("username",),
    "plans.classprint": ("training_class__class_no",),
    "plans.comment": ("plan__enrolment__training_class__class_no", "plan__enrolment__learner__learner_no"),
    "plans.localvalue": ("code", "region__name"),
    "plans.plan": ("enrolment__training_class__class_no", "enrolment__learner__learner_no"),
    "questions.bank": ("title",),
    "questions.question": ("bank__title", "pk"),
    "results.completioncorrection": ("enrolment__training_class__class_no", "enrolment__learner__learner_no"),
    "results.outcome": ("enrolment__training_class__class_no", "enrolment__learner__learner_no"),
    "rosters.rosterimport": ("organisation__name",),
    "targets.submission": ("organisation__name",),
    "targets.target": ("title",),
    "terminals.terminal": ("name",),
}
# The kinds that are found by the first part of their name.
SOUGHT = (
    "attendance.attendancerecord", "attendance.register", "catalogue.course", "classes.classsession", "classes.enrolment",
    "classes.trainingclass", "exams.attempt", "exams.exam", "exams.sitting", "issuing.certificate", "issuing.issuer",
    "people.learner", "people.organisation", "people.post", "people.user", "plans.plan", "questions.bank", "results.outcome",
    "targets.target", "terminals.terminal",
)  # fmt: skip
# Requests for a signature that are called otherwise than the act itself.
SIGNED = {"attendance.correct": "attendance.correct_record", "reports.export_full": "reports.sign_export"}


def _signed(act: str) -> str:
    return str(WORDS.get(SIGNED.get(act, act), ""))


# Where the first part of a name is a code, what it is called.
CODES: dict[str, Callable[[str], str]] = {
    "people.countersign": _signed,
    "plans.localvalue": lambda code: str(LOCAL_LABELS.get(code, code)),
}
# Acts whose reason is written down as a code, and the words for it.
REASONS: dict[str, Mapping[str, Any]] = {
    "classes.withdraw": dict(Enrolment.EndReason.choices),
    "issuing.revoke": dict(ChangeRequest.Reason.choices),
    "issuing.supersede": dict(ChangeRequest.Reason.choices),
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
    reason: str

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


def reason_of(entry: JournalEntry) -> str:
    """Why, in words: some acts write down a code, which stays in the sealed entry as it is."""
    known = REASONS.get(entry.verb, {}).get(entry.reason)
    if known is not None:
        return str(known)
    if entry.verb == "plans.set_local_value":
        code, _blank, amount = entry.reason.partition(" ")
        return f"{LOCAL_LABELS.get(code, code)} {amount.replace(' -> ', ' → ')}"
    return _(entry.reason) if entry.reason and entry.actor_kind == JournalEntry.Actor.SYSTEM else entry.reason


def fields_of(entry: JournalEntry, *, bare: bool = True) -> list[str]:
    """The names of the fields that an act touched, as the screens call them; `bare`: and as the programs do."""
    try:
        known = {field.name: field for field in apps.get_model(entry.object_label)._meta.get_fields()}
    except LookupError:
        known = {}
    names = ((name, getattr(known.get(name), "verbose_name", "")) for name in entry.fields)
    return [(f"{words}（{name}）" if bare else str(words)) if words else name for name, words in names]


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
            thing=names.get((entry.object_label, entry.object_id)) or _("no. %(number)s") % {"number": entry.object_id},
            organisation=str(places.get(entry.organisation_id) or _("the system itself")),
            reason=reason_of(entry),
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
        rows: Any = apps.get_model(label)._base_manager.filter(pk__in=keys).values_list("pk", *NAMES[label])
        found |= {(label, str(key)): _name(label, parts) for key, *parts in rows}
    return found


def _name(label: str, parts: list[Any]) -> str:
    """The parts of a name in one line; a part that is only a number says so."""
    if label in CODES and parts[0]:
        parts = [CODES[label](parts[0]), *parts[1:]]
    words = [_("no. %(number)s") % {"number": part} if isinstance(part, int) else str(part) for part in parts if part]
    return " · ".join(word for word in words if word)
