"""Sessions: added to an activity and changed."""

from django.contrib import messages
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render

from core import access
from core.nhsuk.forms import accepted
from core.views.staff import StaffRequest, staff_page
from engagement.activities.actions import sessions
from engagement.activities.forms.sessions import SessionForm
from engagement.activities.models import Activity, Session
from engagement.activities.permissions import Permission


@staff_page(Permission.ACTIVITY_CHANGE)
def add(request: StaffRequest, pk: int) -> HttpResponseBase:
    activity = get_object_or_404(
        access.rows(request.user, Permission.ACTIVITY_CHANGE, Activity), pk=pk
    )
    form = SessionForm(request.POST or None)
    if accepted(form, lambda: sessions.add(by=request.user, activity=activity, **form.details)):
        messages.success(request, "The session is added.")
        return redirect("activity-detail", pk)
    return render(
        request, "activities/session-edit.html.jinja", {"activity": activity, "form": form}
    )


@staff_page(Permission.ACTIVITY_CHANGE)
def edit(request: StaffRequest, pk: int) -> HttpResponseBase:
    session = get_object_or_404(
        access.rows(request.user, Permission.ACTIVITY_CHANGE, Session).select_related("activity"),
        pk=pk,
    )
    form = SessionForm(request.POST or None, initial=SessionForm.recorded(session))
    if accepted(form, lambda: sessions.change(by=request.user, session=session, **form.details)):
        messages.success(request, "The session is changed.")
        return redirect("activity-detail", session.activity_id)
    context = {"activity": session.activity, "session": session, "form": form}
    return render(request, "activities/session-edit.html.jinja", context)
