"""The guided path: which questions a learner is asked, one after the other. It follows from what is already written."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from courses.plans import reading
from courses.plans.book import Ask, Book, BookSection, Field, Table
from courses.plans.book.questions import MONTH_QUESTIONS
from courses.plans.reading import Values, row_name, rows_of
from courses.plans.reading.fields import written_rows
from courses.plans.rules.figures import Decimal
from courses.plans.rules.screening import FEWEST_ENTRIES

# Asked in the full tables only: the form has them, and a plan is none the worse without them.
IN_TABLES_ONLY = frozenset({
    "cover.postcode", "cover.fax", "cover.email", "person.experience.note", "marketing.discount", "self.check.note",
    *(f"assets.{table}.{column}" for table in ("tools", "vehicles", "furniture", "premises")
      for column in ("kind", "paid_in", "supplier", "supplier_contact")),
    "assets.residual", "capital.materials.supplier",
})  # fmt: skip
# A field that is asked only where another one has a number above nought.
FOLLOWS = {
    "marketing.credit_lag": "marketing.credit_share",
    "cash.loan_rate": "cash.loan", "cash.repayment": "cash.loan", "cash.repaid_from": "cash.loan",
    "cash.purchase_credit_lag": "cash.purchase_credit_share",
}  # fmt: skip
# The first question about a row that other tables go on with.
FIRST_OF = {"marketing.products": "marketing.products.1.name", "ideas.list": "ideas.list.1.offer"}
STAFF = 8  # rows of the table of posts
RATERS = ("family", "officer", "trainer")


@dataclass(frozen=True)
class Stop:
    """One screen of the guided path. `path` is a field's, or that of a row of months ("forecast.quantity.1").

    `more` is the first cell of a row that is not begun: whoever has no more goes on behind the table. `lacks` is the place that has
    to be written first, where a table goes on with rows of another one that has none.
    """

    path: str
    section: BookSection
    part: Field | Table
    row: str = ""
    column: Field | None = None
    more: bool = False
    lacks: str = ""

    @property
    def is_months(self) -> bool:
        return isinstance(self.part, Table) and self.part.monthly

    @property
    def field(self) -> Field:
        """The field that is asked; of a row of months its first month."""
        return self.part if isinstance(self.part, Field) else self.column or self.part.columns[0]


def stops(book: Book, values: Values) -> list[Stop]:
    """All screens in their order."""
    return [stop for section in book.sections for stop in _SPECIAL.get(section.code, _plain)(section, values)]


def place_in(found: list[Stop], path: str) -> int:
    """Where a path stands among the screens: itself, else the first screen of its table, of its section, of the book."""
    names = path.split(".")
    for length in range(len(names), 0, -1):
        lead = ".".join(names[:length])
        for number, stop in enumerate(found):
            if stop.path == lead or stop.path.startswith(f"{lead}."):
                return number
    return 0


def words(stop: Stop, values: Values, *, each_month: bool = False) -> Ask:
    """Question, why and hint of a screen with the row's name in it. `each_month`: the twelve months are asked one by one."""
    idea = _idea(values) if stop.section.code == "swot" else ""
    if isinstance(stop.part, Field):
        return Ask(_filled(str(stop.part.question), {"idea": idea}), stop.part.why, stop.part.hint)
    table = f"{stop.section.code}.{stop.part.code}"
    asks = dict(stop.part.asks)
    own = asks.get(stop.row, Ask()) if stop.is_months or not stop.field.optional else Ask()
    own = asks.get(f"{stop.row}.{stop.column.code}", own) if stop.column else own
    if idea and int(stop.row) > FEWEST_ENTRIES:
        own = replace(own, hint=_("Two are enough. This one may stay empty."))
    if each_month:
        own = replace(own, question=MONTH_QUESTIONS.get(table, MONTH_QUESTIONS[""]))
    if stop.row == "1" and stop.field.first_question:
        own = replace(own, question=stop.field.first_question)
    general = stop.part if stop.is_months else stop.field
    name = row_name(table, stop.part, stop.row, values)
    facts = {"row": name, "number": stop.row, "idea": idea, "rater": _rater(values)}
    return Ask(*(
        _filled(str(said or otherwise), facts)
        for said, otherwise in ((own.question, general.question), (own.why, general.why), (own.hint, general.hint))
    ))  # fmt: skip


def _idea(values: Values) -> str:
    """The idea that the last sheets are about, as a question names it."""
    name = reading.winner(values)
    return f"“{name}”" if name else _("this idea")


def _rater(values: Values) -> str:
    """Who answers about the learner, as a question names them."""
    words = {"officer": _("the officer"), "trainer": _("your teacher")}
    return words.get(values.get("self.rater", ""), _("your family"))


def _filled(text: str, facts: Mapping[str, str]) -> str:
    return text % facts if "%(" in text else text


def _plain(section: BookSection, values: Values) -> Iterator[Stop]:
    for part in section.parts:
        path = f"{section.code}.{part.code}"
        if isinstance(part, Field):
            if path not in IN_TABLES_ONLY and _is_asked(path, values):
                yield Stop(path, section, part, column=part)
        elif part.rows_of and not part.optional and not rows_of(path, part, values):
            yield Stop(f"{path}.1", section, part, "1", lacks=FIRST_OF[part.rows_of])
        elif part.monthly:
            yield from (Stop(f"{path}.{row}", section, part, row) for row in _month_rows(path, part, values))
        elif path != "organisation.partners" or values.get("organisation.legal_form") in reading.WITH_PARTNERS:
            yield from _table(section, part, path, values)


def _table(section: BookSection, part: Table, path: str, values: Values) -> Iterator[Stop]:
    asked = [column for column in part.columns if f"{path}.{column.code}" not in IN_TABLES_ONLY]
    rows = rows_of(path, part, values)
    for row in rows:
        yield from (
            Stop(f"{path}.{row}.{one.code}", section, part, row, one) for one in asked if _fits(path, row, one, values)
        )
    free = [row for row in part.row_codes() if row not in rows]
    if free and not part.fixed and not part.rows_of:
        yield Stop(f"{path}.{free[0]}.{asked[0].code}", section, part, free[0], asked[0], more=True)


def _fits(table: str, row: str, column: Field, values: Values) -> bool:
    """Whether a column is asked in a row: of the posts only one can be the owner's, and when it is found nobody else is asked."""
    if (table, column.code) != ("organisation.staff", "owner"):
        return True
    owners = [one for one in written_rows(values, (table,), STAFF) if values.get(f"{table}.{one}.owner") == "yes"]
    return not owners or row in owners


def _month_rows(path: str, part: Table, values: Values) -> list[str]:
    rows = rows_of(path, part, values)
    if path == "profit.costs":
        return [row for row in rows if row != "registration" and reading.running_amount(values, row) > 0]
    return rows


def _is_asked(path: str, values: Values) -> bool:
    planned = next((one for one in reading.PLANNED if one.answer == path), None)
    if planned:
        return planned.is_open(values)
    asked_by = FOLLOWS.get(path)
    return not asked_by or Decimal(values.get(asked_by) or 0) > 0


def _self_check(section: BookSection, values: Values) -> Iterator[Stop]:
    """First all eleven for oneself, then, if somebody else answers, the same again; then what to do about each no."""
    check, rater, actions = section.parts
    assert isinstance(check, Table) and isinstance(actions, Table)  # noqa: S101  (for the type checker)
    own, second = check.column("own"), check.column("second")
    yield from (Stop(f"self.check.{row}.own", section, check, row, own) for row in check.row_codes())
    yield Stop("self.rater", section, rater)
    if values.get("self.rater") in RATERS:
        yield from (Stop(f"self.check.{row}.second", section, check, row, second) for row in check.row_codes())
    for row in reading.self_check(values).to_do:
        yield from (Stop(f"self.actions.{row}.{one.code}", section, actions, row, one) for one in actions.columns)


def _macro(section: BookSection, values: Values) -> Iterator[Stop]:
    """Three questions to each idea; ranks only where more than three have passed."""
    (table,) = section.parts
    assert isinstance(table, Table)  # noqa: S101
    rows = rows_of("macro.questions", table, values)
    rank, asked = table.column("rank"), [column for column in table.columns if column.code != "rank"]
    if not rows:
        yield Stop(f"macro.questions.1.{asked[0].code}", section, table, "1", asked[0], lacks=FIRST_OF[table.rows_of])
    for row in rows:
        yield from (Stop(f"macro.questions.{row}.{one.code}", section, table, row, one) for one in asked)
    found = reading.macro(values)
    if found.over:
        passed = sorted((*found.kept, *found.over), key=lambda idea: int(idea.row))
        yield from (Stop(f"macro.questions.{idea.row}.rank", section, table, idea.row, rank) for idea in passed)


def _micro(section: BookSection, values: Values) -> Iterator[Stop]:
    """One criterion after the other, for each idea that was kept."""
    (table,) = section.parts
    assert isinstance(table, Table)  # noqa: S101
    rows = rows_of("micro.ratings", table, values)
    for one in table.columns:
        yield from (Stop(f"micro.ratings.{row}.{one.code}", section, table, row, one) for row in rows)


_SPECIAL = {"self": _self_check, "macro": _macro, "micro": _micro}
