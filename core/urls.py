"""The addresses of core: health."""

from django.urls import path

from core.views import health

urlpatterns = [
    path("health/live", health.live, name="health-live"),
    path("health/ready", health.ready, name="health-ready"),
]
