"""Sessions: added to an activity, changed, cancelled, removed."""

from django.contrib import messages
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render

from core import access
from core.nhsuk.forms import NHSForm, accepted
from core.views.staff import StaffRequest, staff_page
from engagement.activities.actions import sessions
from engagement.activities.forms.sessions import CancelSessionForm, SessionForm
from engagement.activities.models import Activity, Session
from engagement.activities.permissions import Permission
from engagement.activities.presenters import sessions as presenters
from engagement.activities.selectors import sessions as selectors


@staff_page(Permission.ACTIVITY_CHANGE)
def add(request: StaffRequest, pk: int) -> HttpResponseBase:
    activity = get_object_or_404(
        access.rows(request.user, Permission.ACTIVITY_CHANGE, Activity), pk=pk
    )
    form = SessionForm(activity, request.POST or None)
    if accepted(form, lambda: sessions.add(by=request.user, activity=activity, **form.details)):
        messages.success(request, "Session added.")
        return redirect("activity-detail", pk)
    return render(
        request, "activities/session-edit.html.jinja", {"activity": activity, "form": form}
    )


@staff_page(Permission.ACTIVITY_CHANGE)
def edit(request: StaffRequest, pk: int) -> HttpResponseBase:
    session = _session(request, pk)
    form = SessionForm(session.activity, request.POST or None, row=session)
    if accepted(form, lambda: sessions.change(by=request.user, session=session, **form.details)):
        messages.success(request, "Session saved.")
        return redirect("activity-detail", session.activity_id)
    context = {"activity": session.activity, "session": session, "form": form}
    return render(request, "activities/session-edit.html.jinja", context)


@staff_page(Permission.ACTIVITY_CHANGE)
def cancel(request: StaffRequest, pk: int) -> HttpResponseBase:
    session = _session(request, pk)
    form = CancelSessionForm(request.POST or None)
    if accepted(
        form, lambda: sessions.cancel(by=request.user, session=session, **form.cleaned_data)
    ):
        messages.success(request, "The session is cancelled.")
        return redirect("activity-detail", session.activity_id)
    return render(request, "activities/session-cancel.html.jinja", _about(session, form))


@staff_page(Permission.ACTIVITY_CHANGE)
def remove(request: StaffRequest, pk: int) -> HttpResponseBase:
    session = _session(request, pk)
    form = NHSForm(request.POST if request.method == "POST" else None)
    if activity := accepted(form, lambda: sessions.remove(by=request.user, session=session)):
        messages.success(request, "The session is removed.")
        return redirect("activity-detail", activity.pk)
    return render(request, "activities/session-remove.html.jinja", _about(session, form))


def _session(request: StaffRequest, pk: int) -> Session:
    rows = access.rows(request.user, Permission.ACTIVITY_CHANGE, Session)
    return get_object_or_404(rows.select_related("activity"), pk=pk)


def _about(session: Session, form: NHSForm) -> dict[str, object]:
    return {
        "activity": session.activity,
        "session": session,
        "when": presenters.session_time(session),
        "has_records": selectors.has_records(session),
        "took_place": selectors.took_place(session),
        "form": form,
    }
