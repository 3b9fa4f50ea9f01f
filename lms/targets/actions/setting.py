"""Setting, changing and withdrawing targets. Nothing that a target ever said is lost."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from courses.catalogue.models import Programme
from courses.journal.actions import record
from courses.people.models import CategoryPeriod, Organisation, Region, User
from courses.people.permissions import require
from courses.words import listed
from lms.reports.measures import PERCENT, UNITS, measure
from lms.reports.rules import Period
from lms.targets import rules
from lms.targets.models import Target, TargetChange
from lms.targets.permissions import SET_TARGETS

HIGHEST = Decimal(100)


def set_target(
    *, title: str, organisation: Organisation, measure: str, unit: str, value: Decimal | int, period: Period,
    by: User | None, owner: Organisation | None = None, region: Region | None = None, programme: Programme | None = None,
    category: str = "", direction: str = Target.Direction.AT_LEAST, parent: Target | None = None, source: str = "",
    stated_done: int | None = None, stated_rate: Decimal | None = None, note: str = "", at: datetime | None = None,
) -> Target:  # fmt: skip
    """Set a target (TGT-1): so much of a measure, in its unit, by the classes of an organisation, in a period.

    `measure` is a code of `lms.reports.measures.MEASURES`; `owner` (the same organisation by default) is who asks for it.
    The same target set twice is one. Refuses (PermissionDenied) without the right to set targets at organisation and owner;
    (ValidationError) a missing title or unit, a unit that the measure does not have, a value that is not above nothing, a
    part that does not fit into its whole (TGT-4), and, without a note, a stated rate that does not follow (Z-1).
    """
    require(by, SET_TARGETS, organisation)
    require(by, SET_TARGETS, owner or organisation)
    target = Target(
        title=title.strip(), owner=owner or organisation, organisation=organisation, region=region, programme=programme,
        category=category, measure=measure, unit=unit, direction=direction, value=Decimal(value), first=period.first,
        last=period.last, parent=parent, source=source.strip(), stated_done=stated_done, stated_rate=stated_rate,
        note=note.strip(), created_at=at or timezone.now(), created_by=by,
    )  # fmt: skip
    with transaction.atomic():
        Organisation.objects.select_for_update().get(pk=organisation.pk)
        refuse_unfit(target)
        existing = Target.objects.standing().same_as(target).first()
        if existing:
            return existing
        target.save(force_insert=True)
        record(
            verb="targets.set_target", about=target, by=by, organisation=organisation, fields=Target.FACTS, at=at
        )  # fmt: skip
    return target


def change_target(
    *, target: Target, changes: Mapping[str, Any], reason: str, by: User | None, at: datetime | None = None
) -> Target:
    """Change a target; what it said before stays in its history, with the reason.

    `changes` are new values of some of `Target.FACTS`. Without a difference nothing is written. Refuses as `set_target`
    does, and (ValidationError) a missing reason, an unknown field, and a target that was withdrawn.
    """
    unknown = set(changes) - set(Target.FACTS)
    if unknown:
        raise ValidationError(_("A target has no %(fields)s.") % {"fields": listed(sorted(unknown))})
    with transaction.atomic():
        target = _locked(target, by)
        before = target.as_facts()
        for name, value in changes.items():
            setattr(target, name, value.strip() if isinstance(value, str) else value)
        require(by, SET_TARGETS, target.organisation)
        refuse_unfit(target)
        if target.as_facts() == before:
            return target
        _write_change(target, before, reason, by, at)
        target.save(update_fields=list(Target.FACTS))
    return target


def withdraw_target(*, target: Target, reason: str, by: User | None, at: datetime | None = None) -> Target:
    """Take a target off the board; its history, readings and reports stay. Withdrawing twice changes nothing.

    Refuses (PermissionDenied) without the right to set targets there; (ValidationError) a missing reason, and a whole whose
    parts still stand.
    """
    with transaction.atomic():
        if target.withdrawn_at is not None:
            return target
        target = _locked(target, by)
        if target.children.standing().exists():
            raise ValidationError(_("This target has parts. Withdraw them first."))
        _write_change(target, target.as_facts(), reason, by, at, after={"withdrawn": True})
        target.withdrawn_at = at or timezone.now()
        target.save(update_fields=["withdrawn_at"])
    return target


def _locked(target: Target, by: User | None) -> Target:
    found = Target.objects.select_for_update(of=("self",)).with_scope().get(pk=target.pk)
    require(by, SET_TARGETS, found.organisation)
    if found.withdrawn_at is not None:
        raise ValidationError(_("This target has been withdrawn."))
    return found


def _write_change(
    target: Target, before: dict[str, Any], reason: str, by: User | None, at: datetime | None,
    after: dict[str, Any] | None = None,
) -> None:  # fmt: skip
    if not reason.strip():
        raise ValidationError({"reason": _("Say why the target is changed.")})
    after = target.as_facts() if after is None else after
    changed = (
        [name for name in before if before[name] != after.get(name)] if "withdrawn" not in after else ["withdrawn_at"]
    )
    TargetChange.objects.create(
        target=target, before=before, after=after, reason=reason.strip(), changed_by=by,
        changed_at=at or timezone.now(),
    )  # fmt: skip
    record(
        verb="targets.change_target", about=target, by=by, organisation=target.organisation_id, fields=changed,
        reason=reason.strip(), at=at,
    )  # fmt: skip


def refuse_unfit(target: Target) -> None:
    """Refuse (ValidationError) a target that cannot be measured, does not fit into its whole, or contradicts its source."""
    _refuse_unmeasurable(target)
    if target.parent is not None:
        _refuse_unfit_part(target, target.parent)
    _refuse_small_whole(target)
    mismatch = target.mismatch
    if mismatch is not None and not target.note:
        raise ValidationError(
            {
                "note": mismatch_words(mismatch)
                + _(" Look at the source again, or say under “%(field)s” why it is kept.") % {"field": _("Note")}
            }
        )


def mismatch_words(mismatch: rules.Mismatch) -> str:
    """The sentence of Z-1: "填报完成率与计算值不符：155.8 % ≠ 17.0 %；反推目标 ≈ 4,500"."""
    return _(
        "The stated completion does not follow: %(stated)s %% ≠ %(computed)s %%; it implies a target of ≈ %(implied)s."
    ) % {
        "stated": rules.number_text(mismatch.stated),
        "computed": f"{mismatch.computed:,}",
        "implied": rules.number_text(mismatch.implied),
    }


def _refuse_unmeasurable(target: Target) -> None:
    counted = measure(target.measure)
    if not target.title:
        raise ValidationError({"title": _("Give the target a name.")})
    if counted is None:
        raise ValidationError({"measure": _("Choose what is counted.")})
    if not target.unit:
        raise ValidationError({"unit": _("A target needs a unit: persons, person-times, documents or per cent.")})
    if target.unit != counted.unit:
        raise ValidationError(
            {
                "unit": _("%(measure)s are counted in %(unit)s.")
                % {"measure": counted.title, "unit": UNITS[counted.unit]}
            }
        )
    if target.value <= 0:
        raise ValidationError({"value": _("A target is more than 0.")})
    if target.unit == PERCENT and target.value > HIGHEST:
        raise ValidationError({"value": _("A rate is at most 100 %.")})
    if target.unit != PERCENT and target.value != target.value.to_integral_value():
        raise ValidationError({"value": _("People and documents are whole numbers.")})
    if target.direction not in Target.Direction.values:
        raise ValidationError({"direction": _("Choose at least, at most or less than.")})
    if target.category and target.category not in CategoryPeriod.Category.values:
        raise ValidationError({"category": _("Choose a category from the list.")})


def _refuse_unfit_part(target: Target, whole: Target) -> None:
    """TGT-4: a part counts the same, in the same time, inside the same tree, and is not more than the whole."""
    ancestor: Target | None = whole
    while ancestor is not None:
        if target.pk and ancestor.pk == target.pk:
            raise ValidationError({"parent": _("A target is not a part of itself.")})
        ancestor = ancestor.parent
    if whole.measure != target.measure:
        raise ValidationError({"parent": _("A part counts the same as its whole.")})
    if target.first < whole.first or target.last > whole.last:
        raise ValidationError({"parent": _("A part runs within the time of its whole.")})
    if not target.organisation.path.startswith(whole.organisation.path):
        raise ValidationError({"parent": _("A part belongs to the organisation of its whole, or below it.")})
    if target.unit != PERCENT and target.value > whole.value:
        raise ValidationError(
            {"value": _("A part is not more than its whole: %(whole)s.") % {"whole": rules.number_text(whole.value)}}
        )


def _refuse_small_whole(target: Target) -> None:
    largest = target.children.standing().order_by("-value").first() if target.pk else None
    if largest is not None and target.unit != PERCENT and largest.value > target.value:
        raise ValidationError(
            {"value": _("One of its parts is %(part)s already.") % {"part": rules.number_text(largest.value)}}
        )
