"""What the rows of the monthly tables are called."""

from django.utils.translation import gettext_lazy, pgettext_lazy

from courses.plans.book.plan import RUNNING_COSTS
from courses.plans.book.shape import Words

ROW_NAMES: dict[str, Words] = {
    **dict(RUNNING_COSTS),
    "sales": gettext_lazy("sales with value-added tax"), "vat": gettext_lazy("value-added tax"),
    "net_sales": gettext_lazy("net sales"), "depreciation": gettext_lazy("depreciation"),
    "interest": gettext_lazy("interest on the loan"), "once": gettext_lazy("other costs once"),
    "materials": gettext_lazy("raw material and packaging"), "total_costs": gettext_lazy("all costs"),
    "profit": pgettext_lazy("row of the plan", "profit"), "taxes": gettext_lazy("income tax and other taxes"),
    "income_tax": gettext_lazy("income tax"), "other_tax": gettext_lazy("other taxes"), "net_income": gettext_lazy("net income"),
    "opening": gettext_lazy("cash at the start of the month"), "cash_sales": gettext_lazy("sales paid at once"),
    "collected": gettext_lazy("sales on credit, paid now"), "own_money": gettext_lazy("own money"),
    "family_money": gettext_lazy("money of family and friends"), "grants": gettext_lazy("grants"),
    "loan": gettext_lazy("loan"), "other_in": gettext_lazy("other money in"), "total_in": gettext_lazy("all that comes in"),
    "available": gettext_lazy("cash that is there (A)"), "cash_purchases": gettext_lazy("material paid at once"),
    "paid_purchases": gettext_lazy("material on credit, paid now"), "principal": gettext_lazy("loan repaid"),
    "equipment": gettext_lazy("equipment"), "deposit": gettext_lazy("deposits"), "other_out": gettext_lazy("other money out"),
    "total_out": gettext_lazy("all that goes out (B)"), "closing": gettext_lazy("cash at the end of the month (A − B)"),
}  # fmt: skip
CASH_TAXES = gettext_lazy("taxes, with value-added tax")
