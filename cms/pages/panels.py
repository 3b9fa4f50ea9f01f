"""What the courses add to the first page of the staff desk."""

from collections.abc import Mapping
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Q
from wagtail.admin.ui.components import Component
from wagtail.models import Page
from wagtail.permission_policies.pages import PagePermissionPolicy

from cms.pages.models import CoursePage, LessonPage

SHOWN = 6


class CoursesPanel(Component):
    """The courses that one may write or publish, the last changed first, and how many of their pages have unpublished changes."""

    name = "courses"
    template_name = "pages/panels/courses.html"
    order = 25

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        user = parent_context["request"].user
        policy = PagePermissionPolicy(CoursePage)
        mine = policy.instances_user_has_any_permission_for(user, {"change", "publish"})
        found = CoursePage.objects.filter(pk__in=mine)
        courses = list(found.order_by("-latest_revision_created_at")[:SHOWN])
        if not courses:
            return {"rows": []}
        publishable = policy.instances_user_has_permission_for(user, "publish")
        may_publish = set(publishable.values_list("pk", flat=True))
        pages = pages_of(courses)
        return {
            "rows": [{"page": page, "may_publish": page.pk in may_publish, **figures(page, pages)} for page in courses],
            "all": found.count(),
            "above": above(courses),
        }


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
