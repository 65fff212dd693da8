"""Addresses of core: health, the staff home, accounts, permissions, the audit trail."""

from django.urls import path

from core.views import accounts, audit, health, home, permissions

urlpatterns = [
    path("health/live", health.live, name="health-live"),
    path("health/ready", health.ready, name="health-ready"),
    path("staff/", home.index, name="staff-home"),
    path("staff/people/", accounts.index, name="account-list"),
    path("staff/people/add/", accounts.make, name="account-make"),
    path("staff/people/<int:pk>/", accounts.change, name="account-change"),
    path("staff/permissions/", permissions.index, name="permission-list"),
    path("staff/audit/", audit.index, name="audit-list"),
]
