"""The Board reports that the public may read: those published, as they were approved."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from core.periods import Month
from insight.reporting.choices import ReportFormat, ReportState
from insight.reporting.documents import integrity
from insight.reporting.documents.documents import Document, ListedFile, kind_of, kinds
from insight.reporting.documents.schema import TYPE as BOARD_REPORT
from insight.reporting.models import BoardReport
from insight.reporting.selectors import reports as kept


@dataclass(frozen=True)
class Report:
    """A published Board report: its month and its frozen content."""

    month: Month
    published_at: datetime
    fingerprint: str
    frozen: dict[str, Any]


@dataclass(frozen=True)
class ReportListed:
    """A published Board report in a list, with the files it is offered as."""

    month: Month
    published_at: datetime
    fingerprint: str
    files: list[ListedFile]


@dataclass(frozen=True)
class ReportBytes:
    """A file of a published report, byte for byte as approved."""

    content: bytes
    sha256: str
    name: str
    content_type: str


def latest() -> Report | None:
    """The newest published report, if there is one. Raises `Altered` where it is not as it was
    approved.
    """
    row = _reports().first()
    return _report(row) if row else None


def of_month(month: Month) -> Report | None:
    """The month's report, if it has been published."""
    row = _reports().filter(month=month.first).first()
    return _report(row) if row else None


def document(report: Report) -> Document:
    """A report as it is read, on the page and in its files."""
    return kind_of(report.frozen).arrange(report.frozen)


def listed() -> list[ReportListed]:
    """Every published report, newest first, with the size of its files; two queries."""
    rows = list(_reports().only("pk", "month", "published_at", "fingerprint"))
    sizes, kind = kept.sizes(rows), kinds()[BOARD_REPORT]
    return [
        ReportListed(
            row.period, row.published_at, row.fingerprint, kind.files(sizes.get(row.pk, {}))
        )
        for row in rows
        if row.published_at
    ]


def figures(report: Report, place: str = "") -> dict[str, Any]:
    """A report's figures without its words; for one place, its row of each measure cut by place."""
    frozen = report.frozen
    return {
        "period": frozen["period"],
        "month": frozen["month"],
        "place": place or None,
        "published_at": report.published_at,
        "fingerprint": report.fingerprint,
        "measures": _measures_of_place(frozen["measures"], place) if place else frozen["measures"],
    }


def file_of(month: Month, kind: str) -> ReportBytes | None:
    """A file of a published report; None where there is none. Raises `Altered` where it or the
    report is not as it was approved.
    """
    if kind not in ReportFormat.values:
        return None
    row = _reports().filter(month=month.first).first()
    if row is None:
        return None
    frozen, content = integrity.frozen_of(row), integrity.file_of(row, kind)
    board_report = kinds()[BOARD_REPORT]
    return ReportBytes(
        content,
        hashlib.sha256(content).hexdigest(),
        board_report.file_name(frozen, kind),
        board_report.format(kind).content_type,
    )


def _reports() -> QuerySet[BoardReport]:
    return BoardReport.objects.filter(state=ReportState.PUBLISHED).order_by("-month")


def _report(row: BoardReport) -> Report:
    if row.published_at is None or row.frozen is None:
        raise ValueError(f"{row} is published without its day or its figures.")
    frozen = dict(integrity.frozen_of(row))
    return Report(row.period, row.published_at, row.fingerprint, frozen)


def _measures_of_place(measures: list[dict[str, Any]], place: str) -> list[dict[str, Any]]:
    found = []
    for measure in measures:
        cuts = [
            cut | {"rows": [row for row in cut["rows"] if row["key"] == place]}
            for cut in measure["cuts"]
            if cut["key"] == "place"
        ]
        if cuts:
            found.append(measure | {"total": None, "cuts": cuts})
    return found
