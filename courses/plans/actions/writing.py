"""What the learner does: write into a plan, take a row out. A reply is sent after the commit, never before.

Whoever writes a plan locks its row first, then reads what stands there: the newest text wins, what it replaced stays in the log.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from courses.people.models import Learner
from courses.plans.book import Place
from courses.plans.models import Plan, PlanLog, Section
from courses.plans.texts import other_end, refuse_backwards, stored_text
from courses.prepared import Prepared
from courses.terminals.models import Terminal

_LOCK = Plan.objects.select_for_update(of=("self",)).order_by().select_related("enrolment__training_class")
LOCKED = Prepared(lambda pk, learner: _LOCK.filter(pk=pk, enrolment__learner=learner), int, int)
SECTION = Prepared(lambda plan, code: Section.objects.order_by().filter(plan=plan, code=code), int, str)


class Closed(ValidationError):
    """The plan cannot be written now: handed in, accepted, or its class is over."""


class NoSuchField(ValidationError):
    """The workbook has no such place."""


@dataclass(frozen=True)
class Saved:
    """What is stored in a field now. `replaced` is what somebody else had written since the version that the page showed, and
    what this text took the place of; None where nothing was lost from sight. `refused` says why what was typed is not stored
    (only of a page with many fields); `value` is then what stood there before."""

    path: str
    value: str
    version: int
    replaced: str | None = None
    refused: str = ""


def save_field(
    *, plan: Plan | int, path: str, value: str, by: Learner, base_version: int | None = None,
    terminal: Terminal | None = None, at: datetime | None = None,
) -> Saved:  # fmt: skip
    """Store the text of one field: the hottest path of the workbook. The same text again writes nothing.

    `base_version` is the version that the page showed. Where somebody has written since (another tab, another terminal) the
    newest text wins all the same; the older one stays in the log and comes back as `replaced`. Writes no journal.
    Raises `Plan.DoesNotExist` for a plan that is not this learner's. Refuses (Closed) a plan that cannot be written now;
    (NoSuchField) a place that the book has not; (ValidationError) what cannot stand in the field.
    """
    moment = at or timezone.now()
    with transaction.atomic():
        row = locked(plan, by)
        place = place_of(row, path)
        text = stored_text(place, value)
        section = section_of(row, place.section.code)
        refuse_backwards(path, text, section.text(other_end(path)))
        saved = _write(row, section, {path: (text, base_version)}, terminal, moment)
        _be_at(row, path)
    return saved[path]


def save_section(
    *, plan: Plan | int, section: str, values: Mapping[str, str], shown: Mapping[str, int], by: Learner,
    terminal: Terminal | None = None, at: datetime | None = None,
) -> dict[str, Saved]:  # fmt: skip
    """Store the fields of one page, as a form posts them. What cannot stand in its field is not stored and comes back with the
    sentence that says why (`Saved.refused`); it keeps none of the others from being stored.

    `shown` are the versions that the page showed. A field that still has the text that was shown is left alone, so that a page
    that stood open does not bring old texts back. Returns what is stored in each field.
    Refuses (NoSuchField) a place of another section or of no book, and then stores nothing; (Closed) a closed plan.
    """
    moment = at or timezone.now()
    with transaction.atomic():
        row = locked(plan, by)
        stored = section_of(row, section)
        texts, refused = _read(row, stored, values)
        before = _texts_shown(row, stored, {path: shown[path] for path in texts if path in shown})
        new = {path: (text, shown.get(path)) for path, text in texts.items() if before.get(path) != text}
        saved = _write(row, stored, new, terminal, moment)
        if new:
            _be_at(row, list(new)[-1])
        untouched = {
            path: Saved(path, stored.text(path), stored.version(path), refused=refused.get(path, ""))
            for path in values
            if path not in new
        }
    return untouched | saved


def remove_row(
    *, plan: Plan | int, table: str, row: str, by: Learner, terminal: Terminal | None = None, at: datetime | None = None
) -> int:
    """Take a row out of a table ("assets.tools", "3"): its cells are emptied, and those of the tables that go on with the same
    rows (a product's forecast). Returns how many cells were emptied. Refuses whatever `save_field` refuses.
    """
    moment = at or timezone.now()
    emptied = 0
    with transaction.atomic():
        found = locked(plan, by)
        cells = _cells_of_row(found, table, row)
        for code, paths in cells.items():
            section = section_of(found, code)
            filled: dict[str, tuple[str, int | None]] = {path: ("", None) for path in paths if section.text(path)}
            emptied += len(_write(found, section, filled, terminal, moment))
    return emptied


def choose_way(*, plan: Plan, way: str, by: Learner) -> Plan:
    """Go through the plan by single questions ("guided") or by whole tables ("full"); both write the same plan."""
    if way not in Plan.Path.values:
        raise ValidationError(_("Please choose from the answers that are offered."))
    if not Plan.objects.filter(pk=plan.pk, enrolment__learner=by).update(path=way):
        raise Plan.DoesNotExist
    plan.path = way
    return plan


def locked(plan: Plan | int, learner: Learner) -> Plan:
    """A learner's own plan, locked until the end of the transaction, open for writing. Refuses (Closed) one that is not."""
    row = LOCKED.one(plan if isinstance(plan, int) else plan.pk, learner.pk)
    refuse_closed(row)
    return row


def refuse_closed(plan: Plan) -> None:
    """Refuse (Closed) a plan that cannot be written now, saying why."""
    if plan.is_open:
        return
    if plan.state == Plan.State.HANDED_IN:
        raise Closed(_("You have handed in your plan. While it is read it cannot be changed."))
    if plan.state == Plan.State.ACCEPTED:
        raise Closed(_("Your plan is accepted. You can read and print it."))
    raise Closed(_("The class is over for you. You can read and print your plan."))


def place_of(plan: Plan, path: str) -> Place:
    """The place of the plan's book with this path. Refuses (NoSuchField) a path that it has not."""
    try:
        return plan.workbook.place(path)
    except (KeyError, IndexError):
        raise NoSuchField(_("This workbook has no such field.")) from None


def section_of(plan: Plan, code: str) -> Section:
    """What is stored of a section, read with the plan locked. A section that a newer book has added begins here."""
    found = SECTION(plan.pk, code)
    return found[0] if found else Section.objects.create(plan=plan, code=code)


def _read(plan: Plan, section: Section, values: Mapping[str, str]) -> tuple[dict[str, str], dict[str, str]]:
    """What is to be stored by path, and why the rest cannot be."""
    texts, refused = {}, {}
    for path, typed in values.items():
        place = place_of(plan, path)
        if place.section.code != section.code:
            raise NoSuchField(_("This workbook has no such field."))
        try:
            text = stored_text(place, typed)
            other = other_end(path)
            refuse_backwards(path, text, values.get(other, section.text(other)))
            texts[path] = text
        except ValidationError as refusal:
            refused[path] = refusal.messages[0]
    return texts, refused


def _texts_shown(plan: Plan, section: Section, shown: Mapping[str, int]) -> dict[str, str]:
    """The texts that a page showed, by the versions it knew. One query where some are no longer the newest."""
    texts = {path: section.text(path) for path, version in shown.items() if version == section.version(path)}
    texts |= {path: "" for path, version in shown.items() if version == 0}
    older = {path for path in shown if path not in texts}
    if older:
        log = PlanLog.objects.filter(plan=plan, path__in=older).values_list("path", "version", "value")
        texts |= {path: value for path, version, value in log if version == shown[path]}
    return texts


def _write(
    plan: Plan, section: Section, new: Mapping[str, tuple[str, int | None]], terminal: Terminal | None, at: datetime
) -> dict[str, Saved]:
    """Store texts of one section, each with the version that its page showed; log what is new."""
    saved: dict[str, Saved] = {}
    log: list[PlanLog] = []
    for path, (text, base) in new.items():
        was, version = section.text(path), section.version(path)
        if text == was:
            saved[path] = Saved(path, was, version)
            continue
        unseen = version if base is not None and base != version else None
        section.values[path] = [text, version + 1]
        log.append(PlanLog(
            plan=plan, path=path, value=text, version=version + 1, unseen=unseen, at=at, terminal=terminal
        ))  # fmt: skip
        saved[path] = Saved(path, text, version + 1, None if unseen is None else was)
    if log:
        section.changed_at = at
        section.save(update_fields=["values", "changed_at"])
        PlanLog.objects.bulk_create(log)
    return saved


def _be_at(plan: Plan, path: str) -> None:
    """Note where the learner is, to go on there the next day."""
    if plan.last_path != path:
        plan.last_path = path
        plan.save(update_fields=["last_path"])


def _cells_of_row(plan: Plan, table: str, row: str) -> dict[str, list[str]]:
    """The paths of a numbered row by section, with those of the tables that share its rows."""
    cells: dict[str, list[str]] = {}
    for place in _numbered(plan):
        path = f"{place.section.code}.{place.table.code}" if place.table else ""
        if place.row == row and place.table and table in (path, place.table.rows_of):
            cells.setdefault(place.section.code, []).append(place.path)
    own = {path.rsplit(".", 2)[0] for paths in cells.values() for path in paths}
    if table not in own:
        raise NoSuchField(_("This workbook has no such field."))
    return cells


def _numbered(plan: Plan) -> Iterable[Place]:
    return (place for place in plan.workbook.places() if place.table and not place.table.fixed)
