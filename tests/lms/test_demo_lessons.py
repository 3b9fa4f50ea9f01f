"""What the courses of the demo teach, without a database: complete, plain, pictured, and asked about."""

import re
from collections import Counter
from io import BytesIO

import pytest
from PIL import Image

from cms.pages.models import CoursePage
from courses.questions.rules import PoolQuestion, draw
from courses.questions.types import TYPES
from lms.demo.content import cooking, cooking_questions, welding_five, welding_five_questions
from lms.demo.content.drawings import DRAWINGS, drawing
from lms.demo.course import _question_data

COURSES = {cooking.CODE: (cooking, cooking_questions), welding_five.CODE: (welding_five, welding_five_questions)}
LESSONS = [
    pytest.param(code, slug, blocks, id=f"{code}-{slug}")
    for code, (course, _bank) in COURSES.items()
    for _m, _t, lessons in course.MODULES
    for slug, _title, blocks in lessons
]
QUESTIONS = [
    pytest.param(row, id=f"{code}-{number}")
    for code, (_course, bank) in COURSES.items()
    for number, row in enumerate(bank.QUESTIONS)
]
CUSTODY = re.compile("监狱|监区|监舍|狱|服刑|罪犯|犯人|囚|戒毒|吸毒|刑满|刑期|劳改|管教|民警|大队|释放|出去以后|看守")
OUTSIDE = re.compile(r"https?:|www\.|<a |<img|@|\.com|\.cn")
LONGEST = {
    "heading": 40,
    "caption": 60,
    "step": 120,
    "title": 30,
    "warning": 200,
    "question": 120,
    "choice": 60,
    "why": 200,
}


def words_of(block):
    """Every piece of text in a block, with the name of the room it has to fit into."""
    kind, *parts = block
    if kind in {"heading", "text"}:
        return [(kind, parts[0])]
    if kind == "steps":
        return [("step", line) for line in parts[0]]
    if kind == "safety":
        return [("title", parts[1]), ("warning", parts[2])]
    if kind == "picture":
        return [("alt", parts[1]), ("caption", parts[2])]
    question, choices, _right, why = parts
    return [("question", question), *(("choice", choice) for choice in choices), ("why", why)]


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


@pytest.mark.parametrize(("code", "slug", "blocks"), LESSONS)
def test_a_lesson_is_one_that_an_author_could_save(code, slug, blocks):
    assert blocks[0][0] == "heading"
    assert sum(block[0] == "question" for block in blocks) >= 1
    for block in blocks:
        for room, text in words_of(block):
            assert text == text.strip() != ""
            assert len(text) <= LONGEST.get(room, 10_000), text
            assert not CUSTODY.search(text), text
            assert not OUTSIDE.search(text), text
        if block[0] == "steps":
            assert 2 <= len(block[1]) <= 8
        if block[0] == "safety":
            assert block[1] in {"look", "danger"}
        if block[0] == "text":
            assert set(re.findall(r"</?(\w+)", block[1])) <= {"p", "b", "ul", "ol", "li"}


@pytest.mark.parametrize(("code", "slug", "blocks"), LESSONS)
def test_a_lessons_questions_have_right_and_wrong_choices(code, slug, blocks):
    for _kind, _question, choices, right, _why in (block for block in blocks if block[0] == "question"):
        assert 2 <= len(choices) == len(set(choices)) <= 5
        assert 1 <= len(right) < len(choices)
        assert set(right) <= set(range(len(choices)))


@pytest.mark.parametrize(("code", "slug", "blocks"), LESSONS)
def test_sentences_are_short(code, slug, blocks):
    """Read slowly, or aloud: what stands between two full stops is at most fifty characters."""
    for block in blocks:
        for room, text in words_of(block):
            if room in {"text", "step", "warning", "why", "question"}:
                plain = re.sub(r"</?(p|li|ul|ol)>", "。", text).replace("<b>", "").replace("</b>", "")
                assert max(len(sentence) for sentence in re.split("[。？！；]", plain)) <= 50, text


@pytest.mark.parametrize("code", COURSES)
def test_pictures_are_drawn_used_and_described(code):
    course, _bank = COURSES[code]
    used = pictures_of(course)
    assert set(course.DRAWINGS) == {name for _k, name, _alt, _caption in used}
    assert set(course.DRAWINGS) <= set(DRAWINGS)
    assert all(len(alt) >= 10 and alt != caption for _k, _name, alt, caption in used)
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
