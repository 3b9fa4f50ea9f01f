"""What the page adds up while somebody types is what the rules say, to the cent, on random plans."""

import random
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from courses.plans.book import BOOKS
from courses.plans.book.plan import ASSET_KINDS, ASSET_TABLES
from courses.plans.reading import workbook
from courses.plans.rules.local import local_values
from courses.plans.rules.profit import RUNNING
from courses.plans.texts import stored_text
from courses.plans.views.control import bounds_of

pytestmark = [pytest.mark.browser, pytest.mark.once]
PLANS = 60
PROFIT_ROWS = (
    "sales", "materials", "vat", "net_sales", *RUNNING, "depreciation", "interest", "once", "total_costs", "profit", "taxes",
    "net_income",
)  # fmt: skip
CASH_ROWS = (
    "cash_sales",
    "collected",
    "cash_purchases",
    "paid_purchases",
    "principal",
    "equipment",
    "taxes",
    "total_in",
    "total_out",
    "closing",
)
WORK = """async ([plans, profit, cash]) => {
  const { tables } = await import("/static/plans/sums.js");
  return plans.map(({ values, local }) => {
    const found = tables(values, local);
    const texts = (rows, codes) => Object.fromEntries(codes.map((code) => [code, rows[code].map(String)]));
    return [texts(found.rows, profit), texts(found.cash, cash)];
  });
}"""


def random_plan(rng: random.Random) -> dict[str, dict[str, str]]:
    """Texts as they are stored; each field is filled or empty by chance."""
    values: dict[str, str] = {}

    def put(path: str, text: str, chance: float = 0.7) -> None:
        if rng.random() < chance:
            values[path] = text

    def money(most: int = 5_000_000) -> str:
        return str(Decimal(rng.randint(0, most)).scaleb(-2))

    def percent() -> str:
        return str(Decimal(rng.randint(0, 10_000)).scaleb(-2))

    for row in range(1, rng.randint(1, 4)):
        for column in ("cost_price", "selling_price"):
            put(f"marketing.products.{row}.{column}", money(30_000), 0.9)
        for month in range(1, 13):
            put(f"forecast.quantity.{row}.m{month}", str(rng.randint(0, 300)), 0.9)
            put(f"forecast.price.{row}.m{month}", money(30_000), 0.2)
    for table in ASSET_TABLES:
        for row in range(1, rng.randint(1, 4)):
            thing = f"assets.{table}.{row}"
            put(f"{thing}.quantity", str(rng.randint(0, 20)))
            put(f"{thing}.unit_price", money(), 0.9)
            put(f"{thing}.kind", rng.choice(ASSET_KINDS)[0], 0.5)
            put(f"{thing}.life", str(rng.randint(0, 20)), 0.4)
            put(f"{thing}.paid_in", str(rng.randint(1, 12)), 0.4)
    for row in range(1, 4):
        post = f"organisation.staff.{row}"
        put(f"{post}.monthly_pay", money(900_000))
        put(f"{post}.count", str(rng.randint(0, 4)))
        put(f"{post}.owner", rng.choice(("yes", "no")))
    for code in RUNNING:
        put(f"capital.running.{code}.amount", money(900_000), 0.6)
        for month in range(1, 13):
            put(f"profit.costs.{code}.m{month}", money(900_000), 0.1)
    for month in range(1, 13):
        for row in (
            "profit.taxes.income_tax",
            "profit.taxes.other_tax",
            "cash.others.other_in",
            "cash.others.other_out",
        ):
            put(f"{row}.m{month}", money(100_000), 0.2)
    for path in ("own_money", "family_money", "grants", "loan", "repayment"):
        put(f"cash.{path}", money())
    for path in ("marketing.credit_share", "cash.purchase_credit_share", "cash.loan_rate", "assets.residual"):
        put(path, percent(), 0.6)
    for path in ("marketing.credit_lag", "cash.purchase_credit_lag"):
        put(path, str(rng.randint(0, 13)), 0.6)
    put("cash.repaid_from", str(rng.randint(1, 12)))
    put("capital.deposit", money())
    put("capital.other_once", money())
    put("profit.pays_vat", rng.choice(("yes", "no")), 0.6)
    local = {f"life_{kind}": str(rng.randint(0, 20)) for kind, _label in ASSET_KINDS}
    local |= {
        "vat_rate": rng.choice(("0", "0.5", "1", "3", "13")),
        "vat_exempt_below": rng.choice(("0", "20000", "100000")),
    }
    return {"values": values, "local": local}


def test_4_9_the_sums_of_the_page_never_disagree_with_the_rules(page):
    rng = random.Random(20261122)
    plans = [random_plan(rng) for _number in range(PLANS)]
    page.goto("/t/")
    found = page.evaluate(WORK, [plans, PROFIT_ROWS, CASH_ROWS])
    for plan, (profit, cash) in zip(plans, found, strict=True):
        book = workbook(plan["values"], local_values(plan["local"]))
        for code, cents in profit.items():
            assert cents == [str(int(amount * 100)) for amount in book.profit[code].months], (code, plan)
        for code, cents in cash.items():
            assert cents == [str(int(amount * 100)) for amount in book.cash[code].months], (code, plan)


def test_p6_5_the_page_reads_a_number_as_the_server_does(page):
    cents = {
        "88.005": "8801", "88.004": "8800", " 1,234.5元": "123450", "８８": "8800", ".5": "50", "88。5": "8850", "-5": "null",
        "八十八": "null", "1,23": "null", "": "null",
    }  # fmt: skip
    page.goto("/t/")
    read = "async (all) => { const { read } = await import('/static/plans/sums.js'); return all.map((one) => String(read(one))); }"
    assert page.evaluate(read, list(cents)) == list(cents.values())


def test_p6_5_the_page_adds_up_exactly_what_the_server_will_store(page):
    """What is typed by chance into each kind of number field: the script takes it where the server stores it, and as the same."""
    rng = random.Random(20261122)
    pieces = (
        "1",
        "12",
        "３",
        "0",
        ".",
        "5",
        "，",
        ",",
        "000",
        "-",
        " ",
        "元",
        "。",
        "%",
        "150",
        "月",
        "99",
        "999999999",
        "x",
    )
    fields = {
        place.path.split(".")[-1]: place for book in BOOKS.values() for place in book.places() if bounds_of(place.field)
    }
    typed = [
        (place, "".join(rng.choice(pieces) for _piece in range(rng.randint(1, 4))), *bounds_of(place.field))
        for place in fields.values()
        for _time in range(25)
    ]
    page.goto("/t/")
    stands = """async (all) => {
      const { read, stands } = await import('/static/plans/sums.js');
      return all.map(([text, kind, least, most]) => (text.trim() && stands(text, { kind, least, most }) ? String(read(text)) : ""));
    }"""
    found = page.evaluate(
        stands, [[text, place.field.kind, str(least), str(most)] for place, text, least, most in typed]
    )
    for (place, text, _least, _most), cents in zip(typed, found, strict=True):
        try:
            stored = stored_text(place, text)
        except ValidationError:
            stored = ""
        assert cents == (str(int(Decimal(stored) * 100)) if stored else ""), (place.path, text)
