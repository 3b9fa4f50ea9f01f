"""The welding course of the demo: its pictures, its bank of questions, and its lessons as the editor would store them."""

import uuid
from collections.abc import Mapping
from io import BytesIO
from typing import Any

from django.core.files.images import ImageFile
from wagtail.models import Page

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
from lms.demo.places import Places

Block = tuple[Any, ...]


def build_bank(places: Places, staff: Mapping[str, User], course: Course) -> Bank:
    """The theory questions, written by the trainer."""
    trainer = staff["trainer_wang"]
    bank = add_bank(organisation=places.school, title=welding_questions.BANK, course=course, by=trainer)
    for kind, topic, text, detail, answer, why in welding_questions.QUESTIONS:
        body, key = _question_data(kind, detail, answer)
        add(bank=bank, type=kind, topic=topic, text=text, body=body, key=key, explanation=why, by=trainer)
    return bank


def _question_data(kind: str, detail: Any, answer: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    if kind == "numeric":
        return {"unit": detail}, {"value": answer[0], "tolerance": answer[1]}
    if kind == "true_false":
        return {}, {"right": answer}
    right = list(answer) if kind == "multiple" else answer
    return {"choices": list(detail)}, {"right": right}


def build_pictures(collection: Any, by: User) -> dict[str, Picture]:
    """The course's drawings in a collection; what each shows is said in the lesson that uses it."""
    pictures = {}
    for name in DRAWINGS:
        file = ImageFile(BytesIO(drawing(name)), name=f"welding-{name}.png")
        pictures[name] = Picture.objects.create(
            title=f"焊工入门：{name}", file=file, collection=collection, uploaded_by_user=by
        )
    return pictures


def body_of(code: str, blocks: tuple[Block, ...], pictures: Mapping[str, Picture]) -> list[dict[str, Any]]:
    """A lesson's blocks as StreamField stores them, with ids that stay the same in every demo."""
    return [
        {"type": block[0], "value": _value(block, pictures), "id": _block_id(code, place)}
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
    question, choices, right, why = parts
    return {
        "question": question,
        "choices": [_item({"text": text, "is_right": place in right}) for place, text in enumerate(choices)],
        "explanation": why,
    }


def _item(value: dict[str, Any]) -> dict[str, Any]:
    return {"type": "item", "value": value, "id": str(uuid.uuid5(uuid.NAMESPACE_OID, repr(value)))}


def _block_id(code: str, place: int) -> str:
    return str(uuid.uuid5(uuid.NAMESPACE_OID, f"{welding.CODE} {code} {place}"))


def build_course(places: Places, staff: Mapping[str, User], certificate_type: str) -> Edition:
    """The course written as pages by its author and published by the reviewer: three modules of three lessons."""
    create_site()
    catalogue = CataloguePage.objects.get(organisation=places.school)
    author = staff["author_sun"]
    pictures = build_pictures(catalogue.collection, author)
    page = _draft(
        catalogue,
        CoursePage(
            title=welding.TITLE,
            slug=welding.CODE.lower(),
            course=add_course(provider=places.school, code=welding.CODE, by=author),
            summary=welding.SUMMARY,
            theory_half_hours=welding.THEORY_HOURS * 2,
            practice_half_hours=welding.PRACTICE_HOURS * 2,
            can_do="\n".join(welding.CAN_DO),
            certificate_type=certificate_type,
            art=CoursePage.Art.WELD,
        ),
        author,
    )
    for code, title, lessons in welding.MODULES:
        module = _draft(page, ModulePage(title=title, slug=code), author)
        for lesson, name, blocks in lessons:
            _draft(module, LessonPage(title=name, slug=lesson, body=body_of(lesson, blocks, pictures)), author)
    return publish_everything(page=page, by=staff["reviewer_zhao"])


def _draft(parent: Page, page: Page, author: User) -> Page:
    page.live, page.owner = False, author
    parent.add_child(instance=page)
    page.save_revision(user=author)
    return page
