"""All courses of the demo: four written out with a bank of questions, five outlines."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import ModuleType

from cms.pages.models import CoursePage, LessonPage, ModulePage
from courses.catalogue.models import Edition
from courses.people.models import User
from courses.questions.models import Question
from lms.demo.certificates import TYPE
from lms.demo.content import (
    cooking,
    cooking_questions,
    syb,
    syb_questions,
    welding,
    welding_five,
    welding_five_questions,
    welding_questions,
)
from lms.demo.content.outlines import OUTLINES
from lms.demo.course import Text, build_bank, build_course
from lms.demo.indexing import indexed_once
from lms.demo.places import Places


@dataclass(frozen=True)
class Written:
    """A course that is written out: its lessons, its questions, and who wrote those."""

    text: ModuleType
    questions: ModuleType
    trainer: str


WRITTEN = (
    Written(welding, welding_questions, "trainer_wang"),
    Written(welding_five, welding_five_questions, "trainer_wang"),
    Written(cooking, cooking_questions, "trainer_chen"),
    Written(syb, syb_questions, "trainer_lin"),
)
CERTIFICATES = {"SYB": "business", "GYB": "business", "ECOM-W": "business", "LIT-0": "hours"}  # the others: TYPE


def build_catalogue(places: Places, staff: Mapping[str, User]) -> dict[str, Edition]:
    """Every course written as pages and published; the editions by course code."""
    editions = {}
    with indexed_once(CoursePage, ModulePage, LessonPage, Question):
        for module in [written.text for written in WRITTEN] + list(OUTLINES):
            text = Text.of(module)
            editions[text.code] = build_course(places, staff, CERTIFICATES.get(text.code, TYPE), text)
        for written in WRITTEN:
            build_bank(places, staff, editions[written.text.CODE].course, written.questions, written.trainer)
    return editions
