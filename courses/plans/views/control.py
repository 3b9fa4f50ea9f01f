"""What one writes into on a screen of the guided path: a field, at most five answers to choose from, twelve months."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from courses.plans import guide
from courses.plans.book import Field, Kind, Table
from courses.plans.book.shape import NUMBERS, Words
from courses.plans.texts import LIMITS
from courses.plans.views.mine import Desk, packed

Choices = tuple[tuple[str, Words], ...]


def control(desk: Desk, stop: guide.Stop, typed: dict[str, str], *, more: bool) -> dict[str, Any]:
    """The field with its choices, or the twelve months of a row. `more`: the answers behind the common ones."""
    if stop.is_months:
        return _months(desk, stop, typed)
    field, value = stop.field, typed.get(stop.path, desk.texts.get(stop.path, ""))
    steps, chosen = choices_of(stop), value.split(",") if value else []
    shown = steps[-1] if more else steps[0]
    return {
        "field": field, "path": stop.path, "value": value, "version": desk.versions.get(stop.path, 0),
        "is_number": field.kind in NUMBERS and not shown, "is_whole": field.kind in (Kind.COUNT, Kind.MONTH),
        "is_many": field.kind == Kind.MANY, "unit": field.unit,
        "choices": [{"code": code, "label": label, "chosen": code in chosen} for code, label in shown],
        "steps": len(steps), "more": more and len(steps) > 1, "offered": ",".join(code for code, _label in shown),
        "elsewhere": [label for step in steps for code, label in step if code in chosen and step is not shown],
    }  # fmt: skip


def choices_of(stop: guide.Stop) -> tuple[Choices, ...]:
    """The answers to choose from, screen by screen; an empty one where there is nothing to choose."""
    limits = LIMITS.get(f"{stop.section.code}.{stop.part.code}")
    if limits:
        return (tuple((str(points), str(points)) for points in range(limits[0], limits[1] + 1)),)
    if stop.field.kind == Kind.YES_NO:
        return ((("yes", _("Yes")), ("no", _("No"))),)
    return stop.field.steps()


def chosen(field: Field, picked: Iterable[str], offered: Iterable[str], stored: str) -> str:
    """What is chosen now. The page has offered some of the answers; an answer of the other screen stays, unless only one
    can be given and another is picked here."""
    picked, offered = list(picked), set(offered)
    kept = [code for code in stored.split(",") if code and code not in offered]
    return ",".join(picked if picked and field.kind != Kind.MANY else [*kept, *picked])


def _months(desk: Desk, stop: guide.Stop, typed: dict[str, str]) -> dict[str, Any]:
    assert isinstance(stop.part, Table)  # noqa: S101  (months are those of a table)
    cells = [
        {
            "path": f"{stop.path}.{one.code}", "label": one.label, "month": one.code[1:],
            "value": typed.get(f"{stop.path}.{one.code}", desk.texts.get(f"{stop.path}.{one.code}", "")),
        }
        for one in stop.part.columns
    ]  # fmt: skip
    written = {cell["value"] for cell in cells}
    same = written.pop() if len(written) == 1 else None
    return {
        "months": cells, "same": same, "differ": same is None, "field": stop.field, "unit": stop.field.unit,
        "default": default_of(desk, stop), "is_number": True, "is_whole": stop.field.kind == Kind.COUNT,
        "follows": stop.part.code in ("price", "costs"), "path": f"{stop.path}.m1", "value": same or "",
        "shown": packed(desk.shown(cell["path"] for cell in cells)), "version": 0,
    }  # fmt: skip


def default_of(desk: Desk, stop: guide.Stop) -> str:
    """What a month counts as where nothing is written in it."""
    table = f"{stop.section.code}.{stop.part.code}"
    if table == "forecast.price":
        return desk.texts.get(f"marketing.products.{stop.row}.selling_price", "")
    if table == "profit.costs":
        return str(desk.workbook.figures.costs[stop.row][1])
    return ""
