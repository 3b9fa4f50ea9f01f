"""Tables of regions and organisations: what each row means, and what is wrong with it. Pure: no database, no screen.

A row is known by its code, so the same table brought in twice changes nothing the second time.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter

REGION_COLUMNS = ("代码", "名称", "级别", "上级代码")
ORGANISATION_COLUMNS = ("代码", "名称", "类别", "上级代码", "地区代码")
REGION_EXAMPLES = (
    ("990000", "演示省", "省", ""),
    ("990100", "演示市", "市", "990000"),
    ("990101", "演示区", "区县", "990100"),
    ("990101001", "演示街道", "街道", "990101"),
)
ORGANISATION_EXAMPLES = (
    ("990900", "演示市人力资源和社会保障局", "hr_bureau", "", "990100"),
    ("990903", "演示职业培训学校", "training_provider", "990900", "990101"),
)
_HEADINGS = {
    "代码": ("code", "机构代码", "单位代码", "区划代码", "行政区划代码"),
    "名称": ("name", "机构名称", "单位名称", "区划名称"),
    "级别": ("level",),
    "类别": ("kind", "类型", "机构类别", "单位类别"),
    "上级代码": ("parent", "上级", "主管单位代码"),
    "地区代码": ("region", "区域代码", "地区"),
}
LEVELS = {
    "province": "province", "省": "province", "自治区": "province", "直辖市": "province", "省级": "province",
    "city": "city", "市": "city", "地市": "city", "州": "city", "地区": "city", "市级": "city",
    "district": "district", "区": "district", "县": "district", "区县": "district", "县级市": "district",
    "street": "street", "街道": "street", "镇": "street", "乡": "street", "乡镇": "street",
}  # fmt: skip


@dataclass(frozen=True)
class Fault:
    """What is wrong in one row (as the sheet counts them, the heading is row 1): a code for the sentence, and what was read."""

    row: int
    code: str
    value: str = ""


@dataclass(frozen=True)
class RegionRow:
    row: int
    code: str
    name: str
    level: str
    parent: str


@dataclass(frozen=True)
class OrganisationRow:
    row: int
    code: str
    name: str
    kind: str
    parent: str
    region: str


Row = RegionRow | OrganisationRow


def regions(table: Sequence[Sequence[str]], known: Iterable[str] = ()) -> tuple[list[RegionRow], list[Fault]]:
    """The rows of a table of regions, those above first, and every fault. `known`: codes that exist already.

    An empty level follows from the code (GB/T 2260), an empty region above too, where there is one.
    """
    cells, faults = _by_heading(table, REGION_COLUMNS, needed={"代码", "名称"})
    codes = {row["代码"] for _number, row in cells} | set(known)
    rows = []
    for number, row in cells:
        level = LEVELS.get(row["级别"].lower(), "") if row["级别"] else level_of(row["代码"])
        found = _text_faults(number, row, r"\d{6}|\d{9}|\d{12}", 60)
        if not level:
            found.append(Fault(number, "level", row["级别"]))
        parent = row["上级代码"] or above(row["代码"], level, codes)
        rows.append(RegionRow(number, row["代码"], row["名称"], level, parent))
        faults += found
    return _in_order(rows, faults, set(known))  # type: ignore[return-value]


def organisations(
    table: Sequence[Sequence[str]],
    kinds: Mapping[str, str],
    known: Iterable[str] = (),
    known_regions: Iterable[str] = (),
) -> tuple[list[OrganisationRow], list[Fault]]:
    """The rows of a table of organisations, those above first, and every fault. `kinds`: each word for a kind, and its value."""
    cells, faults = _by_heading(table, ORGANISATION_COLUMNS, needed={"代码", "名称", "类别"})
    regions_there, rows = set(known_regions), []
    for number, row in cells:
        faults += _text_faults(number, row, r"\d{6}", 80)
        kind = kinds.get(row["类别"].lower(), "")
        if not kind:
            faults.append(Fault(number, "kind", row["类别"]))
        if row["地区代码"] and row["地区代码"] not in regions_there:
            faults.append(Fault(number, "region", row["地区代码"]))
        rows.append(OrganisationRow(number, row["代码"], row["名称"], kind, row["上级代码"], row["地区代码"]))
    return _in_order(rows, faults, set(known))  # type: ignore[return-value]


def level_of(code: str) -> str:
    """The level that a code of GB/T 2260 tells: 990000 province, 990100 city, 990101 district, longer ones street."""
    if not re.fullmatch(r"\d{6}|\d{9}|\d{12}", code):
        return ""
    if len(code) > 6:
        return "street"
    return "province" if code.endswith("0000") else "city" if code.endswith("00") else "district"


def above(code: str, level: str, codes: Iterable[str]) -> str:
    """The code of the region above, by the digits; the nearest that is in `codes`, empty where there is none."""
    there = set(codes)
    candidates = {
        "street": [code[:6], f"{code[:4]}00", f"{code[:2]}0000"],
        "district": [f"{code[:4]}00", f"{code[:2]}0000"],
        "city": [f"{code[:2]}0000"],
    }.get(level, [])
    return next((candidate for candidate in candidates if candidate in there and candidate != code), "")


def _by_heading(
    table: Sequence[Sequence[str]], columns: Sequence[str], needed: set[str]
) -> tuple[list[tuple[int, dict[str, str]]], list[Fault]]:
    rows = [[clean(cell) for cell in row] for row in table]
    if not rows:
        return [], [Fault(1, "empty")]
    words = {word: column for column in columns for word in (column, *_HEADINGS[column])}
    places = {words[cell.lower()]: place for place, cell in enumerate(rows[0]) if cell.lower() in words}
    if missing := sorted(needed - set(places)):
        return [], [Fault(1, "heading", "、".join(missing))]
    cells = [
        (number, {column: row[places[column]] if column in places else "" for column in columns})
        for number, row in enumerate(rows[1:], start=2)
        if any(row)
    ]
    return cells, [] if cells else [Fault(2, "empty")]


def clean(cell: str) -> str:
    """A cell as it is compared: half-width, without blanks at the ends and without characters that nobody sees."""
    return re.sub(r"[​-‏﻿]", "", unicodedata.normalize("NFC", cell)).strip()


def _text_faults(number: int, row: Mapping[str, str], code_shape: str, longest: int) -> list[Fault]:
    faults = []
    if not re.fullmatch(code_shape, row["代码"]):
        faults.append(Fault(number, "code", row["代码"]))
    if not row["名称"]:
        faults.append(Fault(number, "name"))
    elif len(row["名称"]) > longest:
        faults.append(Fault(number, "long", row["名称"]))
    return faults


def _in_order(rows: Sequence[Row], faults: list[Fault], known: set[str]) -> tuple[list[Row], list[Fault]]:
    """Those above first. Adds the faults that only several rows together show: twice, nothing above, in a circle."""
    by_code: dict[str, Row] = {}
    names: dict[str, int] = {}
    for row in rows:
        if row.code in by_code:
            faults.append(Fault(row.row, "twice", row.code))
        by_code.setdefault(row.code, row)
        if isinstance(row, OrganisationRow) and names.setdefault(row.name, row.row) != row.row:
            faults.append(Fault(row.row, "name_twice", row.name))
    for row in rows:
        if row.parent and row.parent not in by_code and row.parent not in known:
            faults.append(Fault(row.row, "parent", row.parent))
    try:
        order = list(
            TopologicalSorter(
                {code: [row.parent] if row.parent else [] for code, row in by_code.items()}
            ).static_order()
        )
    except CycleError as circle:
        code = next(code for code in circle.args[1] if code in by_code)
        faults.append(Fault(by_code[code].row, "circle", code))
        return list(rows), sorted(faults, key=lambda fault: fault.row)
    place = {code: index for index, code in enumerate(order)}
    return sorted(rows, key=lambda row: (place[row.code], row.row)), sorted(faults, key=lambda fault: fault.row)
