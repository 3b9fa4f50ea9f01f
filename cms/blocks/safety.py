"""What can hurt somebody."""

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, ChoiceBlock, StructBlock
from wagtail.blocks import TextBlock as PlainTextBlock


class SafetyBlock(StructBlock):
    """A warning: what to mind, and why. Red is kept for what can kill or maim."""

    level = ChoiceBlock(
        choices=[("look", _("Take care")), ("danger", _("Danger to life and limb"))],
        default="look",
        label=_("How serious"),
    )
    title = CharBlock(max_length=30, label=_("What to mind"))
    text = PlainTextBlock(max_length=200, rows=3, label=_("Why, and what to do"))

    class Meta:
        icon = "warning"
        label = _("Safety")
        description = _("What can hurt somebody, and what to do about it.")
        template = "blocks/safety.html"
        preview_value = {
            "level": "danger",
            "title": "手套湿了，马上换",
            "text": "湿手套会导电。焊钳空着的时候也有电，先断电再换。",
        }
