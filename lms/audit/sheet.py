"""The journal as a table for other programs."""

from collections.abc import Iterator
from itertools import islice
from typing import IO

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from courses.journal.models import JournalQuerySet
from courses.people.models import User
from courses.sheets import Kind, SheetColumn, Value, write_csv, write_xlsx
from courses.words import listed
from lms.audit.showing import Line, fields_of, lines

AT_ONCE = 500  # entries whose names are looked up together


def columns() -> list[SheetColumn]:
    """The headings, in the reader's language."""
    return [
        SheetColumn(_("When"), Kind.MOMENT),
        SheetColumn(_("Who")),
        SheetColumn(_("Act"), width=24),
        SheetColumn(_("Kind of thing")),
        SheetColumn(_("Done to"), width=24),
        SheetColumn(_("Organisation"), width=28),
        SheetColumn(_("Fields touched"), width=32),
        SheetColumn(_("Reason"), width=32),
        SheetColumn(_("Number in the chain"), Kind.NUMBER),
        SheetColumn(pgettext("of an entry", "Seal"), width=24),
    ]


def cells(line: Line) -> list[Value]:
    entry = line.entry
    return [
        entry.at, line.who, line.act, line.kind, line.thing, line.organisation, listed(fields_of(entry)),
        line.reason, entry.sequence, entry.seal,
    ]  # fmt: skip


def rows(entries: JournalQuerySet) -> Iterator[list[Value]]:
    """The rows, some hundred at a time: the memory this needs does not grow with them."""
    found = entries.iterator(chunk_size=AT_ONCE)
    while some := list(islice(found, AT_ONCE)):
        yield from map(cells, lines(some))


def write(file: IO[bytes], file_format: str, entries: JournalQuerySet, *, by: User) -> int:
    """Write the entries as `csv` or `xlsx`; nothing in it acts as a formula. Returns how many rows were written."""
    title = _("Journal")
    head = [title, _("Taken out by %(who)s, %(moment)s") % {
        "who": by.get_full_name(), "moment": f"{timezone.localtime():%Y-%m-%d %H:%M}",
    }]  # fmt: skip
    if file_format == "csv":
        return write_csv(file, columns(), rows(entries), preface=head)
    return write_xlsx(file, columns(), rows(entries), title=title, preface=head)
