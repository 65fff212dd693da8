"""The addresses of core: health, accounts, the audit trail."""

from django.urls import path

from core.views import accounts, audit, health

urlpatterns = [
    path("health/live", health.live, name="health-live"),
    path("health/ready", health.ready, name="health-ready"),
    path("staff/people/", accounts.index, name="account-list"),
    path("staff/people/add/", accounts.make, name="account-make"),
    path("staff/people/<int:pk>/", accounts.change, name="account-change"),
    path("staff/audit/", audit.index, name="audit-list"),
]
