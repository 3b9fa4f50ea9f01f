"""The first page of whoever audits: the newest entries of the journal."""

from collections.abc import Mapping
from typing import Any

from wagtail.admin.ui.components import Component

from lms.audit.views.reading import newest

SHOWN = 12


class JournalPanel(Component):
    """The newest entries, and the way to all of them."""

    name = "journal"
    template_name = "audit/panel.html"
    order = 15

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        return {"lines": newest(parent_context["request"].user, SHOWN)}
