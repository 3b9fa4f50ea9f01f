"""From what is written to what follows from it: `values` are canonical texts by path, an empty field has none.

`figures` is the one bridge to the arithmetic, `plan` works everything out once, `sheets` reads the sheets beside the plan,
`rows` says which rows of a table there are, `contents` what two plans are compared by.
"""

from courses.plans.reading.contents import contents_of
from courses.plans.reading.fields import Values, amount
from courses.plans.reading.figures import KIND_OF_TABLE, WITH_PARTNERS, figures_of, posts_of, running_amount, staff_pay
from courses.plans.reading.plan import Workbook, workbook
from courses.plans.reading.planned import LICENCES, PLANNED, PROMOTION
from courses.plans.reading.rows import row_name, rows_of
from courses.plans.reading.sheets import macro, micro, self_check, swot_missing, winner

__all__ = [
    "KIND_OF_TABLE",
    "LICENCES",
    "PLANNED",
    "PROMOTION",
    "WITH_PARTNERS",
    "Values",
    "Workbook",
    "amount",
    "contents_of",
    "figures_of",
    "macro",
    "micro",
    "posts_of",
    "row_name",
    "rows_of",
    "running_amount",
    "self_check",
    "staff_pay",
    "swot_missing",
    "winner",
    "workbook",
]
