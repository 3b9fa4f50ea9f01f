"""Adding, publishing and withdrawing courses."""

from collections.abc import Sequence
from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models, transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.catalogue import rules
from courses.catalogue.models import Course, CourseUnit, Edition, LessonText, Occupation
from courses.catalogue.rules import EditionFacts, UnitFacts
from courses.journal.actions import record
from courses.people.models import Organisation, User
from courses.people.permissions import AUTHOR_COURSES, PUBLISH_COURSES, may

SENTENCES: dict[str, str | Promise] = {
    "title": gettext_lazy("Give the course, and each module and lesson, a title."),
    "hours": gettext_lazy("Enter the hours of theory and practice. Together they must be more than 0."),
    "can_do": gettext_lazy("Write at least one thing that a person can do after this course. Certificates print it."),
    "pass_rule": gettext_lazy("Marks and attendance are whole numbers from 0 to 100."),
    "plan": gettext_lazy(
        "Marks for a business plan need the workbook “Business plan (SYB-style)”. Choose it, or leave the marks empty."
    ),
    "workbook": gettext_lazy("Choose one of the workbooks, or none."),
    "certificate_type": gettext_lazy("Choose which certificate this course leads to."),
    "no_lessons": gettext_lazy("The course has no published lesson yet. Publish its lessons first."),
    "empty_lesson": gettext_lazy("A lesson has no words yet. Write it, or unpublish it."),
    "codes": gettext_lazy("Two modules or lessons have the same code. Give each its own."),
    "modules": gettext_lazy("A lesson belongs to a module that is not published. Publish the module first."),
}


def add_course(
    *,
    provider: Organisation,
    code: str,
    by: User | None,
    occupation: Occupation | None = None,
    at: datetime | None = None,
) -> Course:
    """Add a course under a code such as `WELD-20`. The same code at the same school again returns the existing course.

    Refuses (PermissionDenied) without the right to write courses there; (ValidationError) a code that another school has
    or that is no code, and a school that is a place of custody: a course is public, such a place never is.
    """
    if by is not None and not may(by, AUTHOR_COURSES, provider):
        raise PermissionDenied
    code = code.strip().upper()
    with transaction.atomic():
        existing = Course.objects.filter(code=code).first()
        if existing and existing.provider_id == provider.pk:
            return existing
        if existing:
            raise ValidationError({"code": _("Another school has a course with this code. Choose another code.")})
        if provider.is_custodial:
            raise ValidationError({"provider": _("Courses belong to the school that teaches, not to the place.")})
        course = Course(provider=provider, code=code, occupation=occupation)
        course.full_clean()
        course.save(force_insert=True)
        record(verb="catalogue.add_course", about=course, by=by, organisation=provider, at=at)
    return course


def refuse_incomplete(facts: EditionFacts, units: Sequence[UnitFacts]) -> None:
    """Refuses (ValidationError, one sentence per gap) facts that cannot become an edition."""
    if gaps := rules.problems(facts, units):
        raise ValidationError([ValidationError(str(SENTENCES[code]), code=code) for code in gaps])


def publish_edition(
    *, course: Course, facts: EditionFacts, units: Sequence[UnitFacts], by: User | None, at: datetime | None = None
) -> Edition:
    """Freeze what a course is now, with the words of its lessons.

    The same facts give the same edition; changed facts (title, hours, what the holder can do, pass rule, outline…) the
    next number. Where only words changed, the pins of that edition move and the journal keeps both hashes. Publishing a
    withdrawn course offers it again. Publishing twice writes nothing twice.
    Refuses (PermissionDenied) without the right to publish at the course's school; (ValidationError) incomplete facts.
    """
    if by is not None and not may(by, PUBLISH_COURSES, course.provider):
        raise PermissionDenied
    at = at or timezone.now()
    with transaction.atomic():
        course = Course.objects.select_for_update(of=("self",)).select_related("provider").get(pk=course.pk)
        refuse_incomplete(facts, units)
        sha256 = rules.facts_hash(facts, units)
        edition = Edition.objects.filter(course=course, facts_sha256=sha256).first()
        if edition is None:
            edition = _write_edition(course, facts, units, sha256, by, at)
            record(verb="catalogue.publish_edition", about=edition, by=by, organisation=course.provider, at=at)
        else:
            _move_pins(edition, units, by, at)
        if course.current_id != edition.pk or course.withdrawn_at:
            course.current, course.withdrawn_at = edition, None
            course.save(update_fields=["current", "withdrawn_at"])
            record(
                verb="catalogue.offer_course",
                about=course,
                by=by,
                organisation=course.provider,
                fields=["current"],
                at=at,
            )
    return edition


def withdraw_course(*, course: Course, by: User | None, at: datetime | None = None) -> Course:
    """Offer a course no longer: no new class may use it; classes that run, and certificates, keep their edition.

    Refuses (PermissionDenied) without the right to publish at its school. Withdrawing twice changes nothing.
    """
    if by is not None and not may(by, PUBLISH_COURSES, course.provider):
        raise PermissionDenied
    with transaction.atomic():
        course = Course.objects.select_for_update(of=("self",)).select_related("provider").get(pk=course.pk)
        if course.withdrawn_at is None:
            course.withdrawn_at = at or timezone.now()
            course.save(update_fields=["withdrawn_at"])
            record(verb="catalogue.withdraw_course", about=course, by=by, organisation=course.provider, at=at)
    return course


def keep_text(unit: UnitFacts, at: datetime) -> LessonText:
    """The words of a lesson under their hash. Words that were kept before are the same row."""
    content = unit.content or {}
    text, _created = LessonText.objects.get_or_create(
        sha256=rules.content_hash(content),
        defaults={"content": content, "page_id": unit.page_id, "revision_id": unit.revision_id, "kept_at": at},
    )
    return text


def _write_edition(
    course: Course, facts: EditionFacts, units: Sequence[UnitFacts], sha256: str, by: User | None, at: datetime
) -> Edition:
    last = course.editions.aggregate(last=models.Max("number"))["last"] or 0
    edition = Edition(
        course=course,
        number=last + 1,
        title=facts.title,
        level=facts.level,
        summary=facts.summary,
        theory_half_hours=facts.theory_half_hours,
        practice_half_hours=facts.practice_half_hours,
        can_do=list(facts.can_do),
        pass_rule_data=facts.pass_rule.to_json(),
        certificate_type=facts.certificate_type,
        workbook=facts.workbook,
        facts_sha256=sha256,
        published_at=at,
        published_by=by,
    )
    edition.full_clean(exclude=["course", "published_by"])
    edition.save(force_insert=True)
    modules: dict[str, CourseUnit] = {}
    for position, unit in enumerate(units, start=1):
        written = CourseUnit(
            edition=edition,
            kind=unit.kind,
            module=modules.get(unit.module_code) if unit.module_code else None,
            position=position,
            code=unit.code,
            title=unit.title,
            text=keep_text(unit, at) if unit.kind == CourseUnit.Kind.LESSON else None,
            page_id=unit.page_id,
        )
        written.full_clean(exclude=["edition", "module", "text"])
        written.save(force_insert=True)
        if unit.kind == CourseUnit.Kind.MODULE:
            modules[unit.code] = written
    return edition


def _move_pins(edition: Edition, units: Sequence[UnitFacts], by: User | None, at: datetime) -> None:
    """A wording fix: same facts, so the same units; only their words are others now."""
    pinned = {unit.code: unit for unit in edition.units.select_related("text")}
    for unit in units:
        written = pinned[unit.code]
        text = keep_text(unit, at) if unit.kind == CourseUnit.Kind.LESSON else None
        if text != written.text and text is not None and written.text is not None:
            reason = f"{written.text.sha256} -> {text.sha256}"
            record(
                verb="catalogue.fix_wording", about=written, by=by, organisation=edition.course.provider,
                fields=["text"], reason=reason, at=at,
            )  # fmt: skip
        if (written.text, written.page_id) != (text, unit.page_id):
            written.text, written.page_id = text, unit.page_id
            written.save(update_fields=["text", "page_id"])
