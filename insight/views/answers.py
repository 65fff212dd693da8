"""Doors to an answer before it is public: the notice, and sending it for approval."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from core import access
from core.choices import Permission
from core.nhsuk.forms import accepted
from core.views.doors import StaffRequest, staff
from insight import presenters
from insight.actions import answers, publications
from insight.forms.answers import NoticeForm
from insight.models import Loop
from insight.selectors import boards, content


@staff(Permission.NOTICE_WRITE)
def write_notice(request: StaffRequest, pk: int) -> HttpResponse:
    """Write what people are told. Where nothing is written yet a draft is offered."""
    loop = _loop(request, pk, Permission.NOTICE_WRITE)
    notice = loop.notice
    initial = (
        presenters.notice_draft(loop, boards.findings().filter(loop=loop))
        if notice is None
        else {"subject": notice.subject, "body": notice.body}
    )
    form = NoticeForm(request.POST or None, initial=initial)
    if accepted(
        form, lambda: answers.write_notice(by=request.user, loop=loop, **form.cleaned_data)
    ):
        messages.success(request, "Notice saved. It goes out when a lead publishes the answer.")
        return redirect("finding-board", pk=loop.activity_id)
    context = {
        "form": form,
        "loop": loop,
        "is_draft": notice is None,
        "audience": presenters.audience_in_words(boards.audience(loop)),
    }
    return render(request, "insight/notice-write.html.jinja", context)


@staff(Permission.FINDING_WRITE)
def submit(request: StaffRequest, pk: int) -> HttpResponse:
    """Read the answer as the public will, and send it to a lead."""
    loop = _loop(request, pk, Permission.FINDING_WRITE)
    problems: list[str] = []
    if request.method == "POST":
        try:
            publications.submit_answer(by=request.user, loop=loop)
        except ValidationError as refusal:
            problems = refusal.messages
        else:
            messages.success(request, "Sent for approval. A lead reads it before anybody else can.")
            return redirect("finding-board", pk=loop.activity_id)
    context = {
        "loop": loop,
        "problems": problems,
        "page": content.of_answer(loop.activity, loop),
        "audience": presenters.audience_in_words(boards.audience(loop)),
    }
    return render(request, "insight/answer-submit.html.jinja", context)


def _loop(request: StaffRequest, pk: int, permission: Permission) -> Loop:
    own = access.rows(request.user, permission, Loop)
    return get_object_or_404(own.select_related("activity__lead_organisation", "notice"), pk=pk)
