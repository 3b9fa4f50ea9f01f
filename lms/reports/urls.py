"""Addresses under /admin/. Wagtail's own reports, at /admin/reports/, are closed."""

from django.urls import path

from lms.reports.views import files, report

urlpatterns = [
    path("tables/", report.Index.as_view(), name="reports_index"),
    path("tables/exports/<int:pk>/", files.ExportPage.as_view(), name="reports_file"),
    path("tables/exports/<int:pk>/file/", files.ExportFile.as_view(), name="reports_download"),
    path("tables/decide/<int:pk>/", files.Decide.as_view(), name="reports_decide"),
    path("tables/<slug:report>/", report.ReportPage.as_view(), name="reports_report"),
    path("tables/<slug:report>/export/", report.Export.as_view(), name="reports_export"),
    path("tables/<slug:report>/paper/", report.OnPaper.as_view(), name="reports_paper"),
    path("tables/<slug:report>/full/", report.FullIdentity.as_view(), name="reports_full"),
]
