"""Activities: the list, logging one, its page, its sections, cancelling it."""

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from core import access, clock
from core.nhsuk.forms import accepted
from core.views.paging import paged
from core.views.staff import StaffRequest, staff_page
from engagement.activities import slots
from engagement.activities.actions import activities
from engagement.activities.choices import Status
from engagement.activities.exports.activities import ActivityResource
from engagement.activities.forms.activities import (
    SECTIONS_BY_KEY,
    CancelForm,
    FilterForm,
    LogForm,
    SectionForm,
)
from engagement.activities.models import Activity
from engagement.activities.permissions import Permission
from engagement.activities.presenters import activities as presenters
from engagement.activities.presenters import sessions as session_presenters
from engagement.activities.selectors import activities as selectors
from engagement.activities.selectors import contributions


@staff_page(Permission.ACTIVITY_READ)
@require_safe
def index(request: StaffRequest) -> HttpResponseBase:
    form = FilterForm(request.GET)
    found = selectors.readable_by(request.user, _filter(form))
    page = paged(request, found)
    context = {
        "form": form,
        "page": page,
        "rows": [presenters.activity_row(activity) for activity in page],
        "own_count": selectors.own_count(request.user, found),
        "is_filtered": any(request.GET.get(name) for name in form.fields),
        "may_log": access.may(request.user, Permission.ACTIVITY_LOG),
    }
    return render(request, "activities/activity-list.html.jinja", context)


@staff_page(Permission.ACTIVITY_READ)
@require_safe
def export(request: StaffRequest) -> HttpResponseBase:
    """The filtered list as a CSV file."""
    found = selectors.readable_by(request.user, _filter(FilterForm(request.GET)))
    response = HttpResponse(
        ActivityResource().as_csv(found), content_type="text/csv; charset=utf-8"
    )
    response.headers["Content-Disposition"] = (
        f'attachment; filename="activities-{clock.today():%Y-%m-%d}.csv"'
    )
    return response


@staff_page(Permission.ACTIVITY_LOG)
def log(request: StaffRequest) -> HttpResponseBase:
    form = LogForm(request.user, request.POST or None)
    if activity := accepted(form, lambda: activities.log(by=request.user, **form.cleaned_data)):
        messages.success(request, "Activity logged. You can complete the rest later.")
        return redirect("activity-detail", activity.pk)
    return render(request, "activities/activity-log.html.jinja", {"form": form})


@staff_page(Permission.ACTIVITY_LOG)
@require_safe
def similar(request: StaffRequest) -> HttpResponseBase:
    """A part of the log page: activities with a title like the one being typed."""
    found = selectors.similar(request.user, request.GET.get("title", "")[:150])
    context = {"rows": [presenters.activity_row(activity) for activity in found]}
    return render(request, "activities/activity-similar.html.jinja", context)


@staff_page(Permission.ACTIVITY_READ)
@require_safe
def detail(request: StaffRequest, pk: int) -> HttpResponseBase:
    activity = get_object_or_404(
        selectors.with_details(request.user, Permission.ACTIVITY_READ), pk=pk
    )
    may_change = access.may(request.user, Permission.ACTIVITY_CHANGE, activity)
    may_read_contributions = access.may(request.user, Permission.CONTRIBUTION_READ, activity)
    today = clock.today()
    goes_ahead = may_change and activity.status != Status.CANCELLED
    sessions = [
        session_presenters.session_row(session, today, with_people=may_change)
        for session in selectors.sessions_of(activity)
    ]
    context = {
        "activity": activity,
        "status": presenters.status_tag(activity),
        "summary": presenters.summary(activity),
        "sections": presenters.section_summaries(activity),
        "tasks": presenters.tasks(activity) if goes_ahead else [],
        "sessions": sessions,
        "today": [one for one in sessions if one.is_today and goes_ahead],
        "outputs": activity.outputs.all(),
        "may_change": may_change,
        "may_add_session": goes_ahead,
        "may_read_contributions": may_read_contributions,
        "contribution_count": contributions.readable_by(request.user, activity).count(),
        "links": slots.activity_links.fill(request.user, activity),
        "steps": slots.activity_steps.fill(request.user, activity) if goes_ahead else [],
        "panels": slots.activity_panels.fill(request.user, activity),
        "may_cancel": activity.status in {Status.PLANNED, Status.OPEN, Status.LISTENING_CLOSED},
    }
    return render(request, "activities/activity-detail.html.jinja", context)


@staff_page(Permission.ACTIVITY_CHANGE)
def edit(request: StaffRequest, pk: int, section: str) -> HttpResponseBase:
    """One section."""
    part = SECTIONS_BY_KEY[section]
    activity = get_object_or_404(
        selectors.with_details(request.user, Permission.ACTIVITY_CHANGE), pk=pk
    )
    form = SectionForm(part, request.POST or None, row=activity)
    if accepted(
        form, lambda: activities.change(by=request.user, activity=activity, **form.cleaned_data)
    ):
        messages.success(request, f"“{part.title}” saved.")
        return redirect("activity-detail", pk)
    context = {"activity": activity, "section": part, "form": form}
    return render(request, "activities/activity-edit.html.jinja", context)


@staff_page(Permission.ACTIVITY_CHANGE)
def cancel(request: StaffRequest, pk: int) -> HttpResponseBase:
    activity = get_object_or_404(
        access.rows(request.user, Permission.ACTIVITY_CHANGE, Activity), pk=pk
    )
    form = CancelForm(request.POST or None)
    if accepted(
        form,
        lambda: activities.cancel(
            by=request.user, activity=activity, reason=form.cleaned_data["reason"]
        ),
    ):
        messages.success(request, "Activity cancelled.")
        return redirect("activity-detail", pk)
    return render(
        request, "activities/activity-cancel.html.jinja", {"activity": activity, "form": form}
    )


def _filter(form: FilterForm) -> selectors.ActivityFilter:
    # A field that is not valid does not narrow the list; its error shows beside it.
    form.is_valid()
    asked = form.cleaned_data
    return selectors.ActivityFilter(
        is_own=asked.get("whose") == "mine",
        status=asked.get("status", ""),
        place=asked.get("place"),
        words=asked.get("words", ""),
    )
