"""What the page editor says and does for courses."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.ui.components import Component
from wagtail.admin.widgets.button import Button
from wagtail.models import Page

from cms.pages import actions
from cms.pages.caching import forget_pages
from cms.pages.models import CoursePage, LessonPage, ModulePage
from cms.pages.panels import CoursesPanel
from cms.pages.views import PublishCourse
from courses.catalogue.actions import withdraw_course
from courses.catalogue.models import Course
from courses.catalogue.rules import RunRules, part_too_small


@hooks.register("register_admin_urls")
def urls() -> list[URLPattern]:
    return [path("courses/<int:pk>/publish/", PublishCourse.as_view(), name="pages_publish_course")]


@hooks.register("construct_homepage_panels")
def courses_on_the_first_page(request: HttpRequest, panels: list[Component]) -> None:
    panels.append(CoursesPanel())


@hooks.register("register_page_header_buttons")
@hooks.register("register_page_listing_more_buttons")
def publish_button(page: Page, user: Any, next_url: str | None = None, **kwargs: Any) -> Iterator[Button]:
    """One button for a course with all its modules and lessons."""
    if page.specific_class is CoursePage and page.permissions_for_user(user).can_publish():
        url = reverse("pages_publish_course", args=[page.pk])
        yield Button(_("Publish the whole course"), url=url, icon_name="upload", priority=5)


@hooks.register("after_create_page")
@hooks.register("after_edit_page")
@hooks.register("after_publish_page")
def look_at_the_hours(request: HttpRequest, page: Page) -> None:
    """CLS-3: a warning, not a refusal. Said only to a person who pressed a button, not to an autosave."""
    if not isinstance(page, CoursePage) or request.headers.get("Accept", "").startswith("application/json"):
        return
    limit = RunRules().min_part_pct
    small = part_too_small(page.theory_half_hours or 0, page.practice_half_hours or 0, limit)
    words = {
        "theory": _("Theory is less than %(limit)s %% of the hours. Most programmes ask for more."),
        "practice": _("Practice is less than %(limit)s %% of the hours. Most programmes ask for more."),
    }
    if small:
        messages.warning(request, words[small] % {"limit": limit})


@hooks.register("after_publish_page")
def say_what_became_of_it(request: HttpRequest, page: Page) -> None:
    """A published lesson may wait for its course, a published course may have made an edition."""
    if isinstance(page, CoursePage):
        edition = CoursePage.objects.select_related("course__current").get(pk=page.pk).course.current
        if edition:
            messages.info(request, _("Edition %(number)s is what new classes will use.") % {"number": edition.number})
    elif isinstance(page, ModulePage | LessonPage):
        course_page = page.course_page
        current = course_page.course and course_page.course.current
        if not current or not current.units.filter(code=page.slug, title=page.title).exists():
            messages.info(request, _("It joins the course when the course itself is published."))


@hooks.register("after_unpublish_page")
def withdraw_unpublished(request: HttpRequest, page: Page) -> None:
    """A course that is taken off the site opens no new class."""
    _withdraw(request, page.get_descendants(inclusive=True).not_live())
    forget_pages()


@hooks.register("before_delete_page")
def withdraw_deleted(request: HttpRequest, page: Page) -> None:
    """Pages may go; editions, words and certificates stay."""
    if request.method == "POST":
        _withdraw(request, page.get_descendants(inclusive=True))
        forget_pages()


@hooks.register("before_bulk_action")
def withdraw_several_deleted(request: HttpRequest, action_type: str, objects: Sequence[Any], action: Any) -> None:
    for page in _pages(objects) if action_type == "delete" else []:
        withdraw_deleted(request, page)


@hooks.register("after_bulk_action")
def follow_several(request: HttpRequest, action_type: str, objects: Sequence[Any], action: Any) -> None:
    """Pages published together make one edition of each course, once all of them are live."""
    for page in _pages(objects) if action_type == "unpublish" else []:
        withdraw_unpublished(request, page)
    chosen = [page.pk for page in _pages(objects)] if action_type == "publish" else []
    for page in CoursePage.objects.filter(pk__in=chosen, live=True, course__isnull=False):
        try:
            actions.publish_course(page=page, by=request.user)
        except ValidationError as refusal:
            messages.warning(request, f"{page.title}: {' '.join(refusal.messages)}")


def _pages(objects: Sequence[Any]) -> list[Page]:
    return [one for one in objects if isinstance(one, Page)]


def _withdraw(request: HttpRequest, pages: Any) -> None:
    courses = Course.objects.filter(
        pages__in=CoursePage.objects.filter(pk__in=pages.values("pk")), current__isnull=False
    )
    for course in courses.filter(withdrawn_at__isnull=True):
        try:
            withdraw_course(course=course, by=request.user)
        except PermissionDenied:
            messages.warning(
                request, _("%(code)s stays open for new classes: ask a publisher.") % {"code": course.code}
            )
