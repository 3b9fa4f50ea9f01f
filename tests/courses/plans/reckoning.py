"""A small reckoner for the formulas of the exported workbook: just the operators and functions that it uses, in Decimal.

It shows that the formulas alone, from the cells that somebody typed, give the values that stand beside them.
"""

import re
from decimal import ROUND_HALF_UP, Decimal
from io import BytesIO

from openpyxl import load_workbook
from openpyxl.utils.cell import range_boundaries

TOKEN = re.compile(
    r"""\s*(?:(?P<number>\d+(?:\.\d+)?)|"(?P<text>(?:[^"]|"")*)"|(?P<ref>(?:'(?:[^']|'')+'!)?\$?[A-Z]{1,2}\$?\d+(?::\$?[A-Z]{1,2}\$?\d+)?)"""
    r"""|(?P<name>[A-Z]+)|(?P<sign><=|>=|<>|[-+*/&=<>(),]))"""
)
COMPARE = {
    "=": lambda a, b: a == b, "<>": lambda a, b: a != b, "<": lambda a, b: a < b, ">": lambda a, b: a > b,
    "<=": lambda a, b: a <= b, ">=": lambda a, b: a >= b,
}  # fmt: skip


def number(value) -> Decimal:
    if value is None or value == "":
        return Decimal(0)
    return Decimal(str(value)) if not isinstance(value, Decimal) else value


def flat(values):
    for value in values:
        if isinstance(value, list):
            yield from flat(value)
        else:
            yield value


def same(value, criterion) -> bool:
    """Whether a cell meets a criterion of SUMIF: a number, or a sign with a number."""
    sign, bound = "=", criterion
    if isinstance(criterion, str):
        sign, bound = re.fullmatch(r"(<=|>=|<>|<|>|=)?(.*)", criterion).groups()
    return value is not None and value != "" and COMPARE[sign or "="](number(value), number(bound))


class Workbook:
    """An XLSX: `cached(sheet, cell)` is what it says, `value(sheet, cell)` what its formulas give."""

    def __init__(self, content: bytes):
        self.formulas = {sheet.title: sheet for sheet in load_workbook(BytesIO(content))}
        self.values = {sheet.title: sheet for sheet in load_workbook(BytesIO(content), data_only=True)}
        self.known = {}

    def cells(self):
        """Every formula: sheet and coordinate."""
        for title, sheet in self.formulas.items():
            for row in sheet.iter_rows():
                yield from ((title, cell.coordinate) for cell in row if cell.data_type == "f")

    def find(self, sheet: str, label: str, column: str = "B") -> str:
        """The cell in the row with that label."""
        return next(f"{column}{cell.row}" for cell in self.values[sheet]["A"] if cell.value == label)

    def change(self, sheet: str, cell: str, value) -> None:
        self.known = {(sheet, cell): value}

    def value(self, sheet: str, cell: str):
        key = sheet, cell
        if key not in self.known:
            found = self.formulas[sheet][cell]
            self.known[key] = (
                Reader(self, sheet, str(found.value)[1:]).read() if found.data_type == "f" else found.value
            )
        return self.known[key]

    def area(self, sheet: str, name: str):
        if ":" not in name:
            return self.value(sheet, name)
        left, top, right, bottom = range_boundaries(name)
        rows = self.formulas[sheet].iter_rows(top, bottom, left, right)
        return [[self.value(sheet, cell.coordinate) for cell in row] for row in rows]


class Reader:
    """Reads one formula and works it out."""

    def __init__(self, book: Workbook, sheet: str, text: str):
        self.book, self.sheet = book, sheet
        self.tokens, place = [], 0
        while place < len(text):
            found = TOKEN.match(text, place)
            assert found, text[place:]
            self.tokens.append((found.lastgroup, found.group(found.lastgroup)))
            place = found.end()
        self.next = 0

    def read(self):
        value = self.comparison()
        assert self.next == len(self.tokens), self.tokens[self.next :]
        return value

    def peek(self, *signs: str) -> bool:
        return (
            self.next < len(self.tokens) and self.tokens[self.next][0] == "sign" and self.tokens[self.next][1] in signs
        )

    def take(self) -> str:
        self.next += 1
        return self.tokens[self.next - 1][1]

    def comparison(self):
        left = self.joined()
        while self.peek(*COMPARE):
            sign, right = self.take(), self.joined()
            if isinstance(left, str) or isinstance(right, str):
                left, right = ("" if side is None else side for side in (left, right))
                left = COMPARE[sign](str(left), str(right))
            else:
                left = COMPARE[sign](number(left), number(right))
        return left

    def joined(self):
        left = self.sum()
        while self.peek("&"):
            self.take()
            left = f"{left or ''}{self.sum() or ''}"
        return left

    def sum(self):
        left = self.product()
        while self.peek("+", "-"):
            sign, right = self.take(), number(self.product())
            left = number(left) + right if sign == "+" else number(left) - right
        return left

    def product(self):
        left = self.single()
        while self.peek("*", "/"):
            sign, right = self.take(), number(self.single())
            left = number(left) * right if sign == "*" else number(left) / right
        return left

    def single(self):
        if self.peek("-"):
            self.take()
            return -number(self.single())
        if self.peek("("):
            self.take()
            value = self.comparison()
            assert self.take() == ")"
            return value
        kind, text = self.tokens[self.next]
        self.next += 1
        if kind == "number":
            return Decimal(text)
        if kind == "text":
            return text.replace('""', '"')
        if kind == "ref":
            sheet, _sign, name = text.rpartition("!")
            title = sheet[1:-1].replace("''", "'") if sheet else self.sheet
            return self.book.area(title, name.replace("$", ""))
        return {"TRUE": True, "FALSE": False}[text] if text in ("TRUE", "FALSE") else self.call(text)

    def skip(self) -> None:
        """Over one argument without working it out: the branch that IF does not take may divide by nought."""
        depth = 0
        while depth or not self.peek(",", ")"):
            depth += {"(": 1, ")": -1}.get(self.tokens[self.next][1], 0) if self.tokens[self.next][0] == "sign" else 0
            self.next += 1

    def call(self, name: str):
        assert self.take() == "("
        if name == "IF":
            return self.choose()
        arguments = [self.comparison()]
        while self.take() == ",":
            arguments.append(self.comparison())
        return FUNCTIONS[name](*arguments)

    def choose(self):
        test = self.comparison()
        assert self.take() == ","
        if test:
            value = self.comparison()
            assert self.take() == ","
            self.skip()
        else:
            self.skip()
            assert self.take() == ","
            value = self.comparison()
        assert self.take() == ")"
        return value


def rounded(value, digits):
    return number(value).quantize(Decimal(1).scaleb(-int(digits)), ROUND_HALF_UP) + 0


def numbers(*values):
    return [number(one) for one in flat(values) if one not in (None, "") and not isinstance(one, str)]


def sum_if(area, criterion, amounts):
    pairs = zip(flat(area), flat(amounts), strict=True)
    return sum((number(amount) for value, amount in pairs if same(value, criterion)), Decimal(0))


FUNCTIONS = {
    "ROUND": rounded,
    "SUM": lambda *values: sum(numbers(*values), Decimal(0)),
    "MIN": lambda *values: min(numbers(*values)),
    "MAX": lambda *values: max(numbers(*values)),
    "INDEX": lambda area, row, column: area[int(row) - 1][int(column) - 1],
    "SUMIF": sum_if,
}
