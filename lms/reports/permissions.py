"""Which reports somebody sees at all. Which rows, each report says itself."""

from courses.classes.models import TrainingClass
from courses.classes.permissions import holds_in_classes
from courses.people.models import User
from courses.people.permissions import (
    APPROVE_CLASSES,
    CLASS_PERMISSIONS,
    VIEW_CATEGORIES,
    VIEW_FULL_ID,
    holds_anywhere,
    organisations_where,
)
from lms.reports.registry import REPORTS
from lms.reports.tables import Report


def may_open(user: User, report: Report) -> bool:
    """Whether the user holds any of the report's rights, at an organisation or in a class of his or her own (PRV-3b)."""
    if not (user.is_authenticated and user.is_active):
        return False
    if organisations_where(user, report.rights).exists():
        return True
    return any(
        TrainingClass.objects.where(user, right).exists() for right in report.rights if right in CLASS_PERMISSIONS
    )


def reports_for(user: User) -> list[Report]:
    """The reports that the user may open, in the order of the menu."""
    return [one for one in REPORTS if _listed(user, one)]


def _listed(user: User, report: Report) -> bool:
    """`may_open` for menus, asked once in a request."""
    if not user.is_active:
        return False
    return holds_anywhere(user, report.rights) or any(
        holds_in_classes(user, right) for right in report.rights if right in CLASS_PERMISSIONS
    )


def may_ask_full(user: User, report: Report) -> bool:
    """Whether the user may ask for full identity numbers somewhere (PRV-1); another person signs (PRV-2)."""
    return any(column.sensitive for column in report.columns) and organisations_where(user, VIEW_FULL_ID).exists()


def may_choose_category(user: User, report: Report) -> bool:
    """Whether the user may narrow a report to a category of people: where categories are seen, and the authority, which sets
    targets for categories and must find the people behind each number (TGT-8); it sees the column nowhere (PRV-3b)."""
    return report.asks_category and holds_anywhere(user, (VIEW_CATEGORIES, APPROVE_CLASSES))
