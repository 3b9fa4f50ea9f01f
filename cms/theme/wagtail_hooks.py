"""The staff desk in the house colours, with the house's icons, and without what leads out of the building."""

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem, SubmenuMenuItem

from cms.theme import drawings, staff_widgets, views
from cms.theme.permissions import may_change_site_settings
from courses.people.permissions import once

# Wagtail's help points to a guide on the internet; its reports show titles and history across organisations.
HIDDEN = {"help", "reports"}

staff_widgets.fit()


@hooks.register("insert_global_admin_css")
def staff_css() -> str:
    return format_html('<link rel="stylesheet" href="{}">', static("theme/staff.css"))


@hooks.register("insert_global_admin_css")
def without_scripts() -> str:
    """What the desk looks like where scripts are off."""
    return format_html('<noscript><link rel="stylesheet" href="{}"></noscript>', static("theme/no-script.css"))


@hooks.register("insert_global_admin_css")
def staff_script() -> str:
    """In the head: it must be there before Wagtail's scripts."""
    return format_html('<script src="{}"></script>', static("theme/staff.js"))


@hooks.register("register_icons")
def house_icons(icons: list[str]) -> list[str]:
    """Every icon of the house is `q-<name>` in Wagtail's menus and headers."""
    return [*icons, *drawings.icon_templates()]


@hooks.register("construct_main_menu")
def keep_inside(request: HttpRequest, items: list[MenuItem]) -> None:
    items[:] = [_without_version(item) for item in items if item.name not in HIDDEN]


def _without_version(item: MenuItem) -> MenuItem:
    """The settings menu as any other: Wagtail prints its own version number below it."""
    if item.name != "settings":
        return item
    return SubmenuMenuItem(item.label, item.menu, name=item.name, icon_name=item.icon_name, order=item.order)


@hooks.register("register_admin_urls")
def staff_screens():
    return [
        path("patterns/", views.StaffPatterns.as_view(), name="theme_staff_patterns"),
        path("site-settings/", views.ChangeSiteSettings.as_view(), name="theme_site_settings"),
    ]


class SiteSettingsItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return once(request.user, "site settings", lambda: may_change_site_settings(request.user))


@hooks.register("register_settings_menu_item")
def site_settings_item() -> MenuItem:
    return SiteSettingsItem(
        _("Who runs this site"), reverse("theme_site_settings"), name="site-settings", icon_name="q-home", order=10
    )
