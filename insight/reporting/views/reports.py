"""Doors to the Board reports: listed, drafted, written, approved, published, downloaded."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from core import access
from core.choices import Permission
from core.nhsuk.forms import accepted
from core.periods import Month
from core.seen import Stale
from core.views.staff import StaffRequest, staff_page
from insight.reporting.actions import reports
from insight.reporting.choices import FRONT_SHEET, NARRATIVE, WRITTEN, Part, ReportState
from insight.reporting.documents import board, board_changes, canonical, integrity
from insight.reporting.documents.documents import kind_of
from insight.reporting.forms.reports import ApproveForm, DraftForm, NarrativeForm
from insight.reporting.models import BoardReport
from insight.reporting.permissions import Permission as ReportPermission
from insight.reporting.selectors.reports import sizes


@staff_page(ReportPermission.REPORT_READ)
@require_safe
def index(request: StaffRequest) -> HttpResponse:
    """Every report, newest month first."""
    found = (
        access.rows(request.user, ReportPermission.REPORT_READ, BoardReport)
        .defer("frozen")
        .order_by("-month")
    )
    context = {
        "page": Paginator(found, 24).get_page(request.GET.get("page")),
        "form": DraftForm() if access.may(request.user, ReportPermission.REPORT_DRAFT) else None,
    }
    return render(request, "reporting/report-list.html.jinja", context)


@require_POST
@staff_page(ReportPermission.REPORT_DRAFT)
def draft(request: StaffRequest) -> HttpResponse:
    """Draft a month's report on demand."""
    form = DraftForm(request.POST)
    if report := accepted(
        form, lambda: reports.draft(by=request.user, month=Month.parse(form.cleaned_data["month"]))
    ):
        return redirect("report-detail", month=report.period.key)
    found = (
        access.rows(request.user, ReportPermission.REPORT_READ, BoardReport)
        .defer("frozen")
        .order_by("-month")
    )
    context = {"page": Paginator(found, 24).get_page(1), "form": form}
    return render(request, "reporting/report-list.html.jinja", context)


@staff_page(ReportPermission.REPORT_READ)
@require_safe
def detail(request: StaffRequest, month: str) -> HttpResponse:
    """The report as it will be printed, below what has to be done next."""
    return _page(request, _report(request, month, ReportPermission.REPORT_READ))


@staff_page(ReportPermission.REPORT_WRITE)
def write(request: StaffRequest, month: str) -> HttpResponse:
    """The narrative, written below the figures it explains."""
    report = _report(request, month, ReportPermission.REPORT_WRITE)
    if report.is_frozen:
        messages.info(request, "This report has been approved. It can no longer be changed.")
        return redirect("report-detail", month=month)
    changes = board_changes.of_month(report.period)
    choices = [(change.key, change.words) for change in changes]
    form = NarrativeForm(request.POST or None, row=report, changes=choices)
    if accepted(form, lambda: reports.write(by=request.user, report=report, **form.cleaned_data)):
        messages.success(request, "Your words are saved.")
        return redirect("report-detail", month=month)
    context = {
        "report": report,
        "form": form,
        "figures": board.headline(report.period),
        "is_change_gone": bool(board_changes.gone(changes, report.leading_changes)),
        "front_sheet": FRONT_SHEET,
        "narrative": NARRATIVE,
        "stories_title": Part.STORIES.label,
    }
    return render(request, "reporting/report-write.html.jinja", context)


@staff_page(ReportPermission.REPORT_APPROVE)
def approve(request: StaffRequest, month: str) -> HttpResponse:
    """Ask for confirmation, then approve and freeze what was read: `read` is its fingerprint."""
    report = _report(request, month, ReportPermission.REPORT_APPROVE)
    if report.is_frozen:
        return redirect("report-detail", month=month)
    empty = [part for part in WRITTEN if not getattr(report, part).strip()]
    form = ApproveForm(
        request.POST or None, empty=empty, initial={"read": request.GET.get("read", "")}
    )
    if not form["read"].value():
        messages.error(request, "Read the report before you approve it.")
        return redirect("report-detail", month=month)
    if form.is_valid():
        return _approve(request, report, form.cleaned_data["read"])
    context = {"report": report, "form": form, "empty": empty}
    return render(request, "reporting/report-approve.html.jinja", context)


def _approve(request: StaffRequest, report: BoardReport, read: str) -> HttpResponse:
    try:
        reports.approve(by=request.user, report=report, read=read)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    except Stale:
        messages.error(
            request,
            "The report has changed since you opened it: someone has written in it, or what "
            "it counts has changed. Read it again before you approve it.",
        )
    else:
        messages.success(request, "The report is approved and frozen.")
    return redirect("report-detail", month=report.period.key)


@require_POST
@staff_page(ReportPermission.REPORT_PUBLISH)
def publish(request: StaffRequest, month: str) -> HttpResponse:
    """Publish it."""
    report = _report(request, month, ReportPermission.REPORT_PUBLISH)
    try:
        reports.publish(by=request.user, report=report)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        messages.success(request, "The report is published.")
    return redirect("report-detail", month=month)


@staff_page(ReportPermission.REPORT_READ)
@require_safe
def file(request: StaffRequest, month: str, kind: str) -> HttpResponse:
    """A file of the report: as approved, or for a draft made now and marked as a draft."""
    report = _report(request, month, ReportPermission.REPORT_READ)
    content = board.content(report)
    document = kind_of(content)
    try:
        file_format = document.format(kind)
    except KeyError:
        raise Http404("There is no such file of this report.") from None
    data = integrity.file_of(report, kind) if report.is_frozen else file_format.make(content)
    response = HttpResponse(data, content_type=file_format.content_type)
    response["Content-Disposition"] = f'attachment; filename="{document.file_name(content, kind)}"'
    return response


def _page(request: StaffRequest, report: BoardReport) -> HttpResponse:
    permissions = {
        "may_write": ReportPermission.REPORT_WRITE,
        "may_approve": ReportPermission.REPORT_APPROVE,
        "may_publish": ReportPermission.REPORT_PUBLISH,
    }
    may: dict[str, Any] = {
        name: access.may(request.user, needed, report) for name, needed in permissions.items()
    }
    content = board.content(report)
    kind = kind_of(content)
    context = {
        "row": report,
        "document": kind.arrange(content),
        "files": kind.files(sizes([report]).get(report.pk, {}) if report.is_frozen else None),
        "is_draft": not report.is_frozen,
        "read": "" if report.is_frozen else canonical.fingerprint(content),
        "is_published": report.state == ReportState.PUBLISHED,
        **may,
    }
    return render(request, "reporting/report-detail.html.jinja", context)


def _report(request: HttpRequest, month: str, needs: Permission) -> BoardReport:
    try:
        period = Month.parse(month)
    except ValueError as wrong:
        raise Http404(str(wrong)) from wrong
    return get_object_or_404(access.rows(request.user, needs, BoardReport), month=period.first)  # type: ignore[arg-type]  # staff pages only
