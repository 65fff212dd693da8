"""The page of the audit trail, for administrators."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from core.forms.audit import AuditFilterForm
from core.permissions import Permission
from core.selectors import audit
from core.views.staff import StaffRequest, staff_page

#: Query parameters with the position of a page. All others are search filters.
_CURSORS = ("before", "after")


@staff_page(Permission.AUDIT_READ)
@require_safe
def index(request: StaffRequest) -> HttpResponse:
    """The audit trail, newest first, with a search form."""
    is_search = any(
        str(value).strip() for name, value in request.GET.items() if name not in _CURSORS
    )
    form = AuditFilterForm(request.GET if is_search else None)
    filters = form.cleaned_data if form.is_valid() else {}
    found = audit.search(
        request.user,
        words=filters.get("q", ""),
        person=filters.get("person"),
        kind=filters.get("kind", ""),
        event=filters.get("event", ""),
        outcome=filters.get("outcome", ""),
        first=filters.get("first"),
        last=filters.get("last"),
    )
    if is_search and not form.is_valid():
        found = found.none()
    page = audit.page(
        found,
        before=audit.Cursor.read(request.GET.get("before", "")),
        after=audit.Cursor.read(request.GET.get("after", "")),
    )
    context = {
        "form": form,
        "page": page,
        "is_search": is_search,
        "newer": _address(request, "after", page.newer),
        "older": _address(request, "before", page.older),
    }
    return render(request, "core/audit-list.html.jinja", context)


def _address(request: StaffRequest, name: str, cursor: audit.Cursor | None) -> str:
    if cursor is None:
        return ""
    query = request.GET.copy()
    for other in _CURSORS:
        query.pop(other, None)
    query[name] = str(cursor)
    return "?" + query.urlencode()
