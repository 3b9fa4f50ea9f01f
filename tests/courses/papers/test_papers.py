"""Drawing papers: same data, same bytes; what cannot be printed is said before."""

from datetime import date

import pytest

from courses.papers import Unprintable, draw, drawing, missing_glyphs, qr_code


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("王国强", []),
        ("阿卜杜·热合曼", []),
        ("䶮㛃𬱖翀堃濛镕喆犇", []),
        ("焊工（五级/初级工） 180 学时\n下一行", []),
        ("𠮷田", ["𠮷"]),
        ("王\u200b强", ["\u200b"]),
        ("王\u202e强\u202e", ["\u202e"]),
        ("王😀强\ue000", ["😀", "\ue000"]),
    ],
)
def test_missing_glyphs_names_what_paper_cannot_show(text, missing):
    """PER-7, CRT-8: rare characters are printed; those without a glyph and invisible ones are named."""
    assert missing_glyphs(text) == missing


def test_a_page_outside_the_project_is_refused():
    for template in ("../secrets.typ", "/etc/passwd", "pyproject.toml"):
        with pytest.raises(ValueError, match="not a Typst file"):
            draw(template, {})


def test_data_that_the_page_does_not_take_are_refused():
    with pytest.raises(Unprintable):
        draw("certificates/designs/certificate/certificate.typ", {"title": "培训合格证书"}, dated=date(2025, 9, 30))


def test_each_process_has_its_own_compiler():
    assert drawing._compiler(1) is drawing._compiler(1)
    assert drawing._compiler(1) is not drawing._compiler(2)


@pytest.mark.parametrize(("length", "level"), [(60, "M"), (331, "M"), (332, "L"), (425, "L")])
def test_qr_code_is_robust_while_the_text_fits_a_readable_picture(length, level):
    code = qr_code("x" * length)
    assert code["level"] == level
    assert code["version"] <= 13
    assert code["modules"] == 17 + 4 * code["version"]
    assert code == qr_code("x" * length)
