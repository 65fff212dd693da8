"""The addresses anybody may read."""

from django.urls import path

from insight.public.api import docs
from insight.public.views import pages as views

urlpatterns = [
    path("", views.home, name="home"),
    path("get-involved/", views.opportunity_list, name="opportunity-list"),
    path("get-involved/<slug:slug>/", views.opportunity_detail, name="opportunity-detail"),
    path("you-said-we-did/", views.answer_list, name="answer-list"),
    path("you-said-we-did/<slug:slug>/", views.answer_detail, name="answer-detail"),
    path("standards/", views.standards, name="standards"),
    path("figures/", views.figures, name="figures"),
    path("reports/", views.report_list, name="public-report-list"),
    path("reports/<slug:month>/", views.report_detail, name="public-report-detail"),
    path("reports/<slug:month>.<slug:kind>", views.report_file, name="public-report-file"),
    path("accessibility/", views.accessibility, name="accessibility"),
    path("privacy/", views.privacy, name="privacy"),
    path("api/v1/docs/", docs.docs, name="api-docs"),
]
