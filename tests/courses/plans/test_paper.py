"""The printed plan book: fourteen pages, every text and every cell, and nothing but what the learner wrote (P6 step 7)."""

import re
import time
import unicodedata
from datetime import date
from functools import cache

import pytest

from certificates.designs.rules import stigma_words
from courses.plans import paper
from courses.plans.book import Kind
from courses.plans.paper import PLACES, draw_book, page_data, print_plan
from courses.plans.rules.amounts import printed
from courses.plans.rules.tables import Row
from tests.courses.plans import shop
from tests.courses.plans.building import plan_scene
from tests.reading import pdf_lines, pdf_pages, pdf_text

build_scene = plan_scene
DAY = date(2026, 11, 22)
RARE = "䶮𬱖翀堃"
MARKUP = '#panic("x") $a$ <b> *c* \\ @d'
ANSWERS = {
    Kind.MONEY: "7.00", Kind.COUNT: "3", Kind.NUMBER: "2.50", Kind.PERCENT: "5.00", Kind.MONTH: "2", Kind.YES_NO: "yes",
}  # fmt: skip


@cache
def fish_shop() -> bytes:
    return draw_book(shop.values(shop.LOAN_THAT_RUNS_DRY), shop.local(), dated=DAY)


def squeezed(text: str) -> str:
    """Without blanks, which a page may break anywhere."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text))


def _line(row: Row, *, total: bool = True) -> str:
    cells = (*row.months, *([row.total] if total else []))
    return " ".join("–" if not amount else printed(amount) for amount in cells)


def test_a_plan_has_fourteen_pages_and_so_has_the_blank_form():
    assert pdf_pages(fish_shop()) == 14
    blank = draw_book({}, shop.local(), dated=DAY)
    assert pdf_pages(blank) == 14
    words = squeezed(pdf_text(blank))
    assert "创业者姓名" in words and "现金流量计划" in words and "0.00" not in words.replace("100,000.00", "")


def test_every_cell_of_the_monthly_tables_is_printed():
    book = shop.plan(shop.LOAN_THAT_RUNS_DRY)
    text = "\n".join(pdf_lines(fish_shop()))
    sums = {"opening", "net_sales"}
    tables = (*book.profit.rows, *book.profit.sales_by_product, *book.profit.materials_by_product, *book.cash.rows)
    shown = [row for row in tables if not row.empty and row.code not in sums]
    assert len(shown) > 35
    for row in shown:
        assert _line(row) in text, row.code
    assert " ".join(printed(amount) for amount in book.cash["opening"].months) in text


def test_the_results_stand_where_a_bank_officer_looks():
    words = squeezed(pdf_text(fish_shop()))
    for expected in (
        "全年利润31,635.75元", "启动资金需要125,240.00元", "−1,483.50",
        "第1、2月月底现金低于零(缺897.75、1,483.50元):开业前至少再准备1,483.50元", "有利润也会没钱付账",
        "开业头3个月如果没有收入,需要125,240.00元,现有48,000.00元,差77,240.00元", "共核对14项,其余12项都对得上",
    ):  # fmt: skip
        assert squeezed(expected) in words, expected
    assert "39,000.00 8,580.00 715.00" in pdf_lines(fish_shop())


def _full() -> dict[str, str]:
    """A text in every place of the form, each another one; amounts are the same."""
    values = {}
    for number, (path, place) in enumerate(PLACES.items()):
        kind = place.field.kind
        if place.section.code == "self":
            continue
        if kind in ANSWERS:
            values[path] = ANSWERS[kind]
        elif kind in (Kind.CHOICE, Kind.MANY):
            values[path] = place.field.choices[0][0]
        else:
            values[path] = f"词{number}完"
    return values


def test_every_text_of_a_full_plan_is_printed_and_long_ones_are_not_cut():
    values, length = _full(), 0
    for path, place in PLACES.items():
        if place.field.kind == Kind.LONG:
            more = place.field.longest - len(values[path])
            values[path] += "囍" * more
            length += more
    pdf = draw_book(values, shop.local(), dated=DAY)
    words = squeezed(pdf_text(pdf))
    texts = [text.rstrip("囍") for path, text in values.items() if PLACES[path].field.kind in (Kind.TEXT, Kind.LONG)]
    assert len(texts) > 200
    assert [text for text in texts if text not in words] == []
    assert words.count("囍") == length  # a page may end within a text
    assert 14 < pdf_pages(pdf) < 40


def test_a_typed_text_is_never_markup_and_rare_names_are_printed():
    values = {
        **shop.values(),
        "cover.entrepreneur": RARE,
        "overview.scope": MARKUP,
        "market.trend": MARKUP,
        "cover.enterprise": MARKUP,
    }
    words = squeezed(pdf_text(draw_book(values, shop.local(), dated=DAY)))
    assert squeezed(RARE) in words and squeezed(MARKUP) in words


def test_a_character_without_a_glyph_leaves_a_box_and_a_note():
    values = {**shop.values(), "cover.entrepreneur": "𠮷田"}
    assert page_data(values, shop.local(), dated=DAY)["text"]["cover.entrepreneur"] == "□田"
    words = squeezed(pdf_text(draw_book(values, shop.local(), dated=DAY)))
    assert "有的字打印不出来" in words


def test_the_same_plan_gives_the_same_bytes():
    assert draw_book(shop.values(shop.LOAN_THAT_RUNS_DRY), shop.local(), dated=DAY) == fish_shop()


def test_a_book_is_drawn_while_somebody_waits():
    fish_shop()
    begun = time.process_time()
    draw_book(shop.values(shop.LOAN_THAT_LASTS), shop.local(), dated=DAY)
    assert time.process_time() - begun < 2  # measured: 0.45 at most; no job in the background is needed


@pytest.mark.django_db
def test_what_was_handed_in_is_printed_as_it_was_and_tells_of_no_place(room):
    hand_in = room.handed_in()
    pdf = print_plan(hand_in)
    words = pdf_text(pdf)
    organisations = [room.world.prison, room.world.city, room.world.school]
    class_words = [room.training_class.class_no, *(str(place) for place in organisations)]
    metadata = pdf[-4000:].decode("latin-1")
    assert stigma_words([words, metadata], places=[str(place) for place in organisations]) == []
    assert not [word for word in class_words if squeezed(word) in squeezed(words)]
    plan = hand_in.plan
    assert squeezed("一段较长的文字") in squeezed(words)
    assert paper.texts_of(plan) == paper.texts_of(hand_in)
