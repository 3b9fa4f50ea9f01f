"""The way from a lesson to the page of the workbook that it is about."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, ChoiceBlock, StructBlock

from courses.plans.book import BOOKS


def section_choices() -> list[tuple[str, str]]:
    """Every section of every workbook, each once, in reading order."""
    found = {section.code: section.title for book in BOOKS.values() for section in book.sections}
    return [(code, str(title)) for code, title in found.items()]


class WorkbookStepBlock(StructBlock):
    """What to write now, and where: a button leads to that section of the learner's own workbook."""

    section = ChoiceBlock(choices=section_choices, label=_("Section of the workbook"))
    task = CharBlock(max_length=80, label=_("What to write"))

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        context = super().get_context(value, parent_context)
        context["title"] = dict(section_choices()).get(value["section"], "")
        return context

    class Meta:
        icon = "edit"
        label = _("Workbook")
        description = _("Leads to a section of the workbook. Only for courses that have one.")
        template = "blocks/workbook.html"
        preview_value = {"section": "marketing", "task": "写下您卖的东西、成本和价钱"}
