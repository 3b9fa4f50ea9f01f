"""Columns of the lists that more than one app shows."""

from collections.abc import Callable
from typing import Any

from wagtail.admin.ui.tables import Column


class ChipColumn(Column):
    """A state as everywhere on the desk: icon and word (components/chip.html). `kind` says which of its kinds."""

    cell_template_name = "people/chip_cell.html"

    def __init__(self, *args: Any, kind: Callable[[Any], str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind

    def get_cell_context_data(self, instance: Any, parent_context: dict[str, Any]) -> dict[str, Any]:
        return {**super().get_cell_context_data(instance, parent_context), "kind": self.kind(instance)}


class WholeColumn(Column):
    """What must not break over two lines: a day, a number, "24 / 30"."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, classname="q-whole", **kwargs)


class DayColumn(WholeColumn):
    """A day as it is written in staff tables, not "five days ago"."""

    def get_value(self, instance: Any) -> str:
        return str(super().get_value(instance).isoformat())
