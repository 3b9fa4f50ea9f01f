"""A report as a sheet: its columns, and the lines above them that say what it is."""

from django.utils import timezone
from django.utils.translation import gettext as _

from courses.people.models import CategoryPeriod, User
from courses.sheets import Kind as CellKind
from courses.sheets import SheetColumn
from lms.reports.models import ReportExport
from lms.reports.rules import Period
from lms.reports.scope import Scope
from lms.reports.tables import Kind, Report

CELLS = {
    Kind.TEXT: CellKind.TEXT,
    Kind.DATE: CellKind.DATE,
    Kind.MOMENT: CellKind.MOMENT,
    Kind.HOURS: CellKind.NUMBER,
    Kind.NUMBER: CellKind.NUMBER,
    Kind.PERCENT: CellKind.NUMBER,
}


def sheet_columns(report: Report) -> list[SheetColumn]:
    """The columns with their headings in the language of the moment."""
    return [SheetColumn(str(column.heading), CELLS[column.kind]) for column in report.columns]


def scope_text(scope: Scope, period: Period) -> str:
    """What was asked for, in one line: period, organisation, region, programme, class, category."""
    parts = [str(period)]
    for chosen in (scope.organisation, scope.region, scope.programme, scope.training_class):
        if chosen is not None:
            parts.append(str(chosen))
    if scope.category:
        parts.append(str(CategoryPeriod.Category(scope.category).label))
    if len(parts) == 1:
        parts.append(_("everything that the reader may see"))
    return " · ".join(parts)


def person(user: User) -> str:
    """A member of staff with the account's name, by which a journal entry is found."""
    name = user.get_full_name()
    return f"{name} ({user.username})" if name else user.username


def preface(report: Report, export: ReportExport) -> list[str]:
    """Title, scope, definition, who and when; for full identity numbers also who signed, and why (PRV-2)."""
    now = f"{timezone.localtime():%Y-%m-%d %H:%M}"
    lines = [
        str(report.title),
        scope_text(export.scope, export.period),
        str(report.description),
        _("As of %(moment)s, taken out by %(name)s") % {"moment": now, "name": person(export.asked_by)},
    ]
    request = export.countersign
    if export.full_ids and request and request.decided_by and request.decided_at:
        signed = {
            "name": person(request.decided_by),
            "when": f"{timezone.localtime(request.decided_at):%Y-%m-%d %H:%M}",
            "reason": export.reason,
        }
        lines.append(_("FULL IDENTITY NUMBERS. Signed by %(name)s, %(when)s. Reason: %(reason)s") % signed)
    return lines
