"""Doors for an officer: a page read as the public will read it, then sent for approval."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from core import access
from core.views.staff import StaffRequest, staff_page
from engagement.activities.models import Activity
from engagement.activities.permissions import Permission as ActivityPermission
from insight.loop import presenters
from insight.loop.actions import publications
from insight.loop.models import Loop
from insight.loop.permissions import Permission
from insight.loop.selectors import boards, content, pages, submissions


@staff_page(ActivityPermission.ACTIVITY_CHANGE)
def submit_opportunity(request: StaffRequest, pk: int) -> HttpResponse:
    """Read the activity as the public will, and ask a lead to show it as a chance to take part."""
    activity = get_object_or_404(
        access.rows(request.user, ActivityPermission.ACTIVITY_CHANGE, Activity).select_related(
            "lead_organisation"
        ),
        pk=pk,
    )
    problems: list[str] = []
    if request.method == "POST":
        try:
            publications.submit_opportunity(by=request.user, activity=activity)
        except ValidationError as refusal:
            problems = refusal.messages
        else:
            messages.success(
                request, "Sent for approval. A lead will read it before it is published."
            )
            return redirect("activity-detail", pk=activity.pk)
    context = {
        "activity": activity,
        **pages.display(content.opportunity(activity)),
        "submission": boards.latest_opportunity(activity),
        "problems": problems,
        "missing": submissions.missing(activity),
    }
    return render(request, "loop/opportunity-submit.html.jinja", context)


@staff_page(Permission.FINDING_WRITE)
def submit_answer(request: StaffRequest, pk: int) -> HttpResponse:
    """Read the answer as the public will, and send it to a lead."""
    loop = get_object_or_404(
        access.rows(request.user, Permission.FINDING_WRITE, Loop).select_related(
            "activity__lead_organisation", "notice"
        ),
        pk=pk,
    )
    problems: list[str] = []
    if request.method == "POST":
        try:
            publications.submit_answer(by=request.user, loop=loop)
        except ValidationError as refusal:
            problems = refusal.messages
        else:
            messages.success(
                request, "Sent for approval. A lead will read it before it is published."
            )
            return redirect("finding-board", pk=loop.activity_id)
    context = {
        "loop": loop,
        "problems": problems,
        "missing": submissions.missing_to_answer(loop.activity),
        **pages.display(content.answer(loop.activity, loop)),
        "audience": presenters.audience_in_words(boards.audience(loop)),
    }
    return render(request, "loop/answer-submit.html.jinja", context)
