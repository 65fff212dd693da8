"""The page that shows the permissions of roles and acts, for administrators."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from core import presenters
from core.permissions import Permission
from core.views.staff import StaffRequest, staff_page


@staff_page(Permission.ACCOUNT_MANAGE)
@require_safe
def index(request: StaffRequest) -> HttpResponse:
    """Permissions with the roles that hold them, and acts with the permission they need."""
    context = {
        "permission_head": presenters.PERMISSION_HEAD,
        "permissions": presenters.permission_rows(),
        "act_head": presenters.ACT_HEAD[:-1],
        "acts": [row[:-1] for row in presenters.act_rows()],
    }
    return render(request, "core/permission-list.html.jinja", context)
