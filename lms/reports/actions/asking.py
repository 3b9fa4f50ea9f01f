"""Asking for a table, and signing for one that shows full identity numbers (PRV-2)."""

from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language, gettext_noop
from django.utils.translation import gettext as _

from courses.journal.actions import record
from courses.people.actions import ask_countersign, countersign
from courses.people.models import Organisation, User
from courses.people.permissions import VIEW_FULL_ID, may, organisations_where
from lms.reports.models import ReportExport
from lms.reports.permissions import may_open
from lms.reports.registry import report as report_of
from lms.reports.rules import Period
from lms.reports.scope import Scope
from lms.reports.tables import Report

SHORT = 2_000  # rows that are written while one waits; more are made in the background
MOST = 1_000_000  # rows of one sheet
SIGN = "reports.export_full"


def ask_export(
    *, report: Report, scope: Scope, period: Period, file_format: str, by: User, full_ids: bool = False, reason: str = "",
    at: datetime | None = None,
) -> ReportExport:  # fmt: skip
    """Take a table out. More than `SHORT` rows are made in the background; fewer are left to the caller (`make_export`).

    Asking twice for the same while it is in hand returns what is in hand. `full_ids` waits for a second person, and needs a
    reason and an organisation at which both may open full numbers.
    Refuses (PermissionDenied) a report that the user may not open, full numbers without `VIEW_FULL_ID` at the organisation;
    (ValidationError) full numbers without a reason, an organisation or a column of them, and more rows than a sheet has.
    """
    if not may_open(by, report):
        raise PermissionDenied
    if full_ids:
        _refuse_full(report, scope, by, reason)
    total = _rows(report, scope, period, by)
    export = ReportExport(
        report=report.code, first=period.first, last=period.last, scope_organisation=scope.organisation,
        region=scope.region, programme=scope.programme, category=scope.category, training_class=scope.training_class,
        file_format=file_format, full_ids=full_ids, reason=reason.strip(), asked_by=by, asked_at=at or timezone.now(),
        rows_total=total, language=get_language() or "zh-hans", organisation=_journal_of(report, scope, by),
    )  # fmt: skip
    with transaction.atomic():
        User.objects.select_for_update().get(pk=by.pk)  # two clicks wait for each other
        same = _the_same(export)
        if same:
            return same
        if file_format == ReportExport.Format.PRINT:
            export.state, export.finished_at = ReportExport.State.DONE, export.asked_at
        if full_ids:
            _save_waiting(export, report, at)
        else:
            export.save(force_insert=True)
        record(
            verb="reports.export", about=export, by=by, organisation=export.organisation, reason=export.reason, at=at,
            fields=[column.code for column in report.columns],
        )  # fmt: skip
        if export.state == ReportExport.State.ASKED and total > SHORT:
            _wake(export)
    return export


def decide_export(
    *, export: ReportExport, by: User, approve: bool, comment: str = "", at: datetime | None = None
) -> ReportExport:
    """Sign, as the second person, for full identity numbers; the file is then made. Deciding twice the same way changes nothing.

    Refuses (PermissionDenied) whoever asked and whoever may not open full numbers there; (ValidationError) a refusal without
    a comment.
    """
    with transaction.atomic():
        export = ReportExport.objects.select_for_update(of=("self",)).select_related("countersign").get(pk=export.pk)
        if export.countersign is None:
            raise ValidationError(_("Nothing waits for a signature here."))
        countersign(request=export.countersign, by=by, approve=approve, comment=comment, at=at)
        if export.state != ReportExport.State.WAITING:
            return export
        export.state = ReportExport.State.ASKED if approve else ReportExport.State.REFUSED
        export.save(update_fields=["state"])
        record(
            verb="reports.sign_export" if approve else "reports.refuse_export", about=export, by=by, reason=comment,
            organisation=export.organisation, fields=["state"], at=at,
        )  # fmt: skip
        if approve:
            _wake(export)
    return export


def _wake(export: ReportExport) -> None:
    from lms.reports.tasks import make_export  # noqa: PLC0415  (the task imports the verbs)

    transaction.on_commit(lambda: make_export.delay(export.pk), robust=True)


def _refuse_full(report: Report, scope: Scope, by: User, reason: str) -> None:
    if not any(column.sensitive for column in report.columns):
        raise ValidationError(_("This report has no identity numbers."))
    if scope.organisation is None:
        raise ValidationError({"organisation": _("Choose the organisation whose people are meant.")})
    if not may(by, VIEW_FULL_ID, scope.organisation):
        raise PermissionDenied(_("You may not open full identity numbers there."))
    if not reason.strip():
        raise ValidationError({"reason": _("Say what the full numbers are needed for.")})


def _rows(report: Report, scope: Scope, period: Period, by: User) -> int:
    """How many rows the table has now. Refuses (ValidationError) more than a sheet can hold."""
    total = report.count(by, scope, period)
    if total > MOST:
        raise ValidationError(_("This table has more rows than a sheet can hold. Choose a shorter period."))
    return total


def _save_waiting(export: ReportExport, report: Report, at: datetime | None) -> None:
    """Store an export that waits for a second person, and ask for the signature."""
    assert export.scope_organisation is not None  # noqa: S101  (refused above)
    export.state = ReportExport.State.WAITING
    export.save(force_insert=True)
    export.countersign = ask_countersign(
        act=SIGN, about=export, by=export.asked_by, at=at, reason=export.reason, permission=VIEW_FULL_ID,
        organisation=export.scope_organisation,
        title=gettext_noop("Export with full identity numbers: %(title)s, %(period)s"),
        values={"title": report.title, "period": export.period},
    )  # fmt: skip
    export.save(update_fields=["countersign"])


def _the_same(export: ReportExport) -> ReportExport | None:
    """What this user has in hand already and is the same in everything that was asked."""
    asked = (
        "report", "first", "last", "scope_organisation", "region", "programme", "category", "training_class",
        "file_format", "full_ids", "asked_by",
    )  # fmt: skip
    wanted = {name: getattr(export, name) for name in asked}
    return ReportExport.objects.in_hand().filter(**wanted).first()


def _journal_of(report: Report, scope: Scope, by: User) -> Organisation | None:
    """Whose journal tells of it: the organisation that was asked about, else where the reader's right comes from."""
    if scope.organisation or scope.training_class:
        return scope.organisation or scope.training_class.host  # type: ignore[union-attr]
    return organisations_where(by, report.rights).order_by("path").first()


def signed_by(export: ReportExport) -> User | None:
    """Who has signed for full numbers; None where nobody has."""
    request = export.countersign
    return request.decided_by if request and request.decision == request.Decision.APPROVED else None


def report_or_refuse(export: ReportExport) -> Report:
    """The report of an export. Refuses (ValidationError) one that no longer exists."""
    found = report_of(export.report)
    if found is None:
        raise ValidationError(_("This report no longer exists."))
    return found
