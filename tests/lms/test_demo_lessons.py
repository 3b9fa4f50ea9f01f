"""What the courses of the demo teach, without a database: complete, plain, pictured, and asked about."""

import re
from collections import Counter
from io import BytesIO

import pytest
from PIL import Image

from cms.blocks.body import LESSON_BODY
from cms.pages.models import CoursePage
from courses.questions.rules import PoolQuestion, draw
from courses.questions.types import TYPES
from lms.demo.content import cooking, cooking_questions, syb, welding_five, welding_five_questions
from lms.demo.content.drawings import DRAWINGS, drawing
from lms.demo.content.outlines import OUTLINES
from lms.demo.course import _question_data, body_of, with_quiz

pytestmark = pytest.mark.once

COURSES = {cooking.CODE: (cooking, cooking_questions), welding_five.CODE: (welding_five, welding_five_questions)}
LESSONS = [
    pytest.param(blocks, id=f"{code}-{slug}")
    for code, (course, _bank) in COURSES.items()
    for _m, _t, lessons in course.MODULES
    for slug, _title, blocks in lessons
]
QUESTIONS = [
    pytest.param(row, id=f"{code}-{number}")
    for code, (_course, bank) in COURSES.items()
    for number, row in enumerate(bank.QUESTIONS)
]
CUSTODY = re.compile("监区|监舍|狱|服刑|罪犯|犯人|囚|戒毒|吸毒|刑满|刑期|劳改|管教|民警|大队|释放|看守")
OUTSIDE = re.compile(r"https?:|www\.|@|\.com|\.cn|你")


def words_of(block):
    """Every piece of text in a block."""
    kind, *parts = block
    if kind in {"heading", "text"}:
        return [parts[0]]
    if kind == "steps":
        return list(parts[0])
    if kind in {"safety", "picture"}:
        return parts[1:]
    question, choices, _right, why = parts
    return [question, *choices, why]


def pictures_of(course):
    return [
        block
        for _m, _t, lessons in course.MODULES
        for _s, _n, blocks in lessons
        for block in blocks
        if block[0] == "picture"
    ]


@pytest.mark.parametrize("code", COURSES)
def test_a_course_says_what_it_is(code):
    course, _bank = COURSES[code]
    slugs = [slug for _m, _t, lessons in course.MODULES for slug, _name, _blocks in lessons]
    assert len(course.MODULES) >= 4
    assert all(len(lessons) >= 3 for _m, _t, lessons in course.MODULES)
    assert len(slugs) == len(set(slugs))
    assert len({module for module, _t, _l in course.MODULES}) == len(course.MODULES)
    assert course.ART in CoursePage.Art.values
    assert len(course.SUMMARY) <= 120
    assert len("\n".join(course.CAN_DO)) <= 600
    assert len(course.LEVEL) <= 30


def test_the_hours_are_those_of_the_plans():
    hours = {code: (course.THEORY_HOURS, course.PRACTICE_HOURS) for code, (course, _bank) in COURSES.items()}
    assert hours == {"COOK-5": (64, 96), "WELD-5": (72, 108)}


@pytest.mark.parametrize("blocks", LESSONS)
def test_a_lesson_can_be_saved_and_asks(blocks):
    """Pictures apart: a test with a database stores those."""
    words = tuple(block for block in blocks if block[0] != "picture")
    LESSON_BODY.clean(LESSON_BODY.to_python(body_of("test", words, {})))
    assert blocks[0][0] == "heading"
    assert sum(block[0] == "question" for block in blocks) >= 1
    for block in blocks:
        if block[0] == "question":
            assert set(block[3]) <= set(range(len(block[2])))
            assert len(set(block[2])) == len(block[2])


@pytest.mark.parametrize("blocks", LESSONS)
def test_a_lesson_is_plain(blocks):
    """No word that tells where somebody learns, nothing that leads outside, 您 alone, and no sentence over fifty characters."""
    for text in (text for block in blocks for text in words_of(block)):
        assert text == text.strip() != ""
        assert not CUSTODY.search(text)
        assert not OUTSIDE.search(text)
        assert set(re.findall(r"</?(\w+)", text)) <= {"p", "b", "ul", "ol", "li"}
        plain = re.sub(r"</?b>", "", re.sub(r"</?(p|li|ul|ol)>", "。", text))
        assert max(len(sentence) for sentence in re.split("[。？！；]", plain)) <= 50, text


@pytest.mark.parametrize("code", COURSES)
def test_pictures_are_drawn_used_and_described(code):
    course, _bank = COURSES[code]
    used = pictures_of(course)
    assert set(course.DRAWINGS) == {name for _k, name, _alt, _caption in used}
    assert set(course.DRAWINGS) <= set(DRAWINGS)
    assert all(len(alt) >= 10 and alt != caption and 0 < len(caption) <= 60 for _k, _name, alt, caption in used)
    for _m, title, lessons in course.MODULES:
        assert sum(block[0] == "picture" for _s, _n, blocks in lessons for block in blocks) >= 2, title


@pytest.mark.parametrize("name", DRAWINGS)
def test_a_picture_is_small_and_of_one_size(name):
    png = drawing(name)
    assert len(png) < 40_000
    assert Image.open(BytesIO(png)).size == (960, 720)
    assert re.fullmatch(r"[a-z]+\d?(-[a-z]+)+", name)


@pytest.mark.parametrize("row", QUESTIONS)
def test_an_exam_question_can_be_marked(row):
    kind, topic, text, detail, answer, why = row
    body, key = _question_data(kind, detail, answer)
    types = {known.code: known for known in TYPES}
    assert types[kind].validate(body, key) == []
    assert topic
    for said in (text, why, *(detail if isinstance(detail, tuple) else ())):
        assert said == said.strip() != ""
        assert not CUSTODY.search(said)
        assert not OUTSIDE.search(said)
    if kind == "multiple":
        assert 2 <= len(answer) < len(detail)


@pytest.mark.parametrize("code", COURSES)
def test_a_bank_is_large_enough_and_fills_its_paper(code):
    _course, bank = COURSES[code]
    assert len(bank.QUESTIONS) >= 40
    assert len({row[2] for row in bank.QUESTIONS}) == len(bank.QUESTIONS)
    assert {kind for kind, *_rest in bank.QUESTIONS} == {"single", "multiple", "true_false", "numeric"}
    assert {row[1] for row in bank.QUESTIONS} == {topic for topic, _count in bank.BLUEPRINT}
    pool = [PoolQuestion(number, row[1], row[0]) for number, row in enumerate(bank.QUESTIONS)]
    paper = [{"topic": topic, "count": count, "points": 5} for topic, count in bank.BLUEPRINT]
    assert len(draw(paper, pool, "seed")) == 20


@pytest.mark.parametrize("code", COURSES)
def test_right_answers_are_spread(code):
    """Nobody passes by choosing the same letter, or the longest choice, all the time."""
    _course, bank = COURSES[code]
    singles = [row for row in bank.QUESTIONS if row[0] == "single"]
    places = Counter(answer for *_q, answer, _why in singles)
    assert all(count <= len(singles) * 0.4 for count in places.values()), places
    longest = sum(max(detail, key=len) == detail[answer] for _k, _t, _q, detail, answer, _why in singles)
    assert longest <= len(singles) * 0.5, longest
    sentences = Counter(answer for kind, *_q, answer, _why in bank.QUESTIONS if kind == "true_false")
    assert abs(sentences[True] - sentences[False]) <= 2


ALL = [welding_five, cooking, syb, *OUTLINES]


@pytest.mark.parametrize("course", ALL, ids=lambda course: course.CODE)
def test_a_course_ends_with_a_quiz_of_ten_of_its_own_questions(course):
    *_before, (_code, _title, lessons) = with_quiz(course)
    slug, _name, blocks = lessons[-1]
    questions = [block for block in blocks if block[0] == "question"]
    assert slug == "quiz" and len(questions) == 10 == len({question[1] for question in questions})
    asked = [block for _m, _t, rows in course.MODULES for _s, _n, parts in rows for block in parts]
    more = getattr(course, "ONE_MORE", ())
    assert all(question in asked or question in more for question in questions)
    parts = [{block for _s, _n, rows in module for block in rows if block[0] == "question"}
             for _c, _t, module in course.MODULES]  # fmt: skip
    assert all(part & set(questions) for part in parts), "every module is asked about"
    LESSON_BODY.clean(LESSON_BODY.to_python(body_of("quiz", blocks, {})))
