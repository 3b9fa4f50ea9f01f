"""The words and places of the workbooks; see `shape` for what they are made of."""

from django.utils.translation import gettext_lazy as _

from courses.catalogue.rules import IDEA_BOOK, PLAN_BOOK
from courses.plans.book.asking import asked
from courses.plans.book.ideas import IDEA_SECTIONS, SELF_CHECK
from courses.plans.book.plan import PLAN_SECTIONS
from courses.plans.book.shape import Ask, Book, BookSection, Field, Kind, Place, Table

BOOKS = {
    IDEA_BOOK: Book(IDEA_BOOK, _("From the wish to the idea"), tuple(map(asked, IDEA_SECTIONS))),
    PLAN_BOOK: Book(PLAN_BOOK, _("My business plan"), tuple(map(asked, (SELF_CHECK, *PLAN_SECTIONS)))),
}

__all__ = ["BOOKS", "Ask", "Book", "BookSection", "Field", "Kind", "Place", "Table"]
