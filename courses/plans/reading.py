"""From the texts of a workbook to the numbers of its arithmetic: the one bridge between the two.

`values` are canonical texts by path ("marketing.products.1.selling_price" → "88.00"); a path without a text is an empty field.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from courses.plans.book.ideas import CRITERIA, IDEAS, KEPT_IDEAS, STATEMENTS, SWOT
from courses.plans.book.plan import ASSET_ROWS, ASSET_TABLES, PRODUCTS
from courses.plans.book.shape import Book, BookSection, Kind, Table
from courses.plans.rules import screening, selfcheck, startup
from courses.plans.rules.cash import CashTable, cash_flow
from courses.plans.rules.checks import Finding, findings
from courses.plans.rules.figures import MONTHS, NOTHING, Asset, Loan, PlanFigures, Product, Twelve
from courses.plans.rules.local import LocalValues
from courses.plans.rules.profit import RUNNING, ProfitTable, sales_and_costs
from courses.plans.rules.similarity import SectionContent

Values = Mapping[str, str]

# What a thing is where its row does not say.
KIND_OF_TABLE = {"tools": "tools", "vehicles": "vehicle", "furniture": "tools", "premises": "fit_out"}
WITH_PARTNERS = ("partnership", "company")
STAFF_ROWS = 8
PARTNER_ROWS = 5


@dataclass(frozen=True)
class Workbook:
    """A plan as one reads it: what is written, and everything that follows from it, worked out once."""

    values: Values
    figures: PlanFigures
    profit: ProfitTable
    cash: CashTable
    findings: tuple[Finding, ...]

    def finding(self, code: str) -> Finding:
        """One of the checks, "C1" to "C14"."""
        return {found.code: found for found in self.findings}[code]

    @property
    def need(self) -> startup.StartUpNeed:
        """What must be there at the start."""
        return startup.need(self.figures, self.profit)

    @property
    def sources(self) -> Decimal:
        """The start money."""
        return startup.sources(self.figures)

    @property
    def break_even(self) -> startup.BreakEven | None:
        """Sales at which nothing is earned and nothing lost."""
        return startup.break_even(self.profit)

    @property
    def payback(self) -> Decimal | None:
        """Years until the money for assets and deposits is back."""
        return startup.payback(self.figures, self.profit)


def workbook(values: Values, local: LocalValues) -> Workbook:
    """The tables and findings of what is written."""
    figures = figures_of(values, local)
    profit = sales_and_costs(figures)
    cash = cash_flow(figures, profit)
    return Workbook(values, figures, profit, cash, findings(figures, profit, cash))


def _amount(values: Values, path: str, otherwise: Decimal = NOTHING) -> Decimal:
    """The number in a field; `otherwise` where it is empty."""
    text = values.get(path, "")
    return Decimal(text) if text else otherwise


def _count(values: Values, path: str, otherwise: int = 0) -> int:
    text = values.get(path, "")
    return int(Decimal(text)) if text else otherwise


def _months(values: Values, row: str, otherwise: Decimal = NOTHING) -> Twelve:
    """The twelve cells of a monthly row; `otherwise` in each that is empty."""
    return tuple(_amount(values, f"{row}.m{month}", otherwise) for month in range(1, MONTHS + 1))


def _rows_in_use(values: Values, tables: tuple[str, ...], rows: int) -> list[str]:
    """The rows ("1", "2", …) of which any cell is filled, in one of the tables that share them."""
    places = tuple(f"{table}." for table in tables)
    in_use = {path.split(".")[2] for path, text in values.items() if text and path.startswith(places)}
    return [str(row) for row in range(1, rows + 1) if str(row) in in_use]


def figures_of(values: Values, local: LocalValues) -> PlanFigures:
    """The numbers of a plan. What is empty counts as nothing, but:

    a month's price is then the selling price; a month's cost that of section 7 (registration: in month 1 only); pay of staff
    and owner in section 7 then follow from the posts; years of use then follow from the kind (and the kind from the table);
    a thing is then paid in month 1; what is sold or bought on credit is then paid a month later.
    Fees of licences and the cost of promotion are asked for, but are never added silently.
    """
    return PlanFigures(
        products=_products(values),
        assets=_assets(values, local.lives),
        costs=_costs(values),
        values=local.tax,
        loan=_loan(values),
        own_money=_amount(values, "cash.own_money"),
        family_money=_amount(values, "cash.family_money"),
        grants=_amount(values, "cash.grants"),
        deposit=_amount(values, "capital.deposit"),
        once=_amount(values, "capital.other_once"),
        pays_vat={"yes": True, "no": False}.get(values.get("profit.pays_vat", "")),
        taxes=_taxes(values),
        credit_share_pct=_amount(values, "marketing.credit_share"),
        credit_lag=_count(values, "marketing.credit_lag", 1),
        purchase_credit_share_pct=_amount(values, "cash.purchase_credit_share"),
        purchase_credit_lag=_count(values, "cash.purchase_credit_lag", 1),
        other_in=_months(values, "cash.others.other_in"),
        other_out=_months(values, "cash.others.other_out"),
        partner_shares=_partner_shares(values),
        staff_pay_lowest=_lowest_pay(values),
    )


def _products(values: Values) -> tuple[Product, ...]:
    shared = ("marketing.products", "forecast.quantity", "forecast.price")
    return tuple(_product(values, row) for row in _rows_in_use(values, shared, PRODUCTS))


def _product(values: Values, row: str) -> Product:
    written = f"marketing.products.{row}"
    return Product(
        name=values.get(f"{written}.name", ""),
        material=_amount(values, f"{written}.cost_price"),
        quantities=tuple(_count(values, f"forecast.quantity.{row}.m{month}") for month in range(1, MONTHS + 1)),
        prices=_months(values, f"forecast.price.{row}", _amount(values, f"{written}.selling_price")),
        row=row,
    )


def _assets(values: Values, lives: Mapping[str, int]) -> tuple[Asset, ...]:
    return tuple(
        _asset(values, table, row, lives)
        for table in ASSET_TABLES
        for row in _rows_in_use(values, (f"assets.{table}",), ASSET_ROWS)
    )


def _asset(values: Values, table: str, row: str, lives: Mapping[str, int]) -> Asset:
    written = f"assets.{table}.{row}"
    kind = values.get(f"{written}.kind") or KIND_OF_TABLE[table]
    return Asset(
        name=values.get(f"{written}.name", ""),
        quantity=_count(values, f"{written}.quantity"),
        unit_price=_amount(values, f"{written}.unit_price"),
        life=_count(values, f"{written}.life", lives.get(kind, 0)),
        residual_pct=_amount(values, "assets.residual"),
        paid_in=_count(values, f"{written}.paid_in", 1),
        row=f"{table}.{row}",
    )


def staff_pay(values: Values, *, owner: bool) -> Decimal:
    """What the posts of section 5 cost a month: those of the owner, or those of everybody else."""
    total = NOTHING
    for row in _rows_in_use(values, ("organisation.staff",), STAFF_ROWS):
        post = f"organisation.staff.{row}"
        if (values.get(f"{post}.owner") == "yes") is owner:
            total += _count(values, f"{post}.count") * _amount(values, f"{post}.monthly_pay")
    return total


def running_amount(values: Values, code: str) -> Decimal:
    """One running cost of a month as section 7 has it; pay that is not written there follows from the posts."""
    follows = {"owner_pay": True, "staff_pay": False}
    otherwise = staff_pay(values, owner=follows[code]) if code in follows else NOTHING
    return _amount(values, f"capital.running.{code}.amount", otherwise)


def _costs(values: Values) -> dict[str, Twelve]:
    costs = {}
    for code in RUNNING:
        monthly = running_amount(values, code)
        months = _months(values, f"profit.costs.{code}", NOTHING if code == "registration" else monthly)
        if code == "registration" and not values.get("profit.costs.registration.m1"):
            months = (monthly, *months[1:])
        costs[code] = months
    return costs


def _taxes(values: Values) -> Twelve:
    income, other = (_months(values, f"profit.taxes.{code}") for code in ("income_tax", "other_tax"))
    return tuple(first + second for first, second in zip(income, other, strict=True))


def _loan(values: Values) -> Loan:
    return Loan(
        principal=_amount(values, "cash.loan"),
        rate_pct=_amount(values, "cash.loan_rate"),
        repayment=_amount(values, "cash.repayment"),
        repaid_from=_count(values, "cash.repaid_from", 1),
    )


def _partner_shares(values: Values) -> tuple[Decimal, ...]:
    """The shares of the partners; only a partnership or a company has any."""
    if values.get("organisation.legal_form") not in WITH_PARTNERS:
        return ()
    rows = _rows_in_use(values, ("organisation.partners",), PARTNER_ROWS)
    return tuple(_amount(values, f"organisation.partners.{row}.share") for row in rows)


def _lowest_pay(values: Values) -> Decimal | None:
    """The lowest monthly pay of a post that is not the owner's; None where none is written."""
    posts = [f"organisation.staff.{row}" for row in _rows_in_use(values, ("organisation.staff",), STAFF_ROWS)]
    pays = [
        _amount(values, f"{post}.monthly_pay")
        for post in posts
        if values.get(f"{post}.owner") != "yes" and values.get(f"{post}.monthly_pay")
    ]
    return min(pays, default=None)


# The sheets beside the plan.


def self_check(values: Values) -> selfcheck.Outcome:
    """The outcome of the eleven statements."""
    answers = {
        code: selfcheck.Answer(
            selfcheck.answered(values.get(f"self.check.{code}.own", "")),
            selfcheck.answered(values.get(f"self.check.{code}.second", "")),
        )
        for code, _label in STATEMENTS
    }
    return selfcheck.outcome(answers)


def macro(values: Values) -> screening.MacroOutcome:
    """Which ideas of the list are kept after the three questions."""
    rows = _rows_in_use(values, ("ideas.list",), IDEAS)
    return screening.macro_kept(tuple(_idea(values, row) for row in rows))


def _idea(values: Values, row: str) -> screening.Idea:
    asked = tuple(values.get(f"macro.questions.{row}.{code}") == "yes" for code in ("sells", "possible", "learnable"))
    return screening.Idea(
        row, values.get(f"ideas.list.{row}.offer", ""), asked, _count(values, f"macro.questions.{row}.rank")
    )


def micro(values: Values) -> tuple[screening.MicroScore, ...]:
    """The points of the kept ideas, best first; the columns of the sheet are the kept ideas in their order."""
    kept = macro(values).kept[:KEPT_IDEAS]
    return screening.micro_scores(
        tuple((idea.name, _points(values, column)) for column, idea in enumerate(kept, start=1))
    )


def _points(values: Values, column: int) -> dict[str, int]:
    cells = ((code, f"micro.points.{code}.idea{column}") for code, _label in CRITERIA)
    return {code: _count(values, path) for code, path in cells if values.get(path)}


def swot_missing(values: Values) -> tuple[str, ...]:
    """The lists of the SWOT sheet with fewer than two entries, and "conclusion" where none is drawn."""
    lists = {part.code: part for part in SWOT.parts if isinstance(part, Table)}
    entries = {
        code: tuple(values.get(f"swot.{code}.{row}.text", "") for row in table.row_codes())
        for code, table in lists.items()
    }
    return screening.swot_missing(entries, values.get("swot.conclusion", ""))


# What the reviewer's similarity note compares.

_NUMBERS = (Kind.MONEY, Kind.COUNT, Kind.NUMBER, Kind.PERCENT, Kind.MONTH)
_WORDS = (Kind.TEXT, Kind.LONG)


def contents_of(values: Values, book: Book) -> dict[str, SectionContent]:
    """The words and the numbers of each section, as `similarity` compares them."""
    return {section.code: _content(values, section) for section in book.sections}


def _content(values: Values, section: BookSection) -> SectionContent:
    words, tables = [], []
    for part in section.parts:
        if not isinstance(part, Table):
            if part.kind in _WORDS:
                words.append(values.get(f"{section.code}.{part.code}", ""))
            continue
        cells = [
            (column.kind, values.get(f"{section.code}.{part.code}.{row}.{column.code}", ""))
            for row in part.row_codes()
            for column in part.columns
        ]
        words += [text for kind, text in cells if kind in _WORDS]
        tables.append(tuple(Decimal(text) for kind, text in cells if kind in _NUMBERS and text))
    return SectionContent("".join(words), tuple(table for table in tables if table))
