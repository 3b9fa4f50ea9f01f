"""Courses of the demo as their authors would store them: pictures, lessons, the bank of questions."""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from io import BytesIO
from types import ModuleType
from typing import Any

from django.core.files.images import ImageFile
from wagtail.models import Page
from wagtail.signal_handlers import disable_reference_index_auto_update

from cms.media.models import Picture
from cms.pages.actions import create_site, publish_everything
from cms.pages.models import CataloguePage, CoursePage, LessonPage, ModulePage
from courses.catalogue.actions import add_course
from courses.catalogue.models import Course, Edition
from courses.people.models import User
from courses.questions.actions import add, add_bank
from courses.questions.models import Bank
from lms.demo.content import welding, welding_questions
from lms.demo.content.drawings import DRAWINGS, drawing
from lms.demo.content.quiz import quiz_of
from lms.demo.places import Places

Block = tuple[Any, ...]


@dataclass(frozen=True)
class Text:
    """What a course module of `lms.demo.content` says."""

    code: str
    title: str
    summary: str
    theory_hours: int
    practice_hours: int
    can_do: tuple[str, ...]
    modules: tuple[Any, ...]  # (code, title, ((lesson code, title, blocks), …))
    level: str = ""
    art: str = CoursePage.Art.WELD
    exams: bool = True  # theory and practice; without them hours alone decide
    is_outline: bool = False
    workbook: str = ""
    workbook_steps: Mapping[str, tuple[str, str]] = field(default_factory=dict)  # lesson → (section, what to write)

    @classmethod
    def of(cls, module: ModuleType) -> "Text":
        """The constants of a module."""
        return cls(
            code=module.CODE, title=module.TITLE, summary=module.SUMMARY, theory_hours=module.THEORY_HOURS,
            practice_hours=module.PRACTICE_HOURS, can_do=tuple(module.CAN_DO), modules=with_quiz(module),
            level=getattr(module, "LEVEL", ""), art=getattr(module, "ART", CoursePage.Art.WELD),
            exams=getattr(module, "EXAMS", True), workbook=getattr(module, "WORKBOOK", ""),
            workbook_steps=getattr(module, "WORKBOOK_STEPS", {}), is_outline=getattr(module, "OUTLINE", False),
        )  # fmt: skip

    def lessons(self) -> list[tuple[str, str, tuple[Block, ...]]]:
        return [lesson for _code, _title, lessons in self.modules for lesson in lessons]

    def pictures(self) -> list[str]:
        """The names of the drawings that its lessons show, in their order."""
        blocks = [block for _code, _title, blocks in self.lessons() for block in blocks]
        return list(dict.fromkeys(block[1] for block in blocks if block[0] == "picture"))


def with_quiz(module: ModuleType) -> tuple[Any, ...]:
    """The modules of a course; the last one ends with ten questions, unless the course is a short introduction (`QUIZ`)."""
    if not getattr(module, "QUIZ", True):
        return tuple(module.MODULES)
    *before, (code, title, lessons) = module.MODULES
    return (*before, (code, title, (*lessons, quiz_of(module.MODULES, getattr(module, "ONE_MORE", ())))))


def build_bank(
    places: Places, staff: Mapping[str, User], course: Course, questions: ModuleType = welding_questions,
    trainer: str = "trainer_wang",
) -> Bank:  # fmt: skip
    """The theory questions of a course, written by its trainer."""
    by = staff[trainer]
    bank = add_bank(organisation=places.school, title=questions.BANK, course=course, by=by)
    for kind, topic, text, detail, answer, why in questions.QUESTIONS:
        body, key = _question_data(kind, detail, answer)
        add(bank=bank, type=kind, topic=topic, text=text, body=body, key=key, explanation=why, by=by)
    return bank


def _question_data(kind: str, detail: Any, answer: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    if kind == "numeric":
        return {"unit": detail}, {"value": answer[0], "tolerance": answer[1]}
    if kind == "true_false":
        return {}, {"right": answer}
    right = list(answer) if kind == "multiple" else answer
    return {"choices": list(detail)}, {"right": right}


def build_pictures(collection: Any, by: User, names: Iterable[str] = tuple(DRAWINGS)) -> dict[str, Picture]:
    """Drawings in a collection; what each shows is said in the lesson that uses it. One that is there already is taken."""
    pictures = {}
    for name in names:
        title = f"插图：{name}"
        known = Picture.objects.filter(collection=collection, title=title).first()
        file = ImageFile(BytesIO(drawing(name)), name=f"{name}.png") if known is None else None
        pictures[name] = known or Picture.objects.create(
            title=title, file=file, collection=collection, uploaded_by_user=by
        )
    return pictures


def body_of(
    code: str, blocks: tuple[Block, ...], pictures: Mapping[str, Picture], course: str = welding.CODE
) -> list[dict[str, Any]]:
    """A lesson's blocks as StreamField stores them, with ids that stay the same in every demo."""
    return [
        {
            "type": block[0],
            "value": _value(block, pictures),
            "id": str(uuid.uuid5(uuid.NAMESPACE_OID, f"{course} {code} {place}")),
        }
        for place, block in enumerate(blocks)
    ]


def _value(block: Block, pictures: Mapping[str, Picture]) -> Any:
    kind, *parts = block
    if kind in {"heading", "text"}:
        return parts[0]
    if kind == "picture":
        name, shows, caption = parts
        return {"image": {"image": pictures[name].pk, "decorative": False, "alt_text": shows}, "caption": caption}
    if kind == "steps":
        return {"steps": [_item({"text": line, "image": None}) for line in parts[0]]}
    if kind == "safety":
        level, title, text = parts
        return {"level": level, "title": title, "text": text}
    if kind == "workbook":
        section, task = parts
        return {"section": section, "task": task}
    question, choices, right, why = parts
    return {
        "question": question,
        "choices": [_item({"text": text, "is_right": place in right}) for place, text in enumerate(choices)],
        "explanation": why,
    }


def _item(value: dict[str, Any]) -> dict[str, Any]:
    return {"type": "item", "value": value, "id": str(uuid.uuid5(uuid.NAMESPACE_OID, repr(value)))}


def build_course(
    places: Places, staff: Mapping[str, User], certificate_type: str, text: Text | None = None
) -> Edition:  # fmt: skip
    """A course (焊工入门 by default) written as pages by its author and published by the reviewer."""
    text = text or Text.of(welding)
    if not CataloguePage.objects.filter(organisation=places.school).exists():
        create_site()
    catalogue = CataloguePage.objects.get(organisation=places.school)
    author = staff["author_sun"]
    pictures = build_pictures(catalogue.collection, author, text.pictures())
    page = _draft(catalogue, _page(text, places, author, certificate_type), author)
    for code, title, lessons in text.modules:
        module = _draft(page, ModulePage(title=title, slug=code), author)
        for lesson, name, blocks in lessons:
            body = body_of(lesson, _with_workbook(blocks, text.workbook_steps.get(lesson)), pictures, text.code)
            _draft(module, LessonPage(title=name, slug=lesson, body=body), author)
    return publish_everything(page=page, by=staff["reviewer_zhao"])


def _with_workbook(blocks: tuple[Block, ...], step: tuple[str, str] | None) -> tuple[Block, ...]:
    """The lesson with its step in the workbook at the end of what is read, before the questions."""
    if step is None:
        return blocks
    place = next((place for place, block in enumerate(blocks) if block[0] == "question"), len(blocks))
    return (*blocks[:place], ("heading", "写进工作簿"), ("workbook", *step), *blocks[place:])


def _page(text: Text, places: Places, author: User, certificate_type: str) -> CoursePage:
    return CoursePage(
        title=text.title,
        slug=text.code.lower(),
        course=add_course(provider=places.school, code=text.code, by=author),
        level=text.level,
        summary=text.summary,
        theory_half_hours=text.theory_hours * 2,
        practice_half_hours=text.practice_hours * 2,
        can_do="\n".join(text.can_do),
        theory_pass=60 if text.exams else None,
        practice_pass=60 if text.exams else None,
        certificate_type=certificate_type,
        workbook=text.workbook,
        art=text.art,
        is_outline=text.is_outline,
    )


def _draft(parent: Page, page: Page, author: User) -> Page:
    page.live, page.owner = False, author
    with disable_reference_index_auto_update():  # what it refers to is written down when it is published
        parent.add_child(instance=page)
        page.save_revision(user=author)
    return page
