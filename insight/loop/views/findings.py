"""Doors to findings: listed, edited, removed; their decisions and changes."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from core import access
from core.nhsuk.forms import accepted
from core.views.staff import StaffRequest, staff_page
from insight.loop.actions import changes, decisions, findings
from insight.loop.forms.changes import ChangeForm
from insight.loop.forms.decisions import DecisionForm
from insight.loop.forms.findings import NO_DECISION, FindingFilterForm, FindingForm
from insight.loop.models import Change, Decision, Finding
from insight.loop.permissions import Permission
from insight.loop.selectors import boards
from insight.loop.selectors import findings as selectors
from insight.loop.views.evidence import EvidenceOptions, is_search, ticked_ids


@staff_page(Permission.FINDING_READ)
@require_safe
def index(request: StaffRequest) -> HttpResponse:
    """Everything that was heard, across activities."""
    form = FindingFilterForm(request.GET)
    asked: dict[str, Any] = form.cleaned_data if form.is_valid() else {}
    decision = asked.get("decision", "")
    found = selectors.search(
        request.user,
        words=asked.get("q", ""),
        place=asked.get("place"),
        decision=decision,
        is_undecided=decision == NO_DECISION,
    )
    page = Paginator(found, 25).get_page(request.GET.get("page"))
    is_filtered = any(asked.values())
    context = {"form": form, "page": page, "is_filtered": is_filtered}
    return render(request, "loop/finding-list.html.jinja", context)


@staff_page(Permission.FINDING_WRITE)
def edit(request: StaffRequest, pk: int) -> HttpResponse:
    """Change the sentence of a finding or its evidence, with the evidence in view."""
    finding = _finding(request, pk)
    readable = boards.readable(request.user, finding.activity)
    # While somebody searches, what they typed and ticked is sent along.
    searching = request.POST if is_search(request) else None
    typed = (
        {name: searching[name] for name in ("sentence", "seen") if name in searching}
        if (searching is not None)
        else {}
    )
    data = None if searching is not None else request.POST or None
    form = FindingForm(data, initial=typed, readable=readable, row=finding)
    if accepted(
        form, lambda: findings.change(by=request.user, finding=finding, **form.cleaned_data)
    ):
        messages.success(
            request,
            "Finding changed. The public page will not change until it is approved again.",
        )
        return redirect("finding-board", pk=finding.activity_id)
    rests_on = set(finding.evidence.values_list("contribution_id", flat=True))
    ticked = ticked_ids(request.POST) if request.POST else rests_on
    context = {
        "finding": finding,
        "form": form,
        "evidence_options": EvidenceOptions(request.POST, readable, ticked),
    }
    return render(request, "loop/finding-edit.html.jinja", context)


@staff_page(Permission.FINDING_WRITE)
def remove(request: StaffRequest, pk: int) -> HttpResponse:
    """Ask for confirmation, then remove a finding that has no decision."""
    finding = _finding(request, pk)
    problems: list[str] = []
    if request.method == "POST":
        try:
            findings.remove(by=request.user, finding=finding)
        except ValidationError as refusal:
            problems = refusal.messages
        else:
            messages.success(
                request, "Finding removed. The comments it was based on can be used again."
            )
            return redirect("finding-board", pk=finding.activity_id)
    return render(
        request, "loop/finding-remove.html.jinja", {"finding": finding, "problems": problems}
    )


@staff_page(Permission.FINDING_WRITE)
def decide(request: StaffRequest, pk: int) -> HttpResponse:
    """Record what was decided on a finding, or change it."""
    finding = _finding(request, pk)
    decision: Decision | None = getattr(finding, "decision", None)
    form = DecisionForm(request.POST or None, row=finding)
    if accepted(
        form, lambda: decisions.decide(by=request.user, finding=finding, **form.cleaned_data)
    ):
        messages.success(request, "Decision recorded.")
        return redirect("finding-board", pk=finding.activity_id)
    return render(
        request,
        "loop/decision-record.html.jinja",
        {"form": form, "finding": finding, "decision": decision},
    )


@staff_page(Permission.FINDING_WRITE)
def add_change(request: StaffRequest, pk: int) -> HttpResponse:
    """Record what is done because of the decision on a finding."""
    finding = _finding(request, pk)
    decision: Decision | None = getattr(finding, "decision", None)
    if decision is None:
        messages.info(request, "Record the decision first, then the change.")
        return redirect("decision-record", pk=finding.pk)
    form = ChangeForm(request.POST or None)
    if accepted(
        form,
        lambda: changes.add(
            by=request.user, activity=finding.activity, decision=decision, **form.cleaned_data
        ),
    ):
        messages.success(request, "Change recorded.")
        return redirect("finding-board", pk=finding.activity_id)
    return render(
        request,
        "loop/change-record.html.jinja",
        {"form": form, "finding": finding, "decision": decision},
    )


@staff_page(Permission.FINDING_WRITE)
def move_change(request: StaffRequest, pk: int) -> HttpResponse:
    """Update a change: what it is and its status."""
    change = get_object_or_404(
        access.rows(request.user, Permission.FINDING_WRITE, Change).select_related(
            "activity", "decision__finding"
        ),
        pk=pk,
    )
    form = ChangeForm(request.POST or None, row=change)
    if accepted(form, lambda: changes.move(by=request.user, change=change, **form.cleaned_data)):
        messages.success(
            request, "Change saved. The public page will not change until it is approved again."
        )
        return redirect("finding-board", pk=change.activity_id)
    return render(request, "loop/change-move.html.jinja", {"form": form, "change": change})


def _finding(request: StaffRequest, pk: int) -> Finding:
    own = access.rows(request.user, Permission.FINDING_WRITE, Finding)
    return get_object_or_404(own.select_related("activity", "loop", "decision"), pk=pk)
