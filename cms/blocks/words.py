"""Headings and running text."""

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, RichTextBlock

# No links, pictures or documents inside text: nothing may lead out of a classroom, and frozen words point at nothing.
FEATURES = ["bold", "ol", "ul"]


class HeadingBlock(CharBlock):
    """A heading begins the next step of a lesson: learners see one step on a screen."""

    def __init__(self, **kwargs: object):
        super().__init__(**{"max_length": 40, **kwargs})

    class Meta:
        icon = "title"
        label = _("Heading")
        description = _("Begins the next step. Learners see one step at a time.")
        template = "blocks/heading.html"
        preview_value = "戴好面罩再引弧"


class TextBlock(RichTextBlock):
    """Short paragraphs and lists."""

    def __init__(self, **kwargs: object):
        super().__init__(**{"features": FEATURES, **kwargs})

    class Meta:
        icon = "pilcrow"
        label = _("Text")
        description = _("Paragraphs and lists. One idea in a sentence, 20 characters where you can.")
        template = "blocks/text.html"
        preview_value = (
            "<p>弧光比太阳光还刺眼。<b>没戴面罩，一秒也不要看。</b></p><ul><li>面罩扣紧</li><li>袖口扎好</li></ul>"
        )
