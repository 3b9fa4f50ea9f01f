"""How a plan is written down here: blocks of rows that become texts by path, as the workbook stores them."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

Texts = dict[str, str]


def section(code: str, **fields: str) -> Texts:
    """Single fields of a section."""
    return {f"{code}.{name}": text for name, text in fields.items()}


def rows(path: str, columns: Sequence[str], lines: Iterable[Sequence[str]], first: int = 1) -> Texts:
    """A numbered table: its columns, and a line for each row; empty cells are left out."""
    return {
        f"{path}.{number}.{column}": text
        for number, line in enumerate(lines, start=first)
        for column, text in zip(columns, line, strict=True)
        if text
    }


YEARS_AGO = {"今年": 0, "去年": 1, "前年": 2, "三年前": 3, "五年前": 5, "八年前": 8, "十年前": 10, "小时候": 22}


def dated(texts: Mapping[str, str], year: int) -> Texts:
    """The same texts with the year itself where only "last year" stands: the form asks for years."""
    return {path: str(year - YEARS_AGO[text]) if text in YEARS_AGO else text for path, text in texts.items()}


def lines(path: str, *texts: str) -> Texts:
    """A table of one column."""
    return rows(path, ("text",), [(text,) for text in texts])


def months(path: str, amounts: Iterable[int | str]) -> Texts:
    """Twelve months of one row; an empty text leaves a month out."""
    return {f"{path}.m{month}": str(amount) for month, amount in enumerate(amounts, start=1) if amount != ""}


def money(amounts: Mapping[str, int]) -> dict[str, str]:
    """Whole yuan as a money field stores them."""
    return {name: f"{Decimal(amount):.2f}" for name, amount in amounts.items()}


def running(**amounts: int) -> Texts:
    """Running costs of a month."""
    return {f"capital.running.{code}.amount": text for code, text in money(amounts).items()}


PRODUCT = ("name", "features", "cost_price", "selling_price", "competitor_price")
POST = ("post", "person", "monthly_pay", "count", "owner")
THING = ("name", "kind", "quantity", "unit_price", "supplier")
COURSE = ("course", "from", "to", "learned")
WORK = ("employer", "from", "to", "post", "content")
PROMOTION = ("activity", "content", "cost")
