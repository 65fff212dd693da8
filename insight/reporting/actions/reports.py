"""Board reports: drafted, written, approved and frozen, published."""

import hashlib
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from core import clock
from core.acting import act, describe, lock, save, update
from core.actors import Actor
from core.periods import Month
from core.seen import Stale
from insight.reporting.choices import WRITTEN, Event, ReportFormat, ReportState
from insight.reporting.documents import board, canonical
from insight.reporting.documents.documents import kind_of
from insight.reporting.models import BoardReport, ReportFile
from insight.reporting.permissions import Permission

#: What the secretary may write.
FIELDS = (*(part.value for part in WRITTEN), "leading_changes")


@act(Event.REPORT_DRAFTED, needs=Permission.REPORT_DRAFT)
def draft(*, by: Actor, month: Month) -> BoardReport:
    """Make the month's report, or return the one there is. Refused until the month is over."""
    if not month.is_over:
        raise ValidationError(
            f"{month.words} is not over yet. Its report can be drafted from the 1st of the "
            f"next month."
        )
    report = BoardReport.objects.filter(month=month.first).first()
    if report is None:
        try:
            with transaction.atomic():
                report = BoardReport.objects.create(month=month.first, drafted_at=clock.now())
        except IntegrityError:
            report = BoardReport.objects.get(month=month.first)
    describe(month.words)
    return report


@act(Event.REPORT_WRITTEN, needs=Permission.REPORT_WRITE, on="report")
def write(*, by: Actor, report: BoardReport, **written: Any) -> BoardReport:
    """Change any of the `FIELDS`. Refused once the report is approved."""
    report = lock(report)
    _refuse_frozen(report)
    if unknown := set(written) - set(FIELDS):
        raise TypeError(f"A report has no {', '.join(sorted(unknown))}.")
    fields = [name for name, words in written.items() if getattr(report, name) != words]
    update(report, **written)
    describe(report.period.words, fields=fields)
    return report


@act(Event.REPORT_APPROVED, needs=Permission.REPORT_APPROVE, on="report")
def approve(*, by: Actor, report: BoardReport, read: str | None = None) -> BoardReport:
    """Approve and freeze it: its figures, words and files no longer change, whatever happens to the
    records behind them.

    `read` is the fingerprint of the draft that was read. Raises `Stale` where the report would be
    another one by now: what is frozen is what was read.
    """
    report = lock(report)
    _refuse_frozen(report)
    draft = board.build(report)
    if read is not None and canonical.fingerprint(draft) != read:
        raise Stale(report)
    report.approved_by, report.approved_at = by.answerable, clock.now()
    frozen = board.approved(draft, report)
    frozen["fingerprint"] = canonical.fingerprint(frozen)
    report.state, report.frozen, report.fingerprint = (
        ReportState.APPROVED,
        dict(frozen),
        frozen["fingerprint"],
    )
    save(report)
    for kind in ReportFormat:
        content = kind_of(frozen).format(kind).make(frozen)
        ReportFile.objects.create(
            report=report,
            format=kind,
            content=content,
            sha256=hashlib.sha256(content).hexdigest(),
            made_at=clock.now(),
        )
    describe(f"{report.period.words}, fingerprint {report.fingerprint}")
    return report


@act(Event.REPORT_PUBLISHED, needs=Permission.REPORT_PUBLISH, on="report", changes_public=True)
def publish(*, by: Actor, report: BoardReport) -> BoardReport:
    """Publish an approved report. Publishing it again changes nothing."""
    report = lock(report)
    if report.state == ReportState.DRAFT:
        raise ValidationError("Approve the report before publishing it.")
    if report.state == ReportState.APPROVED:
        update(
            report,
            state=ReportState.PUBLISHED,
            published_at=clock.now(),
            published_by=by.answerable,
        )
    describe(report.period.words)
    return report


def _refuse_frozen(report: BoardReport) -> None:
    if report.is_frozen:
        raise ValidationError("This report has been approved. It can no longer be changed.")
