"""Doors to the notice of a loop: the message to those who took part."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from core import access
from core.nhsuk.forms import accepted
from core.views.staff import StaffRequest, staff_page
from engagement.messaging.permissions import Permission as MessagingPermission
from insight.loop import presenters
from insight.loop.actions import notices
from insight.loop.forms.notices import NoticeForm
from insight.loop.models import Loop
from insight.loop.selectors import boards, content, pages


@staff_page(MessagingPermission.MESSAGE_WRITE)
def write(request: StaffRequest, pk: int) -> HttpResponse:
    """Write the message to people. Where nothing is written yet a draft is offered."""
    loop = get_object_or_404(
        access.rows(request.user, MessagingPermission.MESSAGE_WRITE, Loop).select_related(
            "activity__lead_organisation", "notice"
        ),
        pk=pk,
    )
    notice = loop.notice
    findings = boards.findings().filter(loop=loop)
    draft = presenters.notice_draft(loop, findings) if notice is None else {}
    form = NoticeForm(request.POST or None, initial=draft, row=loop)
    if accepted(form, lambda: notices.write(by=request.user, loop=loop, **form.cleaned_data)):
        messages.success(
            request, "Message saved. It will be sent when a lead publishes the feedback."
        )
        return redirect("finding-board", pk=loop.activity_id)
    context = {
        "form": form,
        "loop": loop,
        "is_draft": notice is None,
        "is_outdated": content.is_notice_outdated(loop),
        "findings": findings.all(),
        "as_read": pages.as_read,
        "audience": presenters.audience_in_words(boards.audience(loop)),
    }
    return render(request, "loop/notice-write.html.jinja", context)
