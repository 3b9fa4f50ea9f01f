"""A frozen lesson is shown from its stored words alone, screen by screen."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.template.loader import render_to_string
from django.utils import timezone, translation
from wagtail.blocks import StreamBlock

from cms.blocks import pictures
from cms.blocks.body import LESSON_BODY, PageBody, pictures_in
from cms.blocks.lessons import lesson_steps, render_lesson
from cms.media.models import Picture, PictureRendition
from courses.catalogue.actions import keep_text
from courses.catalogue.rules import UnitFacts
from tests.cms.media.test_media import png

QUESTION = {
    "question": "引弧以前，先做哪一件？",
    "choices": [
        {"type": "item", "value": {"text": "面罩落下", "is_right": True}, "id": "c1"},
        {"type": "item", "value": {"text": "看一眼焊缝", "is_right": False}, "id": "c2"},
    ],
    "explanation": "弧光一闪就伤眼睛。",
}
NO_PICTURE = {"image": None, "decorative": False, "alt_text": ""}  # as the editor stores it
STEPS = {
    "steps": [
        {"type": "item", "value": {"text": "合上电源", "image": NO_PICTURE}, "id": "s1"},
        {"type": "item", "value": {"text": "夹好焊条", "image": NO_PICTURE}, "id": "s2"},
    ]
}


def block(name, value, block_id):
    return {"type": name, "value": value, "id": block_id}


def body(picture=None):
    shown = {"image": {"image": picture, "decorative": False, "alt_text": "焊钳和焊条"}, "caption": "图：焊钳"}
    return [
        block("text", "<p>先认一认工具。</p>", "b0"),
        block("heading", "戴好面罩", "b1"),
        block("text", "<p>弧光<b>刺眼</b>。</p>", "b2"),
        *([block("picture", shown, "b3")] if picture else []),
        block("safety", {"level": "danger", "title": "手套湿了换", "text": "湿手套导电。"}, "b4"),
        block("question", QUESTION, "b5"),
        block("heading", "引弧", "b6"),
        block("steps", STEPS, "b7"),
    ]


@pytest.fixture
def picture(db):
    return Picture.objects.create(title="焊钳", file=ContentFile(png(40, 30), "tool.png"))


def kept(content):
    return keep_text(UnitFacts("lesson", "l01", "引弧", content={"format": 1, "body": content}), timezone.now())


@pytest.mark.django_db
def test_a_heading_begins_a_screen_and_a_question_has_its_own():
    steps = lesson_steps(kept(body()))
    assert [(step.id, step.title, step.question is not None) for step in steps] == [
        ("b0", "", False),
        ("b1", "戴好面罩", False),
        ("b5", "", True),
        ("b6", "引弧", False),
    ]
    assert "先认一认工具" in steps[0].html
    assert "湿手套导电" in steps[1].html
    assert "戴好面罩" not in steps[1].html  # the player prints the title
    assert steps[2].question.right_keys == {"A"}


@pytest.mark.django_db
def test_a_picture_stands_beside_the_words_with_its_alternative_text(picture):
    html = lesson_steps(kept(body(picture.pk)))[1].html
    assert 'class="q-lesson"' in html
    assert 'alt="焊钳和焊条"' in html
    assert "图：焊钳" in html


@pytest.mark.django_db
def test_the_second_reader_asks_nothing_of_the_database(picture, django_assert_num_queries):
    text = kept(body(picture.pk))
    first = lesson_steps(text)
    with django_assert_num_queries(0):
        assert lesson_steps(text) == first
        render_lesson(text)


@pytest.mark.django_db
def test_more_pictures_cost_no_more_queries_than_their_sizes(picture, django_assert_max_num_queries):
    content = [one for n in range(10) for one in (block("heading", f"第{n}步", f"h{n}"), *body(picture.pk)[2:4])]
    lesson_steps(kept(content))
    with django_assert_max_num_queries(11), translation.override("en"):
        lesson_steps(kept([*content, block("text", "<p>。</p>", "t")]))


@pytest.mark.django_db
def test_each_language_is_kept_apart():
    text = kept(body())
    with translation.override("zh-hans"):
        lesson_steps(text)
    with translation.override("en"):
        assert "Danger:" in lesson_steps(text)[1].html


@pytest.mark.django_db
def test_the_whole_lesson_on_one_page_shows_answers_on_demand_only():
    html = render_lesson(kept(body()))
    assert html.index("戴好面罩") < html.index("引弧以前，先做哪一件？")
    assert "<details" in html


@pytest.mark.django_db
def test_words_of_a_lesson_are_escaped():
    nasty = [
        block("heading", "<script>alert(1)</script>", "b1"),
        block("safety", {"level": "look", "title": "<b>", "text": "<img src=x onerror=alert(1)>"}, "b2"),
        block("question", {**QUESTION, "explanation": "<i>"}, "b3"),
    ]
    html = render_lesson(kept(nasty))
    assert "<script" not in html
    assert "<img" not in html
    assert "<i>" not in html


@pytest.mark.django_db
def test_the_pictures_of_a_lesson_are_known(picture):
    in_a_step = {"steps": [block("item", {"text": "夹好", "image": {"image": 7, "decorative": True}}, "s")]}
    assert pictures_in([*body(picture.pk), block("steps", in_a_step, "b9")]) == {picture.pk}
    other = Picture.objects.create(title="线", file=ContentFile(png(), "wire.png"))
    in_a_step["steps"][0]["value"]["image"]["image"] = other.pk
    assert pictures_in([*body(picture.pk), block("steps", in_a_step, "b9")]) == {picture.pk, other.pk}


def test_templates_ask_only_for_sizes_that_publication_makes():
    wanted = set()
    for path in (settings.BASE_DIR / "templates" / "blocks").rglob("*.html"):
        wanted |= set(re.findall(r"{% image \S+ (\S+?)(?: |%})", path.read_text()))
    assert wanted == set(pictures.SIZES)


@pytest.mark.parametrize("name", list(LESSON_BODY.child_blocks))
@pytest.mark.django_db
def test_each_block_says_what_it_is_for_and_shows_itself(name, rf):
    child = LESSON_BODY.child_blocks[name]
    assert str(child.get_description())
    assert child.meta.icon != "placeholder"
    assert child.is_previewable
    html = child.render(child.get_preview_value())
    assert "style=" not in html
    assert "<script" not in html


def test_nothing_in_text_can_lead_out_of_the_classroom():
    for family in (LESSON_BODY, PageBody()):
        assert family.child_blocks["text"].features == ["bold", "ol", "ul"]
    assert isinstance(LESSON_BODY, StreamBlock)


@pytest.mark.django_db
def test_the_player_form_of_a_question_holds_native_controls():
    question = lesson_steps(kept(body()))[2].question
    before = render_to_string("blocks/question.html", {"question": question, "shown": question.shown(), "chosen": None})
    assert before.count('type="radio"') == 2
    assert "checked" not in before
    after = render_to_string(
        "blocks/question.html", {"question": question, "shown": question.shown(["B"]), "chosen": ["B"]}
    )
    assert "q-choice__box--right" in after
    assert "q-choice__box--mine" in after
    assert after.count("disabled") == 2


def test_renditions_are_ours():
    assert PictureRendition._meta.get_field("image").related_model is Picture
    assert Path(settings.MEDIA_ROOT).is_absolute()


@pytest.mark.django_db
def test_a_step_in_the_workbook_leads_to_its_section():
    (step,) = lesson_steps(kept([block("workbook", {"section": "marketing", "task": "写下价钱"}, "b1")]))
    assert 'href="/plan/to/marketing/"' in step.html and "写下价钱" in step.html
