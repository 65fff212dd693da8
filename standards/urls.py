"""The addresses of standards."""

from django.urls import path

from standards.views import standards

urlpatterns = [
    path("standards/", standards.standards, name="standards"),
]
