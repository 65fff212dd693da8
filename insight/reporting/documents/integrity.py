"""Frozen reports and their files, compared with their fingerprints whenever one is shown or served.

The database lets nobody but its owner change them; this notices when that has happened.
"""

import hashlib
import json
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, cast

from django.db.models import F, Func, TextField, Value
from django.db.models.functions import Cast

from core.frozen import Altered
from core.periods import Month
from insight.reporting.choices import ReportFormat, ReportState
from insight.reporting.documents import canonical
from insight.reporting.documents.schema import FrozenReport, read
from insight.reporting.models import BoardReport, ReportFile


def frozen_of(report: BoardReport) -> FrozenReport:
    """The frozen content of a report. Raises `Altered` where it is not as it was approved."""
    if fault := _content_fault(report):
        raise Altered(fault)
    return cast(FrozenReport, report.frozen)


def approved(first: Month, last: Month) -> dict[Month, FrozenReport]:
    """The approved reports of these months, brought up to date; one query. Raises `Altered` where
    one is not as it was approved.
    """
    rows = (
        BoardReport.objects.filter(month__range=(first.first, last.first))
        .exclude(state=ReportState.DRAFT)
        .annotate(content=Cast("frozen", TextField()))
        .defer("frozen")
    )
    found = {}
    for row in rows:
        content = row.content or "{}"
        if not _is_as_approved(content, row.fingerprint):
            raise Altered(_content_fault(row))
        found[row.period] = read(json.loads(content))
    return found


@lru_cache(maxsize=64)
def _is_as_approved(content: str, fingerprint: str) -> bool:
    """Whether this very text is what the fingerprint was taken of. Kept, as each report looks at
    the eleven before it.
    """
    return _has_fingerprint(json.loads(content), fingerprint)


def _has_fingerprint(frozen: Mapping[str, Any], fingerprint: str) -> bool:
    try:
        found = canonical.fingerprint(frozen)
    except (TypeError, ValueError):
        return False
    return found == fingerprint == frozen.get("fingerprint")


def file_of(report: BoardReport, kind: str) -> bytes:
    """A file of a frozen report. Raises `Altered` where it is missing or not as it was made."""
    row = ReportFile.objects.filter(report=report, format=kind).first()
    content = b"" if row is None else bytes(row.content)
    if row is None or hashlib.sha256(content).hexdigest() != row.sha256:
        raise Altered(_file_fault(report, kind, is_missing=row is None))
    return content


def faults() -> list[str]:
    """What differs in any frozen report or file, in sentences. The database hashes the files."""
    found = []
    digest = Func(
        Func(F("content"), function="sha256"),
        Value("hex"),
        function="encode",
        output_field=TextField(),
    )
    kept = {
        (row.report_id, row.format): row.sha256 == row.digest
        for row in ReportFile.objects.annotate(digest=digest).defer("content")
    }
    for report in BoardReport.objects.exclude(state=ReportState.DRAFT).order_by("month"):
        if fault := _content_fault(report):
            found.append(fault)
        for kind in ReportFormat.values:
            if not kept.get((report.pk, kind), False):
                is_missing = (report.pk, kind) not in kept
                found.append(_file_fault(report, kind, is_missing=is_missing))
    return found


def _content_fault(report: BoardReport) -> str:
    frozen: dict[str, Any] = report.frozen or {}
    if _has_fingerprint(frozen, report.fingerprint):
        return ""
    return (
        f"The Board report of {report.period.words} is not as it was approved: "
        f"{_what_differs(report, frozen)} was changed in the database."
    )


def _what_differs(report: BoardReport, frozen: dict[str, Any]) -> str:
    """The parts that differ from the JSON file of the report, where that is as it was made."""
    try:
        approved = json.loads(file_of(report, "json"))
    except (Altered, ValueError):
        return "its content"
    parts = [key for key in approved | frozen if approved.get(key) != frozen.get(key)]
    return (
        f"its {' and '.join(part.replace('_', ' ') for part in parts)}"
        if parts
        else ("its fingerprint")
    )


def _file_fault(report: BoardReport, kind: str, *, is_missing: bool) -> str:
    what = "is missing" if is_missing else "is not as it was approved: it was changed"
    return f"The {kind} file of the Board report of {report.period.words} {what} in the database."
