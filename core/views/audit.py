"""The door to the audit trail, for administrators."""

from django.http import HttpResponse
from django.shortcuts import render

from core.choices import Permission
from core.forms.audit import AuditFilterForm
from core.selectors import audit
from core.views.doors import StaffRequest, staff

#: What in an address says where a page begins; the rest says what is searched.
_MARKS = ("before", "after")


@staff(Permission.AUDIT_READ)
def index(request: StaffRequest) -> HttpResponse:
    """Who did what, to what, when, and what was refused; newest first."""
    is_asked = any(str(value).strip() for name, value in request.GET.items() if name not in _MARKS)
    form = AuditFilterForm(request.GET if is_asked else None)
    asked = form.cleaned_data if form.is_valid() else {}
    found = audit.search(
        request.user,
        words=asked.get("q", ""),
        person=asked.get("person"),
        event=asked.get("event", ""),
        outcome=asked.get("outcome", ""),
        first=asked.get("first"),
        last=asked.get("last"),
    )
    if is_asked and not form.is_valid():
        found = found.none()
    stretch = audit.stretch(
        found,
        before=audit.Mark.read(request.GET.get("before", "")),
        after=audit.Mark.read(request.GET.get("after", "")),
    )
    context = {
        "form": form,
        "stretch": stretch,
        "is_asked": is_asked,
        "newer": _address(request, "after", stretch.newer),
        "older": _address(request, "before", stretch.older),
    }
    return render(request, "core/audit/list.html.jinja", context)


def _address(request: StaffRequest, name: str, mark: audit.Mark | None) -> str:
    if mark is None:
        return ""
    query = request.GET.copy()
    for other in _MARKS:
        query.pop(other, None)
    query[name] = str(mark)
    return "?" + query.urlencode()
