"""What the months of part 8 come to: how many times the price, by product and month, with the sums of both (4.4)."""

from typing import Any

from courses.plans.rules.tables import Row
from courses.plans.views.figures import HALVES
from courses.plans.views.mine import Desk


def amounts_of(desk: Desk) -> list[dict[str, Any]]:
    """Two halves of a year, each with a line for each product and one for all; nothing where nothing is sold yet.

    `code` of a cell names its figure for the script that adds up while somebody types (`sums.js`).
    """
    names = {one.row: one.name or one.row for one in desk.workbook.figures.products}
    rows = {one.code.rpartition(".")[2]: one for one in desk.workbook.profit.sales_by_product}
    if not rows:
        return []
    everything = desk.workbook.profit["sales"]
    return [
        {
            "first": first, "last": last, "numbers": range(first, last + 1), "with_total": last == HALVES[-1][1],
            "lines": [_line(names.get(row, row), found, f"amount.{row}.", f"sales.{row}", first, last) for row, found in rows.items()],
            "all": _line("", everything, "amounts.", "sales", first, last),
        }
        for first, last in HALVES
    ]  # fmt: skip


def _line(label: str, row: Row, lead: str, year: str, first: int, last: int) -> dict[str, Any]:
    cells = [{"amount": row.months[number - 1], "code": f"{lead}{number}"} for number in range(first, last + 1)]
    return {"label": label, "cells": cells, "total": row.total, "year": year}
