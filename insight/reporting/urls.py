"""The addresses of Board reports, for staff."""

from django.urls import path

from insight.reporting.views import reports

urlpatterns = [
    path("staff/reports/", reports.index, name="report-list"),
    path("staff/reports/draft/", reports.draft, name="report-draft"),
    path("staff/reports/<slug:month>/", reports.detail, name="report-detail"),
    path("staff/reports/<slug:month>/narrative/", reports.write, name="report-write"),
    path("staff/reports/<slug:month>/approve/", reports.approve, name="report-approve"),
    path("staff/reports/<slug:month>/publish/", reports.publish, name="report-publish"),
    path("staff/reports/<slug:month>.<slug:kind>", reports.file, name="report-file"),
]
