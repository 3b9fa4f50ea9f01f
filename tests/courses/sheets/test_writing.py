"""Tables that people open in Excel."""

import tracemalloc
from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO

import openpyxl
import pytest

from courses.sheets import Kind, SheetColumn, read, write_csv, write_form, write_xlsx

COLUMNS = [
    SheetColumn("姓名"), SheetColumn("成绩", Kind.NUMBER), SheetColumn("日期", Kind.DATE), SheetColumn("时间", Kind.MOMENT),
]  # fmt: skip
MOMENT = datetime(2025, 9, 1, 1, 30, tzinfo=UTC)  # half past nine in Shanghai
ROW = ("王国强", Decimal("85.50"), date(2025, 9, 1), MOMENT)
HOSTILE = [
    '=HYPERLINK("http://example.invalid")', "=cmd|'/c calc'!A0", "+1+1", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "＝1+1", "＠x",
    "'=1", 'a"b,c\nd', "_x0041_", "http://example.invalid/", "990101198804120110",
]  # fmt: skip


def csv_of(rows, columns=COLUMNS, **more):
    file = BytesIO()
    count = write_csv(file, columns, rows, **more)
    return file.getvalue(), count


def xlsx_of(rows, columns=COLUMNS, **more):
    file = BytesIO()
    count = write_xlsx(file, columns, rows, **more)
    return file.getvalue(), count


def test_a_csv_opens_in_excel_as_chinese():
    content, count = csv_of([ROW], preface=["培训台账"])
    assert content.startswith(b"\xef\xbb\xbf")
    assert count == 1
    assert content.decode("utf-8-sig").splitlines() == [
        "培训台账", "姓名,成绩,日期,时间", "王国强,85.5,2025-09-01,2025-09-01 09:30",
    ]  # fmt: skip


def test_days_and_numbers_of_an_xlsx_are_such():
    content, _count = xlsx_of([ROW], title="培训台账: 2025/9")
    sheet = openpyxl.load_workbook(BytesIO(content)).active
    assert sheet.title == "培训台账  2025 9"
    assert [cell.value for cell in sheet[2]] == ["王国强", 85.5, datetime(2025, 9, 1), datetime(2025, 9, 1, 9, 30)]
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.freeze_panes == "A2"


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_becomes_a_formula(text):
    column = [SheetColumn(text)]
    content, _count = xlsx_of([(text,)], column, title=text, preface=[text])
    cells = [row[0] for row in openpyxl.load_workbook(BytesIO(content)).active.iter_rows()]
    assert {cell.data_type for cell in cells} == {"s"}
    assert all(cell.hyperlink is None for cell in cells)
    written = csv_of([(text,)], column, preface=[text])[0].decode("utf-8-sig")
    assert not written.lstrip('"').startswith(("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠"))


@pytest.mark.parametrize("text", [text for text in HOSTILE if not text.startswith(("\t", "\r"))])
def test_what_was_written_is_read_again(text):
    for content, _count in (csv_of([(text,)], [SheetColumn("x")]), xlsx_of([(text,)], [SheetColumn("x")])):
        assert read(BytesIO(content)) == [("x",), (text,)]


def test_a_negative_number_stays_a_number():
    assert csv_of([(Decimal("-5452.75"),)], [SheetColumn("x", Kind.NUMBER)])[0].endswith(b"\r\n-5452.75\r\n")


def test_without_rows_there_are_headings():
    assert read(BytesIO(xlsx_of([])[0])) == [("姓名", "成绩", "日期", "时间")]
    assert read(BytesIO(csv_of([])[0])) == [("姓名", "成绩", "日期", "时间")]


@pytest.mark.parametrize(("write", "many"), [(write_csv, 100_000), (write_xlsx, 20_000)])
def test_many_rows_need_no_more_memory_than_few(write, many, tmp_path):
    peaks = {}
    for count in (1_000, many):
        with (tmp_path / f"{count}").open("wb") as file:
            tracemalloc.start()
            assert write(file, COLUMNS[:1], (("王国强",) for _number in range(count))) == count
            peaks[count] = tracemalloc.get_traced_memory()[1]
            tracemalloc.stop()
    assert peaks[many] < peaks[1_000] + 500_000


def test_a_form_to_fill_in_keeps_every_digit_and_offers_its_words():
    file = BytesIO()
    rows = [("=王国强", "990101198804120110")]
    write_form(
        file, ["姓名", "证件号码"], title="花名册", choices={"姓名": ["甲", "乙"]}, notes=["一行一个人"], filled=rows
    )
    file.seek(0)
    assert read(file) == [("姓名", "证件号码"), *rows]
    file.seek(0)
    book = openpyxl.load_workbook(file)
    sheet = book.worksheets[0]
    assert sheet.column_dimensions["B"].width > 5 and sheet["B2"].number_format == "@" and sheet["A2"].data_type == "s"
    (offered,) = sheet.data_validations.dataValidation
    assert offered.formula1 == "选项!$A$1:$A$2" and book.worksheets[1]["A1"].value == "一行一个人"
