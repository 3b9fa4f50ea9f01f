"""What an author may put into a lesson, and into an information page."""

from typing import Any

from wagtail.blocks import StreamBlock

from cms.blocks.pictures import PictureBlock, StepsBlock
from cms.blocks.questions import QuestionBlock
from cms.blocks.safety import SafetyBlock
from cms.blocks.words import HeadingBlock, TextBlock
from cms.blocks.workbook import WorkbookStepBlock
from cms.media.models import Picture


class LessonBody(StreamBlock):
    """A lesson. The names stand in frozen lessons for ever: never rename or remove one."""

    heading = HeadingBlock()
    text = TextBlock()
    picture = PictureBlock()
    steps = StepsBlock()
    safety = SafetyBlock()
    question = QuestionBlock()
    workbook = WorkbookStepBlock()


class PageBody(StreamBlock):
    """An information page."""

    heading = HeadingBlock()
    text = TextBlock()
    picture = PictureBlock()
    steps = StepsBlock()


LESSON_BODY = LessonBody()


def pictures_in(body: list[dict[str, Any]]) -> frozenset[int]:
    """The numbers of the pictures that a stored lesson body shows."""
    references = LESSON_BODY.extract_references(LESSON_BODY.to_python(body))
    return frozenset(int(pk) for model, pk, _model_path, _content_path in references if model is Picture)
