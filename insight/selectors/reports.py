"""Board reports: which is to be drafted, and the files that are kept."""

from datetime import timedelta
from typing import Any

from core import clock
from core.periods import Month
from insight.models import BoardReport, ReportFile

#: Reports are drafted from six in the morning of the 1st, London time.
DRAFTED_AFTER = timedelta(hours=6)


def is_to_be_drafted(month: Month) -> bool:
    """Its hour has come and nobody has drafted it."""
    return (
        clock.now() >= month.ends_before + DRAFTED_AFTER
        and not BoardReport.objects.filter(month=month.first).exists()
    )


def kept_file(report: BoardReport, kind: str) -> bytes | None:
    """A file of a frozen report as it was approved, or None where there is none."""
    kept: Any = (
        ReportFile.objects.filter(report=report, format=kind)
        .values_list("content", flat=True)
        .first()
    )
    return bytes(kept) if kept is not None else None
