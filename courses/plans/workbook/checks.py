"""The checks as formulas: differences that must be nought, and the figures that say whether the money lasts."""

from django.utils.translation import gettext as _

from courses.plans.book.rows import ROW_NAMES
from courses.plans.rules.checks import cash_identity
from courses.plans.rules.figures import NOTHING
from courses.plans.rules.tables import total
from courses.plans.workbook.sheet import CENTS, Formula, Sheet
from courses.plans.workbook.written import Places


def sheet(page: Sheet, places: Places) -> None:
    """C6, C7 and C8 with their terms; C5 and C9 stand in sections 7 and 10 and are repeated."""
    page.columns(60, 24)
    found, lines, cells = places.found, places.lines, places.cells
    _line(page, _("start money lacks, if nothing were sold (advice)"), cells["gap"], found.finding("C5").facts["gap"])
    collected = f"ROUND({lines['cash.cash_sales'].total}+{lines['cash.collected'].total}+{cells['receivables']}-{lines['sales'].total},2)"
    _line(page, _("sold on credit: paid at once + collected + still owed − sales = 0"), collected, NOTHING)
    repaid = f"ROUND({lines['repaid'].total}+{cells['loan_left']}-{cells['cash.loan']},2)"
    _line(page, _("the loan: repaid + still owed − loan = 0"), repaid, NOTHING)
    _line(page, _("lowest cash at the end of a month (yuan)"), cells["lowest"], found.cash.lowest)
    _line(page, _("to have in addition at the start (yuan)"), cells["extra"], found.cash.extra_money)
    page.heading(_("from net income to cash"))
    terms = cash_identity(found.profit, found.cash)
    names = {
        "net_income": lines["net_income"].total, "depreciation": lines["depreciation"].total,
        "equipment": f"-{lines['cash.equipment'].total}", "deposit": f"-{lines['cash.deposit'].total}",
        "principal": f"-{lines['repaid'].total}", "receivables": f"-{cells['receivables']}", "payables": cells["payables"],
        "other_in": lines["cash.other_in"].total, "other_out": f"-{lines['cash.other_out'].total}",
    }  # fmt: skip
    labels = {"receivables": _("customers still owe (yuan)"), "payables": _("still owed for material (yuan)")}
    parts = [_line(page, labels.get(code) or str(ROW_NAMES[code]), names[code], value) for code, value in terms.items()]
    right = _line(page, _("sum"), f"ROUND({'+'.join(parts)},2)", total(terms.values()))
    left_text = f"ROUND({lines['closing'].month(12)}-{cells['sources']},2)"
    left = _line(page, _("cash after month 12 less start money"), left_text, found.finding("C8").facts["left"])
    _line(page, _("difference = 0"), f"ROUND({left}-{right},2)", NOTHING)


def _line(page: Sheet, label: str, text: str, value: object) -> str:
    return page.entry(label, Formula(text, value), num_format=CENTS, align="right")  # type: ignore[arg-type]
