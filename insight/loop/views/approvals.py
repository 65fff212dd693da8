"""Doors for a lead: what waits for approval, read as the public will read it, then published or
sent back.
"""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from core.nhsuk.forms import accepted
from core.published_fields import Words
from core.views.staff import StaffRequest, staff_page
from insight.loop import presenters
from insight.loop.actions import publications
from insight.loop.choices import PublicationKind, SubmissionState
from insight.loop.forms.publications import PublishForm, SendBackForm
from insight.loop.models import Submission
from insight.loop.permissions import Permission
from insight.loop.selectors import boards, content, pages, submissions


@staff_page(Permission.PUBLICATION_APPROVE)
@require_safe
def index(request: StaffRequest) -> HttpResponse:
    """What waits for approval, oldest first, and the latest that were settled."""
    waiting = Paginator(submissions.waiting(request.user), 25).get_page(request.GET.get("page"))
    settled = submissions.settled(request.user)[:10]
    return render(
        request, "loop/approval-list.html.jinja", {"waiting": waiting, "settled": settled}
    )


@staff_page(Permission.PUBLICATION_APPROVE)
@require_safe
def detail(request: StaffRequest, pk: int) -> HttpResponse:
    """The page exactly as the public will see it, below the buttons to publish or send it back."""
    return _page(request, _submission(request, pk), SendBackForm())


@staff_page(Permission.PUBLICATION_APPROVE)
def publish(request: StaffRequest, pk: int) -> HttpResponse:
    """Publish what was read; where it has changed since, show it to be read again first."""
    submission = _submission(request, pk)
    if request.method != "POST":
        return redirect("approval-detail", pk=pk)
    form = PublishForm(request.POST)
    is_answer = submission.kind == PublicationKind.ANSWER
    notice_sentence = presenters.who_gets_the_message(submission.loop)
    seen = form.cleaned_data["seen"] if form.is_valid() else ""
    try:
        if is_answer:
            publications.publish_answer(by=request.user, submission=submission, seen=seen)
        else:
            publications.publish_opportunity(by=request.user, submission=submission, seen=seen)
    except ValidationError as refusal:
        submission.refresh_from_db()
        return _page(request, submission, SendBackForm(), problems=refusal.messages, status=409)
    messages.success(request, f"Published: {submission.activity.title}. {notice_sentence}".strip())
    return redirect("approval-list")


@staff_page(Permission.PUBLICATION_APPROVE)
def send_back(request: StaffRequest, pk: int) -> HttpResponse:
    """Return it to the officer with a note that says why."""
    submission = _submission(request, pk)
    if request.method != "POST":
        return redirect("approval-detail", pk=pk)
    form = SendBackForm(request.POST)
    if accepted(
        form,
        lambda: publications.send_back(
            by=request.user, submission=submission, reason=form.cleaned_data["reason"]
        ),
    ):
        messages.success(request, f"Sent back with your note: {submission.activity.title}.")
        return redirect("approval-list")
    return _page(request, submission, form)


def _submission(request: StaffRequest, pk: int) -> Submission:
    return get_object_or_404(submissions.for_approval(request.user), pk=pk)


def _content(submission: Submission) -> Words:
    if submission.state == SubmissionState.PUBLISHED:
        return pages.read(submission.publication)
    if submission.kind == PublicationKind.ANSWER:
        return content.answer(submission.activity, submission.loop)
    return content.opportunity(submission.activity)


def _page(
    request: StaffRequest,
    submission: Submission,
    form: SendBackForm,
    *,
    problems: list[str] | None = None,
    status: int = 200,
) -> HttpResponse:
    kind = PublicationKind(submission.kind)
    page = _content(submission)
    before = content.current(submission.activity, kind)
    notice = submission.loop.notice if submission.loop is not None else None
    is_waiting = submission.state == SubmissionState.WAITING
    context = {
        "submission": submission,
        **pages.display(page),
        "form": form,
        "problems": problems or [],
        "has_error": bool(problems),
        "is_waiting": is_waiting,
        "is_answer": kind == PublicationKind.ANSWER,
        "before": before,
        "changed": content.what_changed(before, page) if is_waiting else [],
        "notice": notice,
        "who_gets_the_message": presenters.who_gets_the_message(submission.loop),
        "audience": presenters.audience_in_words(boards.audience(submission.loop))
        if submission.loop
        else [],
        "publish": PublishForm(initial={"seen": content.fingerprint(page, notice)}),
    }
    return render(request, "loop/approval-detail.html.jinja", context, status=status)
