"""The addresses of the API, the schema and its reader."""

from django.urls import include, path

urlpatterns = [
    path("", include("insight.api.urls")),
]
