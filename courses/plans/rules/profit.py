"""Sales and costs (section 9): the profit of twelve months.

Every cell is rounded to the cent where it is printed, and every sum is the sum of printed cells, so a learner who adds the
column on paper finds the same figure.
"""

from dataclasses import dataclass

from courses.plans.rules.assets import depreciation_month
from courses.plans.rules.figures import MONTHS, NOTHING, Decimal, PlanFigures, Product, Twelve, divided, twelve, yuan
from courses.plans.rules.loan import schedule
from courses.plans.rules.tables import Row, Rows, added, in_month, row

# The running costs of section 7, and every cost without material in the order of the form.
RUNNING = (
    "owner_pay", "staff_pay", "rent", "marketing", "utilities", "maintenance", "insurance", "registration", "other",
)  # fmt: skip
COSTS = (
    "owner_pay", "staff_pay", "rent", "marketing", "utilities", "maintenance", "depreciation", "interest", "insurance",
    "registration", "other", "once",
)  # fmt: skip


@dataclass(frozen=True)
class ProfitTable(Rows):
    """Rows: sales, vat, net_sales, then `COSTS`, materials, total_costs, profit, taxes, net_income.

    `sales` is what customers pay (with VAT), `taxes` what is due on the profit and other taxes, `once` other costs once.
    The rows by product carry the product's row of the form in their code: "sales.1", "materials.1".
    """

    sales_by_product: tuple[Row, ...]
    materials_by_product: tuple[Row, ...]


def product_sales(product: Product) -> Twelve:
    """The forecast's cells of one product: quantity times average price."""
    return tuple(yuan(number * price) for number, price in zip(product.quantities, product.prices, strict=True))


def product_materials(product: Product) -> Twelve:
    """What the material of one product's sales costs."""
    return tuple(yuan(number * product.material) for number in product.quantities)


def vat_in(sales: Decimal, figures: PlanFigures) -> Decimal:
    """The VAT inside sales of one month. A plan that says that it pays, pays; one that says no, does not; one that does not
    say pays in the months whose sales lie above the exemption."""
    values = figures.values
    due = sales > values.vat_exempt_below if figures.pays_vat is None else figures.pays_vat
    if not due:
        return NOTHING
    return yuan(sales - divided(sales * 100, 100 + values.vat_rate_pct))


def cost_rows(figures: PlanFigures) -> tuple[Row, ...]:
    """The costs without material, in the order of the form."""
    lost = depreciation_month(figures.assets)
    found = {
        **{code: figures.costs.get(code, twelve()) for code in RUNNING},
        "depreciation": twelve(lost),
        "interest": schedule(figures.loan).interest,
        "once": in_month(figures.once, 1),
    }
    return tuple(row(code, found[code]) for code in COSTS)


def _less(code: str, first: Row, second: Row) -> Row:
    return row(code, (first.months[month] - second.months[month] for month in range(MONTHS)))


def sales_and_costs(figures: PlanFigures) -> ProfitTable:
    """Table 9: what comes in, what it costs, what is left, month by month and for the year."""
    named = [(product, product.row or str(place)) for place, product in enumerate(figures.products, start=1)]
    by_product = tuple(row(f"sales.{code}", product_sales(product), product.name) for product, code in named)
    spent = tuple(row(f"materials.{code}", product_materials(product), product.name) for product, code in named)
    sales = row("sales", added(by_product))
    vat = row("vat", (vat_in(amount, figures) for amount in sales.months))
    net = _less("net_sales", sales, vat)
    costs = cost_rows(figures)
    materials = row("materials", added(spent))
    all_costs = row("total_costs", added((*costs, materials)))
    profit = _less("profit", net, all_costs)
    taxes = row("taxes", figures.taxes)
    rows = (sales, vat, net, *costs, materials, all_costs, profit, taxes, _less("net_income", profit, taxes))
    return ProfitTable(rows, by_product, spent)
