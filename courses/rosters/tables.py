"""The files of a roster: the one to fill in, and the one with the rows that were refused."""

from typing import IO

from django.utils import translation

from courses.people.models import CategoryPeriod, Learner, Organisation
from courses.rosters import rules
from courses.rosters.actions import unsealed
from courses.rosters.models import RosterImport, RosterRow
from courses.sheets import write_form

NOTES = (
    "一行一个人。第一行是表头，不要改；不用的列可以空着，多出来的列系统不读。",
    "姓名：必填，照证件写。名字中间有点的，用“·”。",
    "证件号码：18 位，老证件 15 位也行。填了证件号码，性别和出生日期可以不填。还没有证件的，先空着，填性别和出生日期。",
    "学号：已经建过档的人填学号或证件号码都行；新学员空着，系统会给学号。",
    "出生日期：像 1985-03-24 这样写。",
    "证件来源：核对过什么证件。没有核对的空着，系统记为“身份待核”。",
    "人员类别、监区、阅读能力：从下拉的选项里选。",
    "不要合并单元格，不要用公式；从别的表里拷来的，选择“粘贴为数值”。",
)


def write_template(file: IO[bytes], organisation: Organisation | None) -> None:
    """An XLSX with the headings, the words of each list (units of this place), and on a second sheet how to fill it in."""
    write_form(file, rules.TEMPLATE, title="花名册", choices=_choices(organisation), notes=NOTES)


def write_refused(file: IO[bytes], roster_import: RosterImport) -> None:
    """The refused rows as they were typed, with the row they stood in and the reason: to mend and to bring in again."""
    rows = roster_import.rows.filter(outcome=RosterRow.Outcome.REFUSED).exclude(cells="").order_by("row")
    filled = []
    for row in rows:
        cells = unsealed(row.cells)
        filled.append([*(cells.get(column, "") for column in rules.HEADINGS), " ".join(row.problems), str(row.row)])
    headings = (*rules.TEMPLATE, "没有导入的原因", "原表行号")
    write_form(
        file, headings, title="没有导入的行", choices=_choices(roster_import.organisation), notes=NOTES, filled=filled
    )


def _choices(organisation: Organisation | None) -> dict[str, list[str]]:
    with translation.override("zh-hans"):
        lists = {
            rules.GENDER: ["男", "女"],
            rules.EVIDENCE: [str(one.label) for one in Learner.IdEvidence if one != Learner.IdEvidence.UNVERIFIED],
            rules.CATEGORY: [str(one.label) for one in CategoryPeriod.Category],
            rules.READING: [str(one.label) for one in Learner.Literacy],
            rules.UNIT: [unit.name for unit in organisation.units.order_by("name")] if organisation else [],
        }
    return {rules.HEADINGS[column][0]: words for column, words in lists.items()}
