"""The numbers and the rows that stand in the fields of a workbook."""

from collections.abc import Mapping
from decimal import Decimal

from courses.plans.rules.figures import MONTHS, NOTHING, Twelve

Values = Mapping[str, str]


def amount(values: Values, path: str, otherwise: Decimal = NOTHING) -> Decimal:
    """The number in a field; `otherwise` where it is empty."""
    text = values.get(path, "")
    return Decimal(text) if text else otherwise


def count(values: Values, path: str, otherwise: int = 0) -> int:
    text = values.get(path, "")
    return int(Decimal(text)) if text else otherwise


def months(values: Values, row: str, otherwise: Decimal = NOTHING) -> Twelve:
    """The twelve cells of a monthly row; `otherwise` in each that is empty."""
    return tuple(amount(values, f"{row}.m{month}", otherwise) for month in range(1, MONTHS + 1))


def written_rows(values: Values, tables: tuple[str, ...], rows: int) -> list[str]:
    """The rows ("1", "2", …) of which any cell is filled, in one of the tables that share them."""
    places = tuple(f"{table}." for table in tables)
    in_use = {path.split(".")[2] for path, text in values.items() if text and path.startswith(places)}
    return [str(row) for row in range(1, rows + 1) if str(row) in in_use]
