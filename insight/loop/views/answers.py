"""Doors to an answer before it is public: the notice, and sending it for approval."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from core import access
from core.choices import Permission
from core.nhsuk.forms import accepted
from core.views.staff import StaffRequest, staff_page
from engagement.messaging.permissions import Permission as MessagingPermission
from insight.loop import presenters
from insight.loop.actions import answers, publications
from insight.loop.forms.answers import NoticeForm
from insight.loop.models import Loop
from insight.loop.permissions import Permission as LoopPermission
from insight.loop.selectors import boards, content, pages


@staff_page(MessagingPermission.MESSAGE_WRITE)
def write_notice(request: StaffRequest, pk: int) -> HttpResponse:
    """Write what people are told. Where nothing is written yet a draft is offered."""
    loop = _loop(request, pk, MessagingPermission.MESSAGE_WRITE)
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
    return render(request, "loop/notice-write.html.jinja", context)


@staff_page(LoopPermission.FINDING_WRITE)
def submit(request: StaffRequest, pk: int) -> HttpResponse:
    """Read the answer as the public will, and send it to a lead."""
    loop = _loop(request, pk, LoopPermission.FINDING_WRITE)
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
        **pages.display(content.of_answer(loop.activity, loop)),
        "audience": presenters.audience_in_words(boards.audience(loop)),
    }
    return render(request, "loop/answer-submit.html.jinja", context)


def _loop(request: StaffRequest, pk: int, permission: Permission) -> Loop:
    own = access.rows(request.user, permission, Loop)
    return get_object_or_404(own.select_related("activity__lead_organisation", "notice"), pk=pk)
