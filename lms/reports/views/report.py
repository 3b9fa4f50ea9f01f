"""The reports on the staff desk: the list of them, one page for each, and the same table on paper and as a file."""

from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView, TemplateView, View
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from courses.people.viewsets import refusals_in
from lms.reports import actions
from lms.reports.forms import FullIdentityForm, ReportForm
from lms.reports.models import ReportExport
from lms.reports.permissions import may_ask_full, may_open, reports_for
from lms.reports.registry import report as report_of
from lms.reports.rules import Period
from lms.reports.sheet import preface, scope_text
from lms.reports.tables import Kind, Report, Row, text_of
from lms.reports.views.files import file_response

PAGE = 50
SHOWN = {
    **dict.fromkeys((Kind.HOURS, Kind.NUMBER, Kind.PERCENT), "is-num"),
    **dict.fromkeys((Kind.DATE, Kind.MOMENT), "is-day"),
}
Format = ReportExport.Format


class Index(WagtailAdminTemplateMixin, TemplateView):
    """Every report that the reader may open, with its definition; below, what he or she has taken out."""

    template_name = "reports/index.html"
    page_title = gettext_lazy("Reports")
    header_icon = "q-chart"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [{"url": reverse("wagtailadmin_home"), "label": _("Home")}, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        mine = ReportExport.objects.filter(asked_by=self.request.user).exclude(file_format=Format.PRINT)
        found = reports_for(self.request.user)
        titles = {one.code: one.title for one in found}
        exports = [(one, titles.get(one.report, one.report)) for one in mine[:20]]
        return super().get_context_data(reports=found, exports=exports, **kwargs)


class ReportScreen(WagtailAdminTemplateMixin):
    """Any screen about one report. One that does not exist and one that the reader may not open are the same: 404."""

    header_icon = "q-chart"
    report: Report

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        found = report_of(kwargs["report"])
        if found is None or not may_open(request.user, found):
            raise Http404
        self.report = found

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs | {"report": self.report})  # type: ignore[misc]

    def get_page_title(self) -> str:
        return str(self.report.title)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            {"url": reverse("wagtailadmin_home"), "label": _("Home")},
            {"url": reverse("reports_index"), "label": _("Reports")},
            {"url": "", "label": self.get_page_title()},
        ]

    def asked(self, data: Any) -> ReportForm:
        """The form with what was asked for."""
        return ReportForm(data, user=self.request.user, report=self.report, today=timezone.localdate())


class ReportPage(ReportScreen, TemplateView):
    """Form, definition, figures, and the table in pages."""

    template_name = "reports/report.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form = self.asked(self.request.GET)
        found: dict[str, Any] = {}
        if form.is_valid():
            rows = self.report.rows(self.request.user, form.scope, form.period)
            page = Paginator(rows, PAGE).get_page(self.request.GET.get("page"))
            query = urlencode({name: value for name, value in form.data.items() if value and name != "page"})
            found = {
                "about": scope_text(form.scope, form.period),  # paper shows it in the place of the form
                "counts": self.report.counts(rows),
                "page": page,
                "lines": [cells_of(self.report, row) for row in page.object_list],
                "query": f"{query}&",
                "full_url": f"{reverse('reports_full', args=[self.report.code])}?{query}"
                if may_ask_full(self.request.user, self.report)
                else "",
                "in_background": len(rows) > actions.SHORT,
            }
        return super().get_context_data(
            form=form, headings=headings(self.report), periods=periods(timezone.localdate()),
            as_of=timezone.localtime(), **found, **kwargs,
        )  # fmt: skip


class Export(ReportScreen, View):
    """Take the table out as a file: at once, or in the background where it is long."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form, file_format = self.asked(request.POST), request.POST.get("format", "")
        if not form.is_valid() or file_format not in (Format.CSV, Format.XLSX):
            return redirect("reports_report", self.report.code)
        try:
            export = actions.ask_export(
                report=self.report, scope=form.scope, period=form.period, file_format=file_format, by=request.user
            )
        except ValidationError as refusal:
            messages.error(request, " ".join(refusal.messages))
            return redirect("reports_report", self.report.code)
        if export.rows_total <= actions.SHORT:
            export = actions.make_export(export=export)
        if export.state == ReportExport.State.DONE:
            return file_response(export)
        return redirect("reports_file", export.pk)


class OnPaper(ReportScreen, View):
    """The table for the printer: A4 landscape, with title, scope, as-of day, and who printed it when."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = self.asked(request.POST)
        if not form.is_valid():
            return redirect("reports_report", self.report.code)
        rows = self.report.rows(request.user, form.scope, form.period)
        if len(rows) > actions.SHORT:
            messages.error(
                request,
                _("More than %(rows)s rows are not printed. Choose a shorter period, or take the table out as XLSX.")
                % {"rows": actions.SHORT},
            )
            return redirect(self.report.url(form.scope, form.period))
        export = actions.ask_export(
            report=self.report, scope=form.scope, period=form.period, file_format=Format.PRINT, by=request.user
        )
        title, *head = preface(self.report, export)
        context = {
            "report": self.report, "title": title, "head": head, "counts": self.report.counts(rows),
            "headings": headings(self.report), "lines": [cells_of(self.report, row) for row in rows],
            "back": self.report.url(form.scope, form.period),
        }  # fmt: skip
        return render(request, "reports/paper.html", context)


class FullIdentity(ReportScreen, FormView):
    """Ask for the table with full identity numbers: a reason, and a second person (PRV-2)."""

    template_name = "reports/full.html"
    form_class = FullIdentityForm

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        if not may_ask_full(request.user, self.report):
            raise Http404

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"user": self.request.user}

    def get_initial(self) -> dict[str, Any]:
        return {"organisation": self.request.GET.get("organisation", "")}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(asked=self.asked(self.request.GET), **kwargs)

    def form_valid(self, form: Any) -> HttpResponse:
        asked = self.asked(self.request.GET)
        if not asked.is_valid():
            return redirect("reports_report", self.report.code)
        given = form.cleaned_data
        scope = asked.scope.at(given["organisation"])
        with refusals_in(form):
            export = actions.ask_export(
                report=self.report, scope=scope, period=asked.period, file_format=given["file_format"], full_ids=True,
                reason=given["reason"], by=self.request.user,
            )  # fmt: skip
            return redirect("reports_file", export.pk)
        return self.form_invalid(form)


def headings(report: Report) -> list[tuple[str, str]]:
    """The headings, each with how its column is shown."""
    return [(str(column.heading), SHOWN.get(column.kind, "")) for column in report.columns]


def cells_of(report: Report, row: Row) -> list[tuple[str, str]]:
    """The cells of a row as texts, each with how it is shown."""
    return [(text_of(value), SHOWN.get(column.kind, "")) for column, value in zip(report.columns, row, strict=True)]


def periods(today: date) -> list[tuple[str, Period]]:
    """The periods that are asked for most."""
    last_month = today.replace(day=1) - timedelta(days=1)
    return [
        (_("this year"), Period.year_to_date(today)),
        (_("last year"), Period.year(today.year - 1)),
        (_("this month"), Period.month(today.year, today.month)),
        (_("last month"), Period.month(last_month.year, last_month.month)),
    ]
