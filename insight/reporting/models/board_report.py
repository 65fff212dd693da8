"""Board reports: a month, drafted, then frozen with its files."""

from datetime import date

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from core.models import User
from core.periods import Month
from insight.reporting.choices import Part, Purpose, ReportFormat, ReportState


@pghistory.track()
class BoardReport(models.Model):
    """The month's report. The figures of a draft are counted whenever it is opened; once approved
    `frozen` holds its whole content, in the schema of `documents.schema`.

    `fingerprint` is the SHA-256 of the canonical bytes of `frozen`. `leading_changes` holds the
    keys of the changes that the secretary chose to lead, in order; without any the newest lead.
    """

    approved_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="reports_approved"
    )
    published_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="reports_published"
    )
    month = models.DateField("first day of the month", unique=True)
    state = models.CharField(max_length=20, choices=ReportState, default=ReportState.DRAFT)
    agenda_item = models.CharField(Part.AGENDA_ITEM.label, max_length=40, blank=True)
    author = models.CharField(Part.AUTHOR.label, max_length=150, blank=True)
    purpose = models.CharField(Part.PURPOSE.label, max_length=20, choices=Purpose, blank=True)
    highlights = models.TextField(Part.HIGHLIGHTS.label, max_length=8000, blank=True)
    story = models.TextField(Part.STORY.label, max_length=4000, blank=True)
    involvement = models.TextField(Part.INVOLVEMENT.label, max_length=4000, blank=True)
    to_know = models.TextField(Part.TO_KNOW.label, max_length=4000, blank=True)
    asks = models.TextField(Part.ASKS.label, max_length=4000, blank=True)
    look_ahead = models.TextField(Part.LOOK_AHEAD.label, max_length=4000, blank=True)
    leading_changes = ArrayField(models.CharField(max_length=16), default=list, blank=True, size=3)
    frozen = models.JSONField(null=True, blank=True)
    fingerprint = models.CharField(max_length=64, blank=True)
    drafted_at = models.DateTimeField()
    approved_at = models.DateTimeField(null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-month"]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    state=ReportState.DRAFT,
                    frozen__isnull=True,
                    fingerprint="",
                    approved_at__isnull=True,
                    approved_by__isnull=True,
                )
                | (
                    ~Q(state=ReportState.DRAFT)
                    & Q(frozen__isnull=False, approved_at__isnull=False, approved_by__isnull=False)
                    & ~Q(fingerprint="")
                ),
                name="reporting_report_frozen_when_approved",
            ),
            models.CheckConstraint(
                condition=Q(published_at__isnull=True, published_by__isnull=True)
                | Q(
                    published_at__isnull=False,
                    published_by__isnull=False,
                    state=ReportState.PUBLISHED,
                ),
                name="reporting_report_published_paired",
            ),
            models.CheckConstraint(condition=Q(month__day=1), name="reporting_report_month_begins"),
        ]

    def __str__(self) -> str:
        return f"Board report, {self.period.words}"

    @property
    def period(self) -> Month:
        day: date = self.month
        return Month.of(day)

    @property
    def is_frozen(self) -> bool:
        return self.state != ReportState.DRAFT


class ReportFile(models.Model):
    """A file of a frozen report, byte for byte as approved."""

    report = models.ForeignKey(BoardReport, on_delete=models.PROTECT, related_name="files")
    format = models.CharField(max_length=10, choices=ReportFormat)
    content = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["report", "format"], name="reporting_report_file_once")
        ]

    def __str__(self) -> str:
        return f"{self.report}: {self.format}"
