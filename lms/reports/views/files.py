"""Exports in the making, finished ones, and the second person's page."""

from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import FormView, TemplateView, View
from wagtail.admin import messages

from courses.people.viewsets import DecideMixin, ScopedObjectMixin
from lms.reports import actions
from lms.reports.models import ReportExport
from lms.reports.registry import report as report_of
from lms.reports.sheet import person, scope_text

TYPES = {
    ReportExport.Format.CSV: "text/csv; charset=utf-8",
    ReportExport.Format.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
State = ReportExport.State
CHIPS = {State.DONE: "good", State.FAILED: "stop", State.REFUSED: "stop", State.WAITING: "look"}


def file_response(export: ReportExport) -> HttpResponse:
    """The finished file, kept by no cache on the way."""
    response = FileResponse(export.file.open("rb"), as_attachment=True, filename=export.file_name)
    response["Content-Type"] = TYPES[ReportExport.Format(export.file_format)]
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response


class ExportScreen(ScopedObjectMixin):
    """A screen about one export, for whoever asked for it."""

    model = ReportExport
    object: ReportExport
    header_icon = "q-chart"

    def get_base_object_queryset(self) -> Any:
        mine = ReportExport.objects.filter(asked_by=self.request.user)
        return mine.select_related(
            "scope_organisation", "region", "programme", "training_class__edition", "countersign__decided_by", "asked_by"
        )  # fmt: skip

    def is_permitted(self) -> bool:
        return True  # one's own


class ExportPage(ExportScreen, TemplateView):
    """How far it has got; reloads itself until the file is there."""

    template_name = "reports/export.html"

    def get_page_title(self) -> str:
        found = report_of(self.object.report)
        return str(found.title) if found else self.object.report

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            {"url": reverse("wagtailadmin_home"), "label": _("Home")},
            {"url": reverse("reports_index"), "label": _("Reports")},
            {"url": "", "label": self.get_page_title()},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        export, found = self.object, report_of(self.object.report)
        return super().get_context_data(
            export=export, asked=scope_text(export.scope, export.period), chip=CHIPS.get(State(export.state), "plain"),
            reloads=export.state in (State.ASKED, State.WORKING),
            again=found.url(export.scope, export.period) if found else "", **kwargs,
        )  # fmt: skip


class ExportFile(ExportScreen, View):
    """The file itself."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.object.state != State.DONE or not self.object.file:
            raise Http404
        return file_response(self.object)


class Decide(DecideMixin, FormView):
    """What would be taken out, by whom and why; then the signature."""

    about_model = ReportExport
    template_name = "reports/decide.html"
    header_icon = "q-chart"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        export, found = self.about, report_of(self.about.report)
        return super().get_context_data(
            report=found, asked=scope_text(export.scope, export.period), asker=person(export.asked_by), **kwargs
        )

    def decide(self, *, approve: bool, comment: str) -> None:
        actions.decide_export(export=self.about, by=self.request.user, approve=approve, comment=comment)
        if approve:
            messages.success(self.request, _("The file is made for whoever asked; it names you and the reason."))
