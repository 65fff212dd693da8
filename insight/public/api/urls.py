"""The addresses of the open API."""

from django.urls import path, re_path

from insight.public.api import views

urlpatterns = [
    path("activities/", views.Activities.as_view(), name="api-activities"),
    path("opportunities/", views.Opportunities.as_view(), name="api-opportunities"),
    path("findings/", views.Findings.as_view(), name="api-findings"),
    path("measures/", views.Measures.as_view(), name="api-measures"),
    path("places/", views.Places.as_view(), name="api-places"),
    path("programmes/", views.Programmes.as_view(), name="api-programmes"),
    path("standards/", views.Standards.as_view(), name="api-standards"),
    path("schema/", views.Schema.as_view(), name="api-schema"),
    re_path(r"", views.missing, name="api-missing"),
]
