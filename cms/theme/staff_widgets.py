"""Where Wagtail's staff desk does not fit the house: choosers begun by inline scripts, half of a Chinese name."""

import json
from typing import Any

from django.utils.html import format_html
from wagtail.admin.telepath import register
from wagtail.admin.ui.sidebar import BaseSidebarAdapter, MainMenuModule
from wagtail.admin.widgets import BaseChooser


def render_chooser(self: BaseChooser, name: str, value: Any, attrs: dict[str, Any], renderer: Any = None) -> str:
    """A chooser whose script finds its options in the page (theme/staff.js): the policy stops Wagtail's inline script."""
    data = self.get_value_data(value)
    options = [attrs["id"], self.get_js_init_options(attrs["id"], name, data)]
    return format_html(
        '{}<template data-chooser="{}" data-options="{}"></template>',
        self.render_html(name, data, attrs), self.js_constructor, json.dumps(options, default=str),
    )  # fmt: skip


class FullNames(BaseSidebarAdapter):
    """The side bar says the whole name: Wagtail says the given name, which alone names nobody in Chinese."""

    js_constructor = "wagtail.sidebar.MainMenuModule"

    def js_args(self, obj: MainMenuModule) -> list[Any]:
        *menus, person = obj.js_args()
        return [*menus, {**person, "name": obj.user.get_full_name() or obj.user.get_username()}]


def fit() -> None:
    """Put both in place, once, when the apps are ready."""
    BaseChooser.render = render_chooser
    register(FullNames(), MainMenuModule)
