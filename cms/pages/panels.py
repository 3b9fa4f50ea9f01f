"""What the courses add to the first page of the staff desk."""

from collections.abc import Mapping
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Q
from wagtail.admin.ui.components import Component
from wagtail.models import Page, PageQuerySet
from wagtail.permission_policies.pages import PagePermissionPolicy

from cms.pages.models import CoursePage, LessonPage
from courses.classes.models import TrainingClass
from courses.people.models import User

SHOWN = 6


class CoursesPanel(Component):
    """The courses that one may write or publish: first what waits for one's publication, then what one teaches or has written,
    then the others; the last changed first. With how many of their pages have unpublished changes."""

    name = "courses"
    template_name = "pages/panels/courses.html"
    order = 25

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        user = parent_context["request"].user
        policy = PagePermissionPolicy(CoursePage)
        mine = policy.instances_user_has_any_permission_for(user, {"change", "publish"})
        found = list(CoursePage.objects.filter(pk__in=mine).order_by("-latest_revision_created_at"))
        if not found:
            return {"rows": []}
        publishable = policy.instances_user_has_permission_for(user, "publish")
        may_publish = set(publishable.values_list("pk", flat=True))
        courses = own_first(found, user, may_publish)[:SHOWN]
        pages = pages_of(courses)
        return {
            "rows": [{"page": page, "may_publish": page.pk in may_publish, **figures(page, pages)} for page in courses],
            "all": len(found),
            "above": above(courses),
        }


def own_first(courses: list[CoursePage], user: User, may_publish: set[int]) -> list[CoursePage]:
    """What waits for the reader's publication, what the reader teaches or has written, the others; the order stays within each."""
    changed = Page.objects.filter(Q(has_unpublished_changes=True) | Q(live=False))
    written = Page.objects.filter(Q(owner=user) | Q(latest_revision__user=user))
    waiting, own = (_tops(pages, courses) for pages in (changed, written))
    taught = set(TrainingClass.objects.led_by(user).values_list("edition__course", flat=True))

    def rank(course: CoursePage) -> int:
        if course.pk in may_publish and course.path in waiting:
            return 0
        return 1 if course.course_id in taught or course.path in own else 2

    return sorted(courses, key=rank)


def _tops(pages: PageQuerySet, courses: list[CoursePage]) -> set[str]:
    """The paths of the courses in which pages stand."""
    length = len(courses[0].path)
    return {path[:length] for path in pages.filter(depth__gte=courses[0].depth).values_list("path", flat=True)}


def above(courses: list[CoursePage]) -> int:
    """The page below which all courses are listed: the school's catalogue, or the first page where there are several schools."""
    paths = {course.path[: -course.steplen] for course in courses}
    path = paths.pop() if len(paths) == 1 else courses[0].path[: -2 * courses[0].steplen]
    return int(Page.objects.values_list("pk", flat=True).get(path=path))


def pages_of(courses: list[CoursePage]) -> list[Page]:
    """The courses' own pages with all their modules and lessons, in one query."""
    below = reduce(or_, (Q(path__startswith=page.path) for page in courses))
    return list(Page.objects.filter(below).select_related("content_type"))


def figures(course: CoursePage, pages: list[Page]) -> dict[str, int]:
    """How many lessons a course has, and how many of its pages are not as they were published."""
    own = [page for page in pages if page.path.startswith(course.path)]
    return {
        "lessons": sum(page.specific_class is LessonPage for page in own),
        "changed": sum(page.has_unpublished_changes or not page.live for page in own),
    }
