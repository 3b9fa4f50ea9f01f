"""The words and places of the workbooks; see `shape` for what they are made of."""

from django.utils.translation import gettext_lazy as _

from courses.plans.book.asking import asked
from courses.plans.book.ideas import IDEA_SECTIONS, SELF_CHECK
from courses.plans.book.plan import PLAN_SECTIONS
from courses.plans.book.shape import Ask, Book, BookSection, Field, Kind, Place, Table

BOOKS = {
    "gyb": Book("gyb", _("From the wish to the idea"), tuple(map(asked, IDEA_SECTIONS))),
    "syb": Book("syb", _("My business plan"), tuple(map(asked, (SELF_CHECK, *PLAN_SECTIONS)))),
}

__all__ = ["BOOKS", "Ask", "Book", "BookSection", "Field", "Kind", "Place", "Table"]
