"""The course on starting a business: its shop is calculated here once more, and every figure that the lessons name must be one of it."""

import re
from collections import Counter
from decimal import ROUND_HALF_UP, Decimal

import pytest

from cms.blocks.body import LESSON_BODY
from cms.pages.models import CoursePage
from courses.questions.rules import PoolQuestion, draw
from courses.questions.types import by_code
from lms.demo.content import syb, syb_questions
from lms.demo.content.drawings import drawing, syb_money
from lms.demo.content.outlines import OUTLINES
from lms.demo.course import _question_data, body_of

pytestmark = pytest.mark.once

COURSES = (syb, *OUTLINES)
HOURS = {"SYB": (32, 48), "SEW-S": (48, 72), "CITRUS-S": (24, 36), "ECOM-W": (24, 32), "GYB": (10, 14), "LIT-0": (8, 8)}
FORBIDDEN = re.compile(
    "监狱|监区|监舍|狱|服刑|罪犯|犯人|囚|戒毒|吸毒|刑满|刑期|释放|民警|管教|看守|不适合|SIYB|ILO|劳工组织"
)
FIGURE = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+\.\d+|\d{4,}")
TELEPHONES = {
    "12333",
    "12315",
    "12366",
}  # of the labour office, the market supervision and the tax office: all provinces


def lessons_of(course):
    return [lesson for _module, _title, lessons in course.MODULES for lesson in lessons]


LESSONS = [
    pytest.param(blocks, id=f"{course.CODE}-{slug}")
    for course in COURSES
    for slug, _title, blocks in lessons_of(course)
]


# The shop: 烤鱼 88/38, 小炒 28/12, a tenth of the sales paid a month later


def fish_shop(loan):
    """Month by month: sales, material, profit, cash at the end; Decimal, interest to the cent."""
    fish = (150, 200, 240, 260, 280, 280, 240, 220, 260, 300, 300, 320)
    dish = (300, 360, 400, 420, 420, 420, 380, 380, 400, 440, 460, 480)
    cash, owed, unpaid, months = Decimal(10000 + loan), Decimal(loan), Decimal(0), []
    for month in range(12):
        sales, material = Decimal(fish[month] * 88 + dish[month] * 28), Decimal(fish[month] * 38 + dish[month] * 12)
        running = 15600 + (1300 if month == 0 else 0)  # the first month: 1,000 more for marketing, 300 to register
        interest = (owed * Decimal("0.0435") / 12).quantize(Decimal("0.01"), ROUND_HALF_UP)
        repaid = 2000 if month >= 6 else 0
        came, went = (
            sales * Decimal("0.9") + unpaid,
            material + running + interest + repaid + (42000 if month == 0 else 0),
        )
        cash, owed, unpaid = cash + came - went, owed - repaid, sales / 10
        profit = sales - material - running - 715 - interest
        months.append({"sales": sales, "material": material, "profit": profit, "interest": interest, "in": came,
                       "out": went, "close": cash})  # fmt: skip
    return months


SMALL, LARGE = fish_shop(38000), fish_shop(50000)


def total(months, what):
    return sum(month[what] for month in months)


def written(amount):
    """As the lessons write it: thousands apart, no cents where there are none."""
    return f"{amount:,.2f}".removesuffix(".00")


def figures_of_the_shop():
    """Everything a lesson may name, with where it comes from."""
    known = {abs(month[what]) for months in (SMALL, LARGE) for month in months for what in month}
    assets = {7200: 5, 4800: 5, 5400: 5, 3600: 3, 6000: 4, 12000: 5}
    known |= {month["sales"] * 9 / 10 for month in SMALL}  # paid at once
    known |= set(assets) | {price // years for price, years in assets.items()}
    known |= {
        sum(assets),
        sum(price // years for price, years in assets.items()),
        3000,
        42000,
        38000,
        50000,
        60000,
        10000,
    }
    known |= {48000, 4000, 6400, 1500, 13200, 8400, 2160, 15600, 16315, 16900, 35140, 48100, 125240, 65240, 12000}
    known |= {total(months, what) for months in (SMALL, LARGE) for what in ("sales", "material", "profit")}
    fixed = total(LARGE, "sales") - total(LARGE, "material") - total(LARGE, "profit")
    share = 1 - total(LARGE, "material") / total(LARGE, "sales")
    known |= {fixed, (fixed / share).quantize(Decimal("0.01")), (fixed / share / 12).quantize(Decimal(1))}
    return {written(Decimal(amount)) for amount in known}


def words(blocks):
    return [text for block in blocks for text in _texts(block[1:])]


def _texts(part):
    if isinstance(part, str):
        return [part]
    return [text for item in part for text in _texts(item)] if isinstance(part, tuple) else []


def test_the_shop_is_the_one_of_the_plan():
    assert [SMALL[0]["close"], SMALL[1]["close"], SMALL[2]["close"]] == [
        Decimal("-897.75"),
        Decimal("-1483.50"),
        Decimal("714.75"),
    ]
    assert (total(SMALL, "profit"), SMALL[11]["close"]) == (Decimal("31635.75"), Decimal("30055.75"))
    assert (total(LARGE, "profit"), LARGE[11]["close"]) == (Decimal("31113.75"), Decimal("41533.75"))
    assert min(month["close"] for month in LARGE) == Decimal("10429.50")
    assert (LARGE[0]["profit"], LARGE[2]["profit"]) == (Decimal("-5496.25"), Decimal("1903.75"))
    assert (total(LARGE, "sales"), total(LARGE, "material")) == (404480, 174220)


@pytest.mark.parametrize(
    "figure",
    ("39,000", "8,580", "715", "125,240", "65,240", "35,140", "48,100", "21,600", "404,480", "174,220", "31,113.75",
     "5,496.25", "897.75", "1,483.50", "714.75", "31,635.75", "10,429.50", "349,824.87", "57.14%"),
)  # fmt: skip
def test_the_lessons_name_the_figures_that_matter(figure):
    assert any(figure in text for _slug, _title, blocks in lessons_of(syb) for text in words(blocks))


def test_no_lesson_names_a_figure_that_is_not_the_shops():
    allowed = (
        figures_of_the_shop() | TELEPHONES | {"4.35", "57.14", "15,840", "2,640", "2,000", "6,000"}
    )  # of small sums
    named = {
        figure for _slug, _title, blocks in lessons_of(syb) for text in words(blocks) for figure in FIGURE.findall(text)
    }
    assert named - allowed == set()


def test_the_bars_are_the_shops():
    assert [Decimal(amount) for amount in syb_money.CASH] == [month["close"] for month in SMALL]
    assert list(syb_money.SALES) == [month["sales"] for month in SMALL]
    assert sum(int(price.replace(",", "")) for _name, _years, price in syb_money.ASSETS) == 39000


# The courses


@pytest.mark.parametrize("course", COURSES, ids=lambda course: course.CODE)
def test_a_course_says_what_it_is(course):
    assert HOURS[course.CODE] == (course.THEORY_HOURS, course.PRACTICE_HOURS)
    assert course.ART in CoursePage.Art.values
    assert len(course.SUMMARY) <= 120
    assert len("\n".join(course.CAN_DO)) <= 600
    assert len(course.MODULES) >= (5 if course is syb else 3)
    assert all(len(lessons) == 3 for _module, _title, lessons in course.MODULES)
    slugs = [slug for slug, _title, _blocks in lessons_of(course)]
    assert len(slugs) == len(set(slugs))
    said = [
        course.TITLE,
        course.LEVEL,
        course.SUMMARY,
        *course.CAN_DO,
        *(title for _s, title, _b in lessons_of(course)),
    ]
    assert not FORBIDDEN.search("\n".join(said))


@pytest.mark.parametrize("blocks", LESSONS)
def test_a_lesson_can_be_saved_teaches_and_asks(blocks):
    """Pictures apart: a test with a database stores those."""
    LESSON_BODY.clean(LESSON_BODY.to_python(body_of("test", tuple(b for b in blocks if b[0] != "picture"), {})))
    assert sum(block[0] == "question" for block in blocks) >= 1
    assert sum(block[0] == "heading" for block in blocks) >= 2
    text = "\n".join(words(blocks))
    assert not FORBIDDEN.search(text)
    assert not re.search(r"你|https?:|www\.", text)


@pytest.mark.parametrize("course", OUTLINES, ids=lambda course: course.CODE)
def test_an_outline_says_that_it_is_one(course):
    assert course.OUTLINE
    for _slug, _title, blocks in lessons_of(course):
        assert blocks[0][0] == "text"
        assert "大纲" in blocks[0][1]
        assert all(3 <= len(block[1]) <= 5 for block in blocks if block[0] == "steps")


def test_pictures_are_drawn_used_and_described():
    used = [block for _slug, _title, blocks in lessons_of(syb) for block in blocks if block[0] == "picture"]
    assert sorted(syb.DRAWINGS) == sorted(name for _kind, name, _alt, _caption in used)
    for _kind, name, alt, caption in used:
        assert drawing(name).startswith(b"\x89PNG")
        assert len(alt) >= 10
        assert 0 < len(caption) <= 60
        assert alt != caption


@pytest.mark.parametrize("course", OUTLINES, ids=lambda course: course.CODE)
def test_the_right_choice_moves_about(course):
    places = Counter(block[3][0] for _s, _t, blocks in lessons_of(course) for block in blocks if block[0] == "question")
    assert len(places) == 3
    assert max(places.values()) <= 5


# The bank


@pytest.mark.parametrize("row", syb_questions.QUESTIONS, ids=lambda row: row[2][:12])
def test_a_question_can_be_marked(row):
    kind, _topic, text, detail, answer, why = row
    body, key = _question_data(kind, detail, answer)
    assert by_code(kind).validate(body, key) == []
    assert why
    assert not FORBIDDEN.search(f"{text}{detail}{why}")


def test_the_bank_fills_a_paper():
    bank = syb_questions.QUESTIONS
    assert len(bank) == len({row[2] for row in bank}) >= 40
    assert {row[0] for row in bank} == {"single", "multiple", "true_false", "numeric"}
    assert {row[1] for row in bank} == {topic for topic, _count in syb_questions.BLUEPRINT}
    paper = [{"topic": topic, "count": count, "points": 5} for topic, count in syb_questions.BLUEPRINT]
    pool = [PoolQuestion(number, row[1], row[0]) for number, row in enumerate(bank)]
    assert len(draw(paper, pool, "seed")) == sum(count for _topic, count in syb_questions.BLUEPRINT) == 20


def test_right_answers_are_spread():
    """Nobody passes by choosing the same letter, or the longest choice, all the time."""
    singles = [row for row in syb_questions.QUESTIONS if row[0] == "single"]
    places = Counter(answer for *_rest, answer, _why in singles)
    assert max(places.values()) <= len(singles) * 0.4
    assert sum(max(row[3], key=len) == row[3][row[4]] for row in singles) <= len(singles) * 0.6
    sentences = Counter(row[4] for row in syb_questions.QUESTIONS if row[0] == "true_false")
    assert abs(sentences[True] - sentences[False]) <= 2
