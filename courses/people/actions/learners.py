"""Verbs on one person's file: register, correct, admit, open the full number."""

from datetime import date, datetime
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from courses.journal.actions import record
from courses.people import rules
from courses.people.actions.identity import (
    clean_name,
    correct_identity,
    next_learner_no,
    pinyin,
    refuse_second_file,
    set_identity,
)
from courses.people.models import CategoryPeriod, Learner, Organisation, OrganisationUnit, Stay, User
from courses.people.permissions import MANAGE_LEARNERS, VIEW_FULL_ID, may, require


def register_learner(
    *,
    full_name: str,
    by: User | None,
    organisation: Organisation,
    id_number: str = "",
    learner_no: str = "",
    gender: str = "",
    birth_date: date | None = None,
    id_evidence: str = Learner.IdEvidence.UNVERIFIED,
    name_pinyin: str = "",
    unit: OrganisationUnit | None = None,
    category: str = "",
    at: datetime | None = None,
    literacy: int = Learner.Literacy.ADEQUATE,
    large_text: bool = False,
    read_aloud: bool = False,
) -> Learner:
    """Open one person's file and admit the person to an organisation.

    Gender and birth date come from the identity number where there is one (PER-2); without one the file is marked as
    pending (PER-5). Refuses (ValidationError) a number that cannot be right (PER-1 to PER-4), one that has a file
    already, a name that cannot be printed (PER-7), and entered facts that contradict the number.
    """
    require(by, MANAGE_LEARNERS, organisation)
    at = at or timezone.now()
    learner = new_file(
        at, learner_no=learner_no, full_name=full_name, id_number=id_number, id_evidence=id_evidence, literacy=literacy,
        large_text=large_text, read_aloud=read_aloud, gender=gender, birth_date=birth_date, name_pinyin=name_pinyin,
    )  # fmt: skip
    with transaction.atomic():
        _save_new(learner)
        record(verb="people.register_learner", about=learner, by=by, organisation=organisation, at=at)
        admit(learner=learner, organisation=organisation, unit=unit, by=by, at=at)
        if category:
            set_category(learner=learner, category=category, by=by, organisation=organisation, at=at)
    return learner


def new_file(at: datetime, *, full_name: str, id_number: str, name_pinyin: str, **facts: Any) -> Learner:
    """A file that is not stored yet, with a name that can be printed and an identity that can be right."""
    learner = Learner(full_name=clean_name(full_name), registered_at=at, **facts)
    learner.name_pinyin = name_pinyin or pinyin(learner.full_name)
    set_identity(learner, id_number, today=timezone.localdate(at))
    return learner


def _save_new(learner: Learner) -> None:
    """Store a new file under the next free number; two desks may be doing this at the same moment."""
    numbered = bool(learner.learner_no)
    for attempt in range(5):
        refuse_second_file(learner)
        learner.learner_no = learner.learner_no if numbered else next_learner_no()
        learner.display_name = rules.alias(learner.learner_no)
        learner.full_clean(validate_unique=numbered)
        try:
            with transaction.atomic():
                learner.save(force_insert=True)
            return
        except IntegrityError:
            refuse_second_file(learner)
            if numbered or attempt == 4:
                raise


CORRECTABLE = frozenset(
    "full_name name_pinyin former_names id_number id_evidence gender birth_date literacy large_text read_aloud".split()
)


def correct_learner(
    *, learner: Learner, by: User | None, organisation: Organisation, reason: str, **changes: object
) -> Learner:
    """Correct a file: name, identity number, evidence, reading needs. A reason is needed; the journal names the fields only.

    A new identity number brings its own gender and birth date. Refuses (ValidationError) a missing reason and whatever
    `register_learner` refuses; nothing changed writes nothing.
    """
    require(by, MANAGE_LEARNERS, organisation)
    if unknown := set(changes) - CORRECTABLE:
        raise TypeError(f"Cannot correct {sorted(unknown)}.")
    if not reason.strip():
        raise ValidationError({"reason": _("Say why the file is corrected.")})
    with transaction.atomic():
        learner = Learner.objects.select_for_update().get(pk=learner.pk)
        fields = {name for name, value in changes.items() if name == "id_number" or getattr(learner, name) != value}
        if "full_name" in fields:
            learner.full_name = clean_name(str(changes["full_name"]))
            learner.name_pinyin = str(changes.get("name_pinyin") or "") or pinyin(learner.full_name)
        for name in fields - {"full_name", "name_pinyin", "id_number"}:
            setattr(learner, name, changes[name])
        if "name_pinyin" in fields and "full_name" not in fields:
            learner.name_pinyin = str(changes["name_pinyin"])
        correct_identity(learner, fields, changes)
        if not fields:
            return learner
        learner.full_clean()
        learner.save()
        record(
            verb="people.correct_learner", about=learner, by=by, organisation=organisation, fields=fields, reason=reason
        )
    return learner


def admit(
    *,
    learner: Learner,
    organisation: Organisation,
    by: User | None,
    unit: OrganisationUnit | None = None,
    at: datetime | None = None,
    reason: str = Stay.Reason.ADMISSION,
    expected_release: date | None = None,
) -> Stay:
    """Begin a stay; an open one ends at the same instant (PER-6). The same place again returns the open stay.

    The expected day of release goes along to another unit, and to another place of the same kind: a transfer ends no term.
    Refuses (ValidationError) a unit of another organisation, a moment in the future and one before the open stay began.
    """
    require(by, MANAGE_LEARNERS, organisation)
    at = at or timezone.now()
    if at > timezone.now():
        raise ValidationError(_("An arrival is entered when it has happened, not before."))
    if unit and unit.organisation_id != organisation.pk:
        raise ValidationError({"unit": _("The unit belongs to another organisation.")})
    with transaction.atomic():
        Learner.objects.select_for_update().get(pk=learner.pk)
        current = Stay.objects.select_related("organisation").filter(learner=learner, until__isnull=True).first()
        if current:
            if current.organisation_id == organisation.pk and current.unit_id == (unit.pk if unit else None):
                return current
            _end(current, at)
            if expected_release is None and current.organisation.kind == organisation.kind:
                expected_release = current.expected_release
        stay = Stay.objects.create(
            learner=learner, organisation=organisation, unit=unit, since=at, reason=reason,
            expected_release=expected_release,
        )  # fmt: skip
        record(verb="people.admit", about=learner, by=by, organisation=organisation, at=at)
    return stay


def _end(stay: Stay, at: datetime) -> None:
    """End the open stay as the next one begins. Refuses (ValidationError) a moment before it began."""
    if at < stay.since:
        raise ValidationError(_("The move cannot be earlier than the arrival before it."))
    stay.until = at
    stay.save(update_fields=["until"])


def set_category(
    *, learner: Learner, category: str, by: User | None, organisation: Organisation, at: datetime | None = None
) -> CategoryPeriod:
    """Put the person into a category from a moment on; the one before ends then. The same category again changes nothing.

    Refuses (ValidationError) a moment before the present category began.
    """
    require(by, MANAGE_LEARNERS, organisation)
    at = at or timezone.now()
    with transaction.atomic():
        Learner.objects.select_for_update().get(pk=learner.pk)
        current = CategoryPeriod.objects.filter(learner=learner, until__isnull=True).first()
        if current:
            if current.category == category:
                return current
            if at < current.since:
                raise ValidationError(_("The new category cannot begin before the present one."))
            current.until = at
            current.save(update_fields=["until"])
        period = CategoryPeriod(learner=learner, category=category, since=at)
        period.full_clean()
        period.save()
        record(verb="people.set_category", about=learner, by=by, organisation=organisation, fields=["category"], at=at)
    return period


def open_full_id(*, learner: Learner, by: User, organisation: Organisation, reason: str) -> str:
    """The full identity number, for a reason that is written down (PRV-1).

    Refuses (PermissionDenied) without the right `view_full_id` where the learner is now, and (ValidationError) without
    a reason.
    """
    here = Stay.objects.open().filter(learner=learner, organisation=organisation).exists()
    if not here or not may(by, VIEW_FULL_ID, organisation):
        raise PermissionDenied
    if not reason.strip():
        raise ValidationError({"reason": _("Say why you need the full number.")})
    with transaction.atomic():
        record(
            verb="people.open_full_id",
            about=learner,
            by=by,
            organisation=organisation,
            fields=["id_number"],
            reason=reason,
        )
    return learner.id_number()
