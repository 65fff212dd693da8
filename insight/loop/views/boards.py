"""Doors to the findings board of an activity, and to the end of its listening period."""

from datetime import date

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from core import access, clock
from core.nhsuk.forms import NHSForm, accepted
from core.views.staff import StaffRequest, staff_page
from engagement.activities.choices import Status
from engagement.activities.models import Activity, Contribution
from engagement.activities.permissions import Permission as ActivityPermission
from insight.loop import presenters
from insight.loop.actions import findings, loops
from insight.loop.forms.findings import FindingForm
from insight.loop.forms.loops import CloseListeningForm
from insight.loop.permissions import Permission
from insight.loop.selectors import boards, pages
from insight.loop.selectors import loops as selectors
from insight.loop.views.evidence import EvidenceOptions, is_search


@staff_page(Permission.FINDING_READ)
def board(request: StaffRequest, pk: int) -> HttpResponse:
    """The findings written so far, beside what was said and is not yet used as evidence."""
    activity = get_object_or_404(
        access.rows(request.user, Permission.FINDING_READ, Activity).select_related(
            "lead_organisation"
        ),
        pk=pk,
    )
    readable = boards.readable(request.user, activity)
    if request.method == "POST" and not is_search(request):
        form = FindingForm(request.POST, readable=readable)
        if accepted(
            form,
            lambda: findings.write(
                by=request.user,
                activity=activity,
                sentence=form.cleaned_data["sentence"],
                evidence=form.cleaned_data["evidence"],
            ),
        ):
            messages.success(request, "Finding saved. Now record what was decided about it.")
            return redirect("finding-board", pk=activity.pk)
    else:
        form = FindingForm(
            initial={"sentence": request.POST.get("sentence", "")}, readable=readable
        )
    return render(
        request,
        "loop/finding-board.html.jinja",
        _board_context(request, activity, readable, form),
    )


@staff_page(ActivityPermission.ACTIVITY_CHANGE)
def close_listening(request: StaffRequest, pk: int) -> HttpResponse:
    """Record the day on which listening closed; it sets the day the answer is due."""
    activity = get_object_or_404(
        access.rows(request.user, ActivityPermission.ACTIVITY_CHANGE, Activity), pk=pk
    )
    form = CloseListeningForm(request.POST or None, initial={"on": _proposed_day(activity)})
    if loop := accepted(
        form,
        lambda: loops.close_listening(
            by=request.user, activity=activity, on=form.cleaned_data["on"]
        ),
    ):
        messages.success(request, f"Listening is closed. {presenters.due_in_words(loop)}.")
        return redirect("finding-board", pk=activity.pk)
    return render(request, "loop/listening-close.html.jinja", {"form": form, "activity": activity})


@staff_page(ActivityPermission.ACTIVITY_CHANGE)
def reopen_listening(request: StaffRequest, pk: int) -> HttpResponse:
    """Take back that listening closed, while nothing that came of it is published."""
    activity = get_object_or_404(
        access.rows(request.user, ActivityPermission.ACTIVITY_CHANGE, Activity), pk=pk
    )
    form = NHSForm(request.POST if request.method == "POST" else None)
    if accepted(form, lambda: loops.reopen_listening(by=request.user, activity=activity)):
        messages.success(request, "Listening reopened. No feedback is due yet.")
        return redirect("activity-detail", pk=activity.pk)
    end = activity.end
    context = {
        "form": form,
        "activity": activity,
        "may_reopen": selectors.may_reopen(activity),
        "ended_on": end.latest if end is not None and end.latest < clock.today() else None,
    }
    return render(request, "loop/listening-reopen.html.jinja", context)


def _proposed_day(activity: Activity) -> date:
    """The day the activity ended, where it has, or today."""
    return min(activity.end.latest, clock.today()) if activity.end else clock.today()


def _board_context(
    request: StaffRequest,
    activity: Activity,
    readable: QuerySet[Contribution],
    form: FindingForm,
) -> dict[str, object]:
    may_write = (
        access.may(request.user, Permission.FINDING_WRITE, activity)
        and activity.status != Status.CANCELLED
    )
    board = boards.board(activity)
    loop = board.current_loop
    return {
        "activity": activity,
        "form": form,
        "board": board,
        "due": presenters.due_in_words(loop) if loop is not None and loop.due_on else "",
        "may_write": may_write,
        "may_reopen": may_write and selectors.may_reopen(activity),
        "as_read": pages.as_read,
        "tasks": presenters.tasks_before_publication(activity, board, may_write=may_write),
        "may_record": access.may(request.user, ActivityPermission.CONTRIBUTION_RECORD),
        "evidence_options": EvidenceOptions(request.POST, readable)
        if access.may(request.user, ActivityPermission.CONTRIBUTION_READ)
        else None,
        "number_said": readable.count(),
    }
