"""Verbs of the page tree: publishing courses, whose pages they are, the site itself."""

from cms.pages.actions.publishing import Outcome, publish_course, publish_everything, publish_wording
from cms.pages.actions.rights import derive_page_rights
from cms.pages.actions.site import add_school_pages, create_site

__all__ = [
    "Outcome",
    "add_school_pages",
    "create_site",
    "derive_page_rights",
    "publish_course",
    "publish_everything",
    "publish_wording",
]
