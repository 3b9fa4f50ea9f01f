"""A roster as it is typed: headings, rows, days, who stands there twice. Pure."""

from datetime import date

import pytest

from courses.rosters import rules


def read(*rows, **hidden):
    return rules.read_roster([tuple(row) for row in rows], **hidden)


def test_headings_are_known_by_what_schools_and_prisons_write_over_them():
    roster = read(
        ("姓 名*", "身份证号（18位）", "所在监区/大队", "序号"), ("王国强", "990101198804120110", "一监区", "1")
    )
    (line,) = roster.lines
    assert (line.row, line.cell("full_name"), line.cell("id_number"), line.cell("unit")) == (
        2,
        "王国强",
        "990101198804120110",
        "一监区",
    )
    assert roster.unread == ("序号",) and roster.headings["full_name"] == "姓 名*"


def test_a_title_above_the_headings_and_empty_rows_do_not_shift_the_row_numbers():
    roster = read(("焊工班花名册", ""), ("姓名", "性别"), ("", ""), ("王国强", "男"), merged=[((0, 0), (0, 1))])
    assert [(line.row, line.cell("full_name"), line.faults) for line in roster.lines] == [(4, "王国强", ())]


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ([], "empty"),
        ([("姓名", "性别")], "empty"),
        ([("王国强", "男"), ("李德顺", "男")], "headings"),
        ([("Nimi", "Sukupuoli")], "headings"),
        ([("姓名", "学员姓名"), ("王国强", "王国强")], "twice"),
        ([("姓名",), *[("王国强",)] * (rules.MOST_PEOPLE + 1)], "many"),
    ],
)
def test_a_table_that_is_none_is_refused_as_a_whole(rows, code):
    with pytest.raises(rules.Unreadable) as refusal:
        read(*rows)
    assert refusal.value.code == code


def test_merged_cells_and_formulas_count_where_they_are_read():
    roster = read(
        ("姓名", "监区", "年龄"), ("王国强", "一监区", "30"), ("李德顺", "", "31"), ("=A2", "二监区", "32"),
        merged=[((1, 1), (2, 1))], formulas={(1, 2), (2, 0)},
    )  # fmt: skip
    found = [[(fault.column, fault.code) for fault in line.faults] for line in roster.lines]
    assert found == [
        [("unit", "merged")], [("full_name", "formula"), ("unit", "merged")], [("full_name", "formula")],
    ]  # fmt: skip


@pytest.mark.parametrize(
    "typed",
    ["1985-03-04", "1985/3/4", "1985.3.4", "1985年3月4日", "19850304", "１９８５－０３－０４", " 1985 / 3 / 4 "],
)
def test_days_however_they_are_written(typed):
    assert rules.day(typed) == date(1985, 3, 4)


@pytest.mark.parametrize("typed", ["1985", "1985.03", "85-3-4", "1985-13-01", "31110"])
def test_what_is_no_day_is_refused(typed):
    with pytest.raises(ValueError):
        rules.day(typed)


def test_who_stands_there_twice():
    """An identity or learner number says it exactly; a name alone may be anybody's of the name, a name and a day of birth not."""
    mentions = [
        rules.mention(2, name="王国强", born="1988-04-12", identity="h1"),
        rules.mention(3, name="王国强", born="1988-04-12", identity="h2"),  # another man
        rules.mention(4, name="王国强", born="1988-04-12"),  # which of them?
        rules.mention(5, name="王国强", born="1990-01-01"),  # a third
        rules.mention(6, name="王国强", born=""),
        rules.mention(7, name="李德顺", born="", number="100002"),
        rules.mention(8, name="李得顺", born="1979-09-23", identity="h3", file="7"),
        rules.mention(9, name="李得顺", born="1979-09-23", identity="h1"),
        rules.mention(10, name="周大山", born=""),
        rules.mention(11, name="周大山", born="1963-01-18"),
    ]
    assert rules.second_mentions(mentions) == {4: 2, 6: 2, 9: 2, 11: 10}
