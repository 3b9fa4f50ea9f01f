"""Tables that people upload."""

import base64
import zipfile
import zlib
from io import BytesIO

import pytest
import xlsxwriter
from django.core.exceptions import ValidationError

from courses.sheets import read, read_sheet

ROWS = [("姓名", "成绩"), ("王国强", "85"), ("𬱖·阿卜杜", "")]
# An XLS of Excel 97: two columns, a text that looks like a formula, a day.
XLS = zlib.decompress(
    base64.b64decode(
        "eNrtWE1oE0EU/maTND80ySamQiuUUDBqfw5BEBHStVLtKaWKqJVCbdocSiWV6EUPtVpzEkHw5M+lUA9eql78QQ9686BU7EEQhERP"
        "4klQ8NBkffMyi2mt2IAWKvMt883b997MvN2ZefvzeiFSnL3fUsIKdMOFiu1HQ41OUPE7JybIbttSdGofFVtjQ8Hvo4ls8OBJ8KVX"
        "zqGc7xIM3HM/JwY+UBnCKfRP5rLxdcQ+jmFEyBhSxAK3SBNCM0cVZR5l3sR8lz2fMu9lzRXmFPkWxXEsWP3tu9UqPma0sS0E2e9D"
        "bvOONUk04YVcxeeviqqvBz358ZGTG8zQ6m7EHGhC+7K5bF6eh3EbAWCQ0JVOd/X2FhGjyZ7DNzsOfHV29bO41q+vXoD035frvb/R"
        "+2gSV+qvGW5gGvYJ3iQFStABd3Ut9CwhASnLQsbFweBhqszMpykXxOXT5SN7hsmUSnYkAzKzcyYwl2WCIO+QRuIxhFmO8D4xKZSl"
        "O1/epDMD1jBrpjn7V58RW2VIsHFBtqDGIba4mKVvO3MH80XudQvLLcwxWsRUJwaalHBghn0usTVB4+xkLFrbauTtJBc+H3zUWvho"
        "7SB5vq90Ljb/1ppFG92SMWovjxl0ik5x47rEY8uphcon75mbf8ktPsNUsdvqQRhGWe4mQoS5eibvjlD+YhV/wf6yxykjwPFEcLNQ"
        "9TdW8TfY36X85T2IYtcrA91GFA+kkTLdTwSgoaGhoaGhoaGh8ScI9U7uUt8JHvXm71X/dcpUKvo3yX+LQ5ik4wx9VO5Hjuo8zta1"
        "fjbDI5y+xBrbOP8LJY7S6HlMIMNxTNS9funLTdRez5obmn9vC9U7fqWeOP/x+D8A4ETRhQ=="
    )
)


def sentence(content, **limits):
    with pytest.raises(ValidationError) as refused:
        read(BytesIO(content), **limits)
    return refused.value.messages[0]


def workbook(*cells, name=None):
    """An XLSX with values at (row, column)."""
    file = BytesIO()
    book = xlsxwriter.Workbook(file, {"strings_to_formulas": False})
    sheet = book.add_worksheet(name)
    for row, column, value in cells:
        sheet.write(row, column, value)
    book.close()
    return file.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_every_chinese_encoding_is_read(encoding):
    text = "\r\n".join(",".join(row) for row in ROWS) + "\r\n"
    assert read(BytesIO(text.encode(encoding))) == ROWS


@pytest.mark.parametrize("encoding", ["gbk", "gb2312"])
def test_older_encodings_are_parts_of_gb18030(encoding):
    assert read(BytesIO("姓名,成绩\n王国强,85\n".encode(encoding))) == ROWS[:2]


@pytest.mark.parametrize("separator", [",", "\t", ";"])
def test_the_separator_is_the_one_of_the_first_line(separator):
    text = f"姓名{separator}成绩\n王国强{separator}85\n"
    assert read(BytesIO(text.encode())) == ROWS[:2]


def test_a_quoted_cell_may_hold_lines_and_separators():
    assert read(BytesIO('a,"一,\n二"\n'.encode())) == [("a", "一,\n二")]


def test_rows_are_made_equally_wide_and_empty_ends_are_cut():
    assert read(BytesIO(b"a,,\n\nb,c\n,,\n\n")) == [("a", ""), ("", ""), ("b", "c")]


@pytest.mark.parametrize("content", [b"", b" \r\n ", b"\xef\xbb\xbf"])
def test_an_empty_file_has_no_rows(content):
    assert read(BytesIO(content)) == []


def test_an_xlsx_is_read_as_text(english):
    content = workbook((1, 0, "姓名"), (1, 1, 85), (2, 0, "=1+1"), (2, 1, 59.5), (3, 1, "990101198804120110"))
    assert read(BytesIO(content)) == [
        ("", ""), ("姓名", "85"), ("=1+1", "59.5"), ("", "990101198804120110"),
    ]  # fmt: skip


def test_an_old_xls_is_read_too():
    assert read(BytesIO(XLS)) == [("姓名", "成绩"), ("王国强", "85.5"), ("=1+1", "2025-09-01")]


def test_a_number_that_lost_its_last_digits_is_refused_with_its_cell(english):
    content = workbook((0, 0, "身份证号"), (1, 0, 990101198804120110))
    assert sentence(content).startswith("Cell A2: a number this long has lost its last digits.")


def test_size_rows_and_columns_have_limits(english):
    assert sentence(b"a" * 2_000_000, max_bytes=1024 * 1024).startswith("The file is larger than 1 MB.")
    assert sentence(b"a\n" * 4, max_rows=3) == "The table has more than 3 rows. Split it."
    assert sentence(workbook(*[(row, 0, "a") for row in range(4)]), max_rows=3).endswith("3 rows. Split it.")
    assert sentence(b"," * 300) == "The table has more than 200 columns."


@pytest.mark.parametrize("corner", [(1_048_575, 0), (0, 16_383), (1_048_575, 16_383)])
def test_one_cell_in_a_far_corner_is_refused_before_it_is_laid_out(corner, english):
    assert "The table has more than" in sentence(workbook((0, 0, "a"), (*corner, "b")))


def test_a_bomb_is_refused_without_unpacking_it(english):
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"")
        archive.writestr("xl/worksheets/sheet1.xml", b" " * 210_000_000)
    assert len(file.getvalue()) < 1_000_000
    assert "more than" in sentence(file.getvalue())


def test_what_is_no_table_is_told(english):
    picture = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01"
    other_zip = BytesIO()
    with zipfile.ZipFile(other_zip, "w") as archive:
        archive.writestr("word/document.xml", b"<a/>")
    for content in (picture, other_zip.getvalue(), b"\x81\x20\xff" * 9):
        assert sentence(content) == "This file is no table. Save it as XLSX or as CSV."


def test_a_damaged_workbook_kills_nobody(english):
    """The reader of workbooks dies of some of these; it does so in a process of its own."""
    damaged = bytearray(XLS)
    damaged[0x1C] ^= 0xFF
    damaged[0x1E] = 0x40  # sectors of an impossible size
    good = workbook((0, 0, "a"))
    for content in (bytes(damaged), XLS[:600], good[:-40], good[:200] + b"\0" * 200 + good[400:]):
        assert sentence(content).startswith("The workbook cannot be opened: it is damaged, or protected by a password.")


def test_merged_cells_and_formulas_of_the_first_sheet_are_told():
    file = BytesIO()
    book = xlsxwriter.Workbook(file)
    sheet, other = book.add_worksheet(), book.add_worksheet()
    sheet.merge_range("A1:C1", "花名册")
    sheet.write("A2", "王国强")
    sheet.write_formula("C3", "=1+1", value=2)
    other.write_formula("A1", "=1+1", value=2)
    book.close()
    file.seek(0)
    found = read_sheet(file)
    assert found.rows == [("花名册", "", ""), ("王国强", "", ""), ("", "", "2")]
    assert found.merged == (((0, 0), (0, 2)),) and found.formulas == {(2, 2)}
    assert read_sheet(BytesIO(XLS)).merged == () and read_sheet(BytesIO("姓名\n王\n".encode())).formulas == frozenset()
