"""The facts that a new edition would change, in the words of the course's form."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms.pages.forms import certificate_titles
from cms.pages.models import CoursePage
from cms.theme.formats import half_hours
from courses.catalogue.models import CourseUnit, Edition
from courses.catalogue.rules import UNIT_CHANGES, Change

UNITS = dict(
    zip(
        UNIT_CHANGES,
        (
            gettext_lazy("added: %(kind)s"),
            gettext_lazy("taken out: %(kind)s"),
            gettext_lazy("renamed: %(kind)s"),
            gettext_lazy("other code: %(kind)s"),
            gettext_lazy("other module: %(kind)s"),
            gettext_lazy("other place: %(kind)s"),
        ),
        strict=True,
    )
)


@dataclass(frozen=True)
class ShownChange:
    """One line of "what changes": the name as on the form, and the values as lines to read."""

    name: str
    before: list[str]
    after: list[str]


def shown_changes(found: list[Change]) -> list[ShownChange]:
    """Each change with its name and both values in words."""
    return [
        ShownChange(_name(one), *_apart(_lines(one.name, one.before), _lines(one.name, one.after))) for one in found
    ]


def _apart(before: list[str], after: list[str]) -> tuple[list[str], list[str]]:
    """Of several lines only those that differ, as long as the others stand in the same order."""
    stay = [line for line in before if line in after]
    if stay != [line for line in after if line in before]:
        return before, after
    return [line for line in before if line not in stay], [line for line in after if line not in stay]


def _name(change: Change) -> str:
    if change.name in UNITS:
        return UNITS[change.name] % {"kind": CourseUnit.Kind(change.kind).label}
    return str(CoursePage._meta.get_field(change.name).verbose_name)


def _lines(name: str, value: Any) -> list[str]:
    if name.endswith("_half_hours"):
        return [_("%(hours)s hours") % {"hours": half_hours(value)}]
    if name.endswith("_pass") and value is None:
        return [_("no such exam")]
    if name == "can_do":
        return list(value)
    if name == "workbook":
        return [str(Edition.Workbook(value).label)] if value else []
    if name == "certificate_type":
        return [certificate_titles().get(value, value)]
    return [str(value)] if value not in ("", None) else []
