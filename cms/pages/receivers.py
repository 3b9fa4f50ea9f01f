"""The only signal receiver of the product: Wagtail tells nobody else that a page was published."""

import logging
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from wagtail.log_actions import get_active_log_context

from cms.pages import actions
from cms.pages.actions.publishing import is_held_back
from cms.pages.caching import forget_pages
from cms.pages.models import CoursePage, LessonPage, ModulePage

logger = logging.getLogger("lms.pages")


def publish_course(sender: type, instance: Any, **kwargs: Any) -> None:
    """A course page freezes its course, a module or lesson its mended words. Idempotent.

    Nothing can be refused here, the page is live already: the editor's form refuses before. What comes by another way and
    is incomplete (a copy has no code yet) makes no edition; the editor says so on the course page.
    """
    forget_pages()
    if is_held_back():
        return
    try:
        if isinstance(instance, CoursePage) and instance.course_id:
            actions.publish_course(page=instance, by=get_active_log_context().user)
        elif isinstance(instance, ModulePage | LessonPage):
            actions.publish_wording(page=instance, by=get_active_log_context().user)
    except (ValidationError, PermissionDenied) as refusal:
        logger.warning("page=%s published without an edition: %s", instance.pk, type(refusal).__name__)
