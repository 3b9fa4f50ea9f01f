"""Pictures, and steps with a picture each. Whoever places a picture says what it teaches, or that it is decoration."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, ListBlock, StructBlock
from wagtail.blocks import TextBlock as PlainTextBlock
from wagtail.images.blocks import ImageBlock

# The sizes that templates ask for; they are made when a lesson is published, so that reading never writes a file.
LARGE = "max-960x720"
SMALL = "max-480x360"
SIZES = (LARGE, SMALL)


class PictureBlock(StructBlock):
    """A picture, shown beside the text of its step."""

    image = ImageBlock(label=_("Picture"))
    caption = CharBlock(required=False, max_length=60, label=_("Caption"))

    class Meta:
        icon = "image"
        label = _("Picture")
        description = _("Stands beside the text of its step. Say what it shows: some people hear the lesson.")
        template = "blocks/picture.html"
        preview_template = "blocks/previews/picture.html"
        preview_value = {"image": None, "caption": "图：平焊时焊条的角度"}


class StepBlock(StructBlock):
    text = PlainTextBlock(max_length=120, rows=2, label=_("What to do"))
    image = ImageBlock(required=False, label=_("Picture"))

    class Meta:
        icon = "list-ol"
        label = _("Step")


class StepsBlock(StructBlock):
    """What the hands do, one after the other."""

    steps = ListBlock(StepBlock(), min_num=2, max_num=8, label=_("Steps"))

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        context = super().get_context(value, parent_context)
        context["pictured"] = any(step.get("image") for step in value["steps"])
        return context

    class Meta:
        icon = "list-ol"
        label = _("Steps")
        description = _("Two to eight steps for the hands, each with a picture if one helps.")
        template = "blocks/steps.html"
        preview_value = {
            "steps": [
                {"text": "合上电源，听一听风扇有没有转。", "image": None},
                {"text": "夹好焊条，露出的一头朝外。", "image": None},
                {"text": "面罩落下，再轻轻划一下引弧。", "image": None},
            ]
        }
