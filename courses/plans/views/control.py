"""What one writes into on a screen of the guided path: a field, at most five answers to choose from, twelve months."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from courses.plans import guide
from courses.plans.book import Field, Kind, Table
from courses.plans.book.shape import NUMBERS, Words
from courses.plans.reading import running_amount
from courses.plans.reading.sheets import RATINGS
from courses.plans.rules.amounts import BOUNDS
from courses.plans.views.mine import Desk, packed
from courses.plans.wording import text_of

Choices = tuple[tuple[str, Words], ...]


# Months that stand for something where nothing is written in them: the price of the product, the cost of section 7.
FOLLOWING = ("price", "costs")


def control(desk: Desk, stop: guide.Stop, typed: dict[str, str], *, view: str = "") -> dict[str, Any]:
    """The field with its choices, or the twelve months of a row. `view`: "more" are the answers behind the common ones, "months"
    the twelve of them, "one" the question for one number although the months differ."""
    if stop.is_months:
        return _months(desk, stop, typed, view)
    field, value = stop.field, typed.get(stop.path, desk.texts.get(stop.path, ""))
    steps, chosen = choices_of(stop), value.split(",") if value else []
    more = view == "more"
    shown = steps[-1] if more else steps[0]
    return {
        "field": field, "path": stop.path, "value": value, "version": desk.versions.get(stop.path, 0),
        "is_number": field.kind in NUMBERS and not shown, "is_whole": field.kind in (Kind.COUNT, Kind.MONTH),
        "is_many": field.kind == Kind.MANY, "unit": field.unit, "bounds": bounds_of(field),
        "choices": [{"code": code, "label": label, "chosen": code in chosen} for code, label in shown],
        "steps": len(steps), "more": more and len(steps) > 1, "offered": ",".join(code for code, _label in shown),
        "elsewhere": [label for step in steps for code, label in step if code in chosen and step is not shown],
        "elsewhere_codes": ",".join(code for step in steps for code, _label in step if code in chosen and step is not shown),
    }  # fmt: skip


def bounds_of(field: Field) -> tuple[Any, Any] | None:
    """The lowest and the highest number of a field, for the script that adds up; None of words."""
    return field.limits or BOUNDS.get(field.kind)


def choices_of(stop: guide.Stop) -> tuple[Choices, ...]:
    """The answers to choose from, screen by screen; an empty one where there is nothing to choose."""
    limits = stop.field.limits
    if limits and f"{stop.section.code}.{stop.part.code}" == RATINGS:
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


def month_paths(stop: guide.Stop) -> list[str]:
    """The twelve places of a row of months."""
    assert isinstance(stop.part, Table)  # noqa: S101  (months are those of a table)
    return [f"{stop.path}.{one.code}" for one in stop.part.columns]


def is_steady(desk: Desk, stop: guide.Stop) -> bool:
    """Whether every month is the same: none is written where months follow something else, else all twelve alike."""
    written = {desk.texts.get(path, "") for path in month_paths(stop)}
    return written == {""} if stop.part.code in FOLLOWING else len(written) == 1


def _months(desk: Desk, stop: guide.Stop, typed: dict[str, str], view: str) -> dict[str, Any]:
    assert isinstance(stop.part, Table)  # noqa: S101
    cells = [
        {
            "path": path, "label": one.label, "value": typed.get(path, desk.texts.get(path, "")),
            "version": desk.versions.get(path, 0),
        }
        for path, one in zip(month_paths(stop), stop.part.columns, strict=True)
    ]  # fmt: skip
    steady = is_steady(desk, stop)
    value = typed.get("value", cells[0]["value"] if steady else "")
    return {
        "months": cells, "grid": view == "months" or (not steady and view != "one"), "steady": steady,
        "differing": [cell for cell in cells if cell["value"]] if not steady else [],
        "field": stop.field, "unit": stop.field.unit, "default": default_of(desk, stop), "default_text": text_of(stop.field, default_of(desk, stop)), "is_number": True,
        "is_whole": stop.field.kind == Kind.COUNT, "bounds": bounds_of(stop.field), "follows": stop.part.code in FOLLOWING, "value": value,
        "shown": packed(desk.shown(month_paths(stop))), "version": 0, "path": f"{stop.path}.m1",
    }  # fmt: skip


def default_of(desk: Desk, stop: guide.Stop) -> str:
    """What a month counts as where nothing is written in it."""
    table = f"{stop.section.code}.{stop.part.code}"
    if table == "forecast.price":
        return desk.texts.get(f"marketing.products.{stop.row}.selling_price", "")
    if table == "profit.costs":
        return str(running_amount(desk.texts, stop.row))
    return ""
