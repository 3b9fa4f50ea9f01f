"""What templates need of the look: drawings, days, hours, bars, fields. `{% load theme %}`."""

from typing import Any

from django import template
from django.forms import BoundField, CheckboxInput, CheckboxSelectMultiple, RadioSelect, Textarea
from django.utils.safestring import SafeString

from cms.theme import charts, drawings, formats
from cms.theme.models import SiteSettings
from cms.theme.navigation import entries, other_language
from courses.words import listed

register = template.Library()
register.simple_tag(drawings.icon, name="icon")
register.simple_tag(drawings.icon, name="q_icon")  # in staff templates, where Wagtail's own {% icon %} is loaded too
register.simple_tag(drawings.art, name="art")
register.filter("half_hours", formats.half_hours)
register.filter("zh_date", formats.day)
register.filter("listed", listed)
register.simple_tag(formats.percent, name="percent")


@register.inclusion_tag("components/bar.html")
def bar(
    numerator: Any, denominator: Any, label: str, past_goal: bool = True, pace: Any = None, need: Any = None
) -> dict[str, Any]:
    """A bar with its words for the ear in `label`; write the figures beside it as well."""
    return {"bar": charts.bar(numerator, denominator, past_goal=past_goal, pace=pace, need=need), "label": label}


@register.inclusion_tag("components/progress.html")
def progress(now: int, total: int, unit: str = "") -> dict[str, Any]:
    """ "3 / 10" in digits, and boxes beside it."""
    return {"now": now, "total": total, "unit": unit, "steps": charts.steps(int(now), int(total))}


@register.filter
def control(field: BoundField) -> SafeString:
    """A form field's control with the classes of the house."""
    widget = field.field.widget
    if isinstance(widget, CheckboxInput | CheckboxSelectMultiple | RadioSelect):
        return field.as_widget()
    css = f"{widget.attrs.get('class', '')} q-input".strip()
    if isinstance(widget, Textarea):
        css += " q-input--text"
    return field.as_widget(attrs={"class": css})


@register.filter
def kind_of(field: BoundField) -> str:
    """How a field is laid out: `check` (one box), `group` (several boxes or circles), `hidden` or `line`."""
    widget = field.field.widget
    if field.is_hidden:
        return "hidden"
    if isinstance(widget, CheckboxSelectMultiple | RadioSelect):
        return "group"
    return "check" if isinstance(widget, CheckboxInput) else "line"


@register.filter
def first_id(field: BoundField) -> str:
    """Where the error summary jumps to: the control itself, or the first of a group."""
    return f"{field.auto_id}_0" if kind_of(field) == "group" else str(field.auto_id)


@register.inclusion_tag("theme/nav.html")
def public_nav(section: str = "") -> dict[str, Any]:
    """The entries of the public navigation whose screens exist at this site."""
    return {"entries": entries(), "section": section}


@register.inclusion_tag("theme/language.html", takes_context=True)
def language_link(context: template.Context) -> dict[str, Any]:
    """A link to the same address in the other language."""
    return other_language(context.get("request"))


@register.simple_tag
def site_settings() -> SiteSettings:
    """Who runs this site: one query, then from the cache."""
    return SiteSettings.current()
