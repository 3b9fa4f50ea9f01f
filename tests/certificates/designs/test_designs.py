"""Certificates on paper: complete, readable, the same for ever, and silent about the place of training."""

from dataclasses import replace
from datetime import date

import pytest

from certificates.designs import DESIGNS, render
from certificates.designs.art import ART
from certificates.designs.rules import Facts, stigma_words
from courses.papers import Unprintable, draw_svg
from courses.papers.drawing import ROOT, _compiler
from tests.reading import pdf_codes, pdf_pages, pdf_text

FACTS = Facts(
    title="培训合格证书",
    number="202510382640193572",
    name="王国强",
    course="焊工入门(验收)",
    half_hours=40,
    award_date=date(2025, 9, 30),
    issuer="丽禾职业培训学校(演示)",
    verify_url="https://qihang.example/verify",
    qr_text="https://qihang.example/c/HzERNO_h-Y1angSbQtfHPA#1." + "hEmiASYEQ2" * 30,
    level="五级/初级工",
    result="合格",
    trained_from=date(2025, 9, 1),
    trained_to=date(2025, 9, 12),
)
CODES = [design.code for design in DESIGNS]


@pytest.mark.parametrize("design", CODES)
def test_every_design_prints_the_facts_on_one_page(design):
    """CRT-1, CRT-8: number, name, project, hours, dates, institution; one A4 page."""
    pdf = render(design, FACTS)
    text = pdf_text(pdf)
    for words in ("培训合格证书", "202510382640193572", "王国强", "焊工入门（验收）", "20学时", "2025年9月1日至9月12日",
                  "丽禾职业培训学校（演示）", "2025年9月30日", "https://qihang.example/verify"):  # fmt: skip
        assert words in text, words
    assert pdf_pages(pdf) == 1


@pytest.mark.parametrize("design", CODES)
def test_the_qr_code_is_read_from_a_cheap_print(design):
    """CRT-8: at least 30 mm, read back at 150 and 200 dpi."""
    pdf = render(design, FACTS)
    assert pdf_codes(pdf, 200) == [FACTS.qr_text]
    assert pdf_codes(pdf, 150) == [FACTS.qr_text]


@pytest.mark.parametrize("design", CODES)
def test_the_same_facts_give_the_same_bytes(design):
    """CRT-8: identical bytes when drawn again, also by another process."""
    first = render(design, FACTS)
    render(design, replace(FACTS, name="李德顺"))
    assert render(design, FACTS) == first
    _compiler.cache_clear()
    assert render(design, FACTS) == first


@pytest.mark.parametrize(
    "changes",
    [
        {"name": "阿卜杜·热合曼" * 3, "course": "焊条电弧焊平焊立焊横焊仰焊综合技能提升" * 2, "issuer": "江州市丽禾现代职业技能培训学校有限责任公司"},
        {"name": "王䶮", "level": "", "result": "", "trained_from": None, "trained_to": None, "seal": "space"},
        {"seal": "none", "signatory": "赵校长", "half_hours": 41},
    ],
    ids=["long", "few", "no seal"],
)  # fmt: skip
@pytest.mark.parametrize("design", CODES)
def test_long_and_missing_facts_still_make_one_whole_page(design, changes):
    """PER-7: long names are fitted and never cut; a missing optional fact leaves no label behind."""
    facts = replace(FACTS, **changes)
    pdf = render(design, facts)
    text = pdf_text(pdf)
    assert facts.name in text
    assert facts.course.replace("(", "（").replace(")", "）") in text
    assert pdf_pages(pdf) == 1
    if not facts.level:
        assert "等级" not in text.replace("技能等级", "")
        assert "培训时间" not in text


def test_markup_in_a_name_is_text():
    assert '#panic("x")$a$<b>' in pdf_text(render("certificate", replace(FACTS, name='#panic("x") $a$ <b>')))


def test_a_name_without_a_glyph_is_never_printed_as_a_box():
    with pytest.raises(Unprintable):
        render("certificate", replace(FACTS, name="𠮷田"))


def test_an_unknown_design_is_refused():
    with pytest.raises(ValueError, match="no certificate design"):
        render("diploma", FACTS)


@pytest.mark.parametrize("name", ART)
def test_kept_drawings_are_the_ones_their_sources_draw(name):
    assert (ROOT / f"{name}.svg").read_text(encoding="utf-8") == draw_svg(f"{name}.typ", {})


@pytest.mark.parametrize(
    ("text", "places", "found"),
    [
        ("丽禾职业培训学校", (), []),
        ("焊工（五级/初级工）", ("江州监狱(演示)",), []),
        ("江州市 监 狱 教育科", (), ["监狱", "狱"]),
        ("第二大队电工班", (), ["大队"]),
        ("Ｊｉａｎｇｚｈｏｕ Prison", (), ["prison"]),
        ("Rehabilitation centre", (), ["rehab"]),
        ("强制隔离戒毒所", (), ["戒毒", "强制隔离"]),
        ("江北农场柑橘班", ("江北农场（演示）",), ["江北农场"]),
        ("柑橘栽培管理", ("江北农场（演示）", "(演示)"), []),
    ],
)
def test_stigma_words_are_found_however_they_are_written(text, places, found):
    """Nothing public tells that or where a person was held."""
    assert stigma_words([text, "合格"], places=places) == found
