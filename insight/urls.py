"""The addresses of insight: the staff's and the public's."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("insight.public.urls")),
    path("", include("insight.staff_urls")),
]
