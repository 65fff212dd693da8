"""Doors to the findings board, and to the two ends of listening."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render

from core import access
from core.nhsuk.forms import accepted
from core.views.staff import StaffRequest, staff_page
from engagement.activities.models import Activity, Contribution
from engagement.activities.permissions import Permission as ActivityPermission
from insight.loop import presenters
from insight.loop.actions import findings, loops, publications
from insight.loop.forms.findings import FindingForm
from insight.loop.forms.loops import CloseListeningForm
from insight.loop.permissions import Permission
from insight.loop.selectors import boards, content, pages

#: How many contributions are offered at a time.
PAGE = 20


class Picker:
    """Contributions to tick: those ticked so far, and one page of the others.

    Without words the others are those that no finding rests on yet; words are looked for in
    everything, since one thing said may bear on two findings. What is ticked and typed travels in
    the address while somebody searches, so nothing is lost.
    """

    def __init__(self, sent: QueryDict, readable: QuerySet[Contribution], ticked: set[int]) -> None:
        self.words = sent.get("q", "").strip()[:200]
        found = boards.with_words(readable, self.words) if self.words else boards.not_used(readable)
        others = found.exclude(pk__in=ticked)
        self.page: Page[Contribution] = Paginator(others, PAGE).get_page(sent.get("page"))
        self.ticked = presenters.boxes(
            readable.filter(pk__in=ticked) if ticked else [], ticked=ticked
        )
        self.others = presenters.boxes(self.page, ticked=set())


def ticked_in(sent: QueryDict) -> set[int]:
    """The contributions ticked on the page, leaving out what is no number of ours."""
    return {
        int(text)
        for text in sent.getlist("evidence")
        if text.isascii() and text.isdigit() and len(text) < 19
    }


@staff_page(Permission.FINDING_READ)
def board(request: StaffRequest, pk: int) -> HttpResponse:
    """What was heard, as it will be read, beside what is not yet used, to write more."""
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
            messages.success(request, "Finding written. Now record what was decided on it.")
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
    """Say on which day listening closed; from it the answer is due."""
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
            messages.success(request, "Sent for approval. A lead reads it before anybody else can.")
            return redirect("activity-detail", pk=activity.pk)
    context = {
        "activity": activity,
        **pages.display(content.of_opportunity(activity)),
        "submission": boards.latest_opportunity(activity),
        "problems": problems,
    }
    return render(request, "loop/opportunity-submit.html.jinja", context)


def _board_context(
    request: StaffRequest,
    activity: Activity,
    readable: QuerySet[Contribution],
    form: FindingForm,
    sent: QueryDict,
) -> dict[str, object]:
    may_write = access.may(request.user, Permission.FINDING_WRITE, activity)
    stands = boards.board(activity)
    return {
        "activity": activity,
        "form": form,
        "board": stands,
        "may_write": may_write,
        "steps": presenters.steps(activity, stands, may_write=may_write),
        "may_record": access.may(request.user, ActivityPermission.CONTRIBUTION_RECORD),
        "picker": Picker(sent, readable, ticked_in(sent))
        if access.may(request.user, ActivityPermission.CONTRIBUTION_READ)
        else None,
        "number_said": readable.count(),
        "look": presenters,
    }
