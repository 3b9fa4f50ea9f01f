"""Which rows of a table there are, and what they are called."""

from courses.plans.book.shape import Table
from courses.plans.reading.fields import Values, written_rows
from courses.plans.reading.sheets import RATINGS, macro


def rows_of(path: str, table: Table, values: Values) -> list[str]:
    """The rows that are printed on the form; of a numbered table those in which anything stands, or those of the table that
    it goes on with; of the points the ideas that were kept, the best rank first."""
    if table.fixed:
        return list(table.row_codes())
    if path == RATINGS:
        return [idea.row for idea in macro(values).kept]
    return written_rows(values, (table.rows_of or path,), table.rows)


def row_name(path: str, table: Table, row: str, values: Values) -> str:
    """What a row is called: the words that are printed, the learner's own word for it, or its number."""
    if table.fixed:
        return str(dict(table.fixed)[row])
    named_by = table.rows_of or path
    column = NAMES_OF_ROWS.get(named_by, table.columns[0].code)
    return values.get(f"{named_by}.{row}.{column}", "") or row


# Tables whose rows others go on with, and the column that names them.
NAMES_OF_ROWS = {"marketing.products": "name", "ideas.list": "offer"}
