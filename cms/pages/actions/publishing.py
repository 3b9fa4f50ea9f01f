"""Publishing: live pages become an edition of the catalogue, with their words frozen."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from enum import Enum

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from cms.blocks.body import pictures_in
from cms.blocks.pictures import SIZES
from cms.media.models import Picture
from cms.pages.caching import forget_pages
from cms.pages.models import CARD, CoursePage, KeptPicture, LessonPage, ModulePage
from courses.catalogue.actions import publish_edition, refuse_incomplete
from courses.catalogue.models import Edition, LessonText
from courses.catalogue.rules import Change, changes, facts_hash
from courses.people.models import User

_held_back: ContextVar[bool] = ContextVar("held_back", default=False)


class Outcome(Enum):
    """What publishing the pages as they are now would make of the course."""

    FIRST = "first"  # the first edition
    NEXT = "next"  # facts changed: another edition
    WORDING = "wording"  # the same edition, mended words


def outcome_of(page: CoursePage) -> Outcome:
    """What `publish_course` would do now."""
    if page.course is None or page.course.current is None:
        return Outcome.FIRST
    known = Edition.objects.filter(course=page.course, facts_sha256=facts_hash(page.facts(), page.units())).exists()
    return Outcome.WORDING if known else Outcome.NEXT


def outcome_with_drafts(page: CoursePage) -> Outcome:
    """What `publish_everything` would do now: the newest drafts count, of the course and of every page below it."""
    if page.course is None or page.course.current is None:
        return Outcome.FIRST
    newest = facts_hash(page.get_latest_revision_as_object().facts(), page.drafted_units())
    known = Edition.objects.filter(course=page.course, facts_sha256=newest).exists()
    return Outcome.WORDING if known else Outcome.NEXT


def changes_with_drafts(page: CoursePage) -> list[Change]:
    """Which facts `publish_everything` would change against the edition now in use; none for a course without an edition."""
    if page.course is None or page.course.current is None:
        return []
    current = page.course.current
    newest = page.get_latest_revision_as_object().facts()
    return changes(current.facts, newest, current.outline(), page.drafted_units())


def publish_course(*, page: CoursePage, by: User | None, at: datetime | None = None) -> Edition:
    """Freeze what the live pages of a course say now (`catalogue.publish_edition`), and make its pictures' sizes.

    Reads the pages anew: another copy in memory may be stale. Publishing twice writes nothing twice.
    Refuses (ValidationError) a page without a course code and an incomplete course; (PermissionDenied) who may not publish.
    """
    page = CoursePage.objects.select_related("course__provider").get(pk=page.pk)
    if page.course is None:
        raise ValidationError(_("Give the course a code before publishing it."))
    with transaction.atomic():
        edition = publish_edition(course=page.course, facts=page.facts(), units=page.units(), by=by, at=at)
        shown = keep_pictures(edition)
    make_sizes(shown, page.picture)
    forget_pages()
    return edition


def publish_wording(*, page: ModulePage | LessonPage, by: User | None, at: datetime | None = None) -> Edition | None:
    """A module or lesson was published by itself: if no fact of its course changed, its mended words are frozen at once.

    Returns None where the outline or a fact did change (a new lesson, another title): those wait until the course itself
    is published, so that one decision makes one edition.
    """
    course_page = CoursePage.objects.ancestor_of(page).live().select_related("course__current").first()
    if course_page is None or course_page.course is None or course_page.course.current is None:
        return None
    if facts_hash(course_page.facts(), course_page.units()) != course_page.course.current.facts_sha256:
        return None
    return publish_course(page=course_page, by=by, at=at)


def publish_everything(*, page: CoursePage, by: User, at: datetime | None = None) -> Edition:
    """Publish the newest version of a course page and of all its modules and lessons, and freeze them as one edition.

    All or nothing. Refuses (ValidationError) an incomplete course, (PermissionDenied) who may not publish here.
    """
    page = CoursePage.objects.get(pk=page.pk)
    if not page.permissions_for_user(by).can_publish():
        raise PermissionDenied
    with held_back(), transaction.atomic():
        for one in page.get_descendants(inclusive=True).order_by("path").specific():
            if one.has_unpublished_changes or not one.live:
                revision = one.get_latest_revision() or one.save_revision(user=by)
                revision.publish(user=by)
        page.refresh_from_db()
        if page.course is None:
            raise ValidationError({"course_code": _("Give the course a code before publishing it.")})
        refuse_incomplete(page.facts(), page.units())
        return publish_course(page=page, by=by, at=at)


def is_held_back() -> bool:
    """Whether several pages are being published together: then each page's own signal freezes nothing."""
    return _held_back.get()


@contextmanager
def held_back() -> Iterator[None]:
    """Around several publications of pages that will be frozen together afterwards."""
    token = _held_back.set(True)
    try:
        yield
    finally:
        _held_back.reset(token)


def keep_pictures(edition: Edition) -> list[Picture]:
    """Note which pictures the words of an edition show, so that nobody deletes them. Returns those pictures."""
    wanted: dict[int, set[int]] = {}
    for text in LessonText.objects.filter(units__edition=edition).distinct():
        wanted[text.pk] = set(pictures_in(text.content["body"]))
    pictures = {picture.pk: picture for picture in Picture.objects.filter(pk__in=set().union(*wanted.values()))}
    for text, shown in wanted.items():  # type: ignore[assignment]
        for picture in shown & pictures.keys():
            # One by one: each save tells Wagtail's index of references, which then says why a picture cannot be deleted.
            KeptPicture.objects.get_or_create(text_id=text, picture_id=picture)
    return list(pictures.values())


def make_sizes(shown: list[Picture], card: Picture | None) -> None:
    """Write the sizes that templates ask for, so that no reader's visit has to."""
    for picture in shown:
        picture.get_renditions(*SIZES)
    if card is not None:
        card.get_rendition(CARD)
