"""The product's addresses, and a bare one."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path


def bare(request: HttpRequest) -> HttpResponse:
    """As little as a view can do behind the same middleware."""
    return HttpResponse("bare")


urlpatterns = [path("bare/", bare, name="bare"), path("", include("nel_participation.urls"))]
