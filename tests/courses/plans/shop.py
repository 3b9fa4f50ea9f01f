"""The fish shop: one whole plan with known results, written as the texts that stand in its fields.

Its results are worked out by hand to the cent, for a loan of 50,000 and for one of 38,000 that runs dry in months 1 and 2.
"""

from decimal import Decimal

from courses.plans.reading import Workbook, workbook
from courses.plans.rules.local import LocalValues, local_values

LOAN_THAT_LASTS = "50000.00"
LOAN_THAT_RUNS_DRY = "38000.00"

FISH = (150, 200, 240, 260, 280, 280, 240, 220, 260, 300, 300, 320)
DISHES = (300, 360, 400, 420, 420, 420, 380, 380, 400, 440, 460, 480)

# place, name, kind, quantity, unit price: the years of use follow from the kind.
THINGS = (
    ("tools.1", "烤炉", "", "2", "3600.00"),
    ("tools.2", "冰柜", "", "1", "4800.00"),
    ("vehicles.1", "电动三轮车", "", "1", "6000.00"),
    ("furniture.1", "桌椅", "", "12", "450.00"),
    ("furniture.2", "收银电脑", "electronics", "1", "3600.00"),
    ("premises.1", "店面装修", "", "1", "12000.00"),
)

RUNNING = {
    "owner_pay": "4000.00", "staff_pay": "6400.00", "rent": "3000.00", "marketing": "500.00", "utilities": "1200.00",
    "maintenance": "200.00", "insurance": "300.00", "registration": "300.00",
}  # fmt: skip

LOCAL = {
    "vat_rate": "3", "vat_exempt_below": "100000", "minimum_wage": "1960", "reserve_months": "3", "highest_loan_rate": "24",
    "life_building": "20", "life_machinery": "10", "life_tools": "5", "life_vehicle": "4", "life_electronics": "3",
    "life_fit_out": "5", "life_land": "0",
    "insurance_pension": "16", "insurance_medical": "8", "insurance_unemployment": "0.5", "insurance_injury": "0.2",
    "insurance_floor": "4000",
}  # fmt: skip


def local(**changed: str) -> LocalValues:
    """The values of law and place under which the results hold."""
    return local_values({code: Decimal(value) for code, value in {**LOCAL, **changed}.items()})


def _words() -> dict[str, str]:
    return {
        "cover.enterprise": "清河县小李烤鱼店",
        "cover.entrepreneur": "小李",
        "organisation.legal_form": "sole_trader",
        "organisation.staff.1.post": "店主",
        "organisation.staff.1.monthly_pay": "4000.00",
        "organisation.staff.1.count": "1",
        "organisation.staff.1.owner": "yes",
        "organisation.staff.2.post": "厨工",
        "organisation.staff.2.monthly_pay": "3200.00",
        "organisation.staff.2.count": "2",
    }


def _products() -> dict[str, str]:
    rows = (("1", "烤鱼", "38.00", "88.00", FISH), ("2", "家常小炒", "12.00", "28.00", DISHES))
    values = {}
    for row, name, material, price, quantities in rows:
        product = f"marketing.products.{row}"
        values |= {f"{product}.name": name, f"{product}.cost_price": material, f"{product}.selling_price": price}
        values |= {f"forecast.quantity.{row}.m{month}": str(count) for month, count in enumerate(quantities, start=1)}
    return values


def _assets() -> dict[str, str]:
    values = {}
    for place, name, kind, quantity, price in THINGS:
        thing = f"assets.{place}"
        values |= {f"{thing}.name": name, f"{thing}.quantity": quantity, f"{thing}.unit_price": price}
        values |= {f"{thing}.kind": kind} if kind else {}
    return values


def values(loan: str = LOAN_THAT_LASTS) -> dict[str, str]:
    """Every field of the plan that is written, by path."""
    return {
        **_words(), **_products(), **_assets(),
        **{f"capital.running.{code}.amount": amount for code, amount in RUNNING.items()},
        "capital.deposit": "3000.00",
        "marketing.credit_share": "10.00",
        "marketing.credit_lag": "1",
        "profit.costs.marketing.m1": "1500.00",
        "cash.own_money": "10000.00",
        "cash.loan": loan,
        "cash.loan_rate": "4.35",
        "cash.repayment": "2000.00",
        "cash.repaid_from": "7",
    }  # fmt: skip


def plan(loan: str = LOAN_THAT_LASTS, **changed: str) -> Workbook:
    """The plan, worked out. `changed`: fields by path with "__" for each dot, e.g. profit__pays_vat="yes"."""
    return workbook({**values(loan), **{path.replace("__", "."): text for path, text in changed.items()}}, local())
