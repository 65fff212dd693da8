"""Doors to the findings board of an activity, and to the end of its listening period."""

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render

from core import access
from core.nhsuk.forms import accepted
from core.views.staff import StaffRequest, staff_page
from engagement.activities.models import Activity, Contribution
from engagement.activities.permissions import Permission as ActivityPermission
from insight.loop import presenters
from insight.loop.actions import findings, loops
from insight.loop.forms.findings import FindingForm
from insight.loop.forms.loops import CloseListeningForm
from insight.loop.permissions import Permission
from insight.loop.selectors import boards
from insight.loop.views.evidence import EvidenceOptions


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
    sent = request.POST if request.method == "POST" else request.GET
    if request.method == "POST":
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
        form = FindingForm(initial={"sentence": sent.get("sentence", "")}, readable=readable)
    return render(
        request,
        "loop/finding-board.html.jinja",
        _board_context(request, activity, readable, form, sent),
    )


@staff_page(ActivityPermission.ACTIVITY_CHANGE)
def close_listening(request: StaffRequest, pk: int) -> HttpResponse:
    """Record the day on which listening closed; it sets the day the answer is due."""
    activity = get_object_or_404(
        access.rows(request.user, ActivityPermission.ACTIVITY_CHANGE, Activity), pk=pk
    )
    form = CloseListeningForm(request.POST or None)
    if loop := accepted(
        form,
        lambda: loops.close_listening(
            by=request.user, activity=activity, on=form.cleaned_data["on"]
        ),
    ):
        messages.success(request, f"Listening is closed. {presenters.due_in_words(loop)}.")
        return redirect("finding-board", pk=activity.pk)
    return render(request, "loop/listening-close.html.jinja", {"form": form, "activity": activity})


def _board_context(
    request: StaffRequest,
    activity: Activity,
    readable: QuerySet[Contribution],
    form: FindingForm,
    sent: QueryDict,
) -> dict[str, object]:
    may_write = access.may(request.user, Permission.FINDING_WRITE, activity)
    board = boards.board(activity)
    loop = board.current_loop
    return {
        "activity": activity,
        "form": form,
        "board": board,
        "due": presenters.due_in_words(loop) if loop is not None and loop.due_on else "",
        "may_write": may_write,
        "tasks": presenters.tasks_before_publication(activity, board, may_write=may_write),
        "may_record": access.may(request.user, ActivityPermission.CONTRIBUTION_RECORD),
        "evidence_options": EvidenceOptions(sent, readable)
        if access.may(request.user, ActivityPermission.CONTRIBUTION_READ)
        else None,
        "number_said": readable.count(),
    }
