"""The door to the audit trail, for administrators."""

from django.http import HttpResponse
from django.shortcuts import render

from core.forms.audit import AuditFilterForm
from core.permissions import Permission
from core.selectors import audit
from core.views.staff import StaffRequest, staff_page

#: What in an address says where a page begins; the rest says what is searched.
_CURSORS = ("before", "after")


@staff_page(Permission.AUDIT_READ)
def index(request: StaffRequest) -> HttpResponse:
    """Who did what, to what, when, and what was refused; newest first."""
    is_asked = any(
        str(value).strip() for name, value in request.GET.items() if name not in _CURSORS
    )
    form = AuditFilterForm(request.GET if is_asked else None)
    asked = form.cleaned_data if form.is_valid() else {}
    found = audit.search(
        request.user,
        words=asked.get("q", ""),
        person=asked.get("person"),
        kind=asked.get("kind", ""),
        event=asked.get("event", ""),
        outcome=asked.get("outcome", ""),
        first=asked.get("first"),
        last=asked.get("last"),
    )
    if is_asked and not form.is_valid():
        found = found.none()
    page = audit.page(
        found,
        before=audit.Cursor.read(request.GET.get("before", "")),
        after=audit.Cursor.read(request.GET.get("after", "")),
    )
    context = {
        "form": form,
        "page": page,
        "is_asked": is_asked,
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
