"""Board reports: which are to be drafted or finished, and the files that are kept."""

from collections.abc import Iterable
from datetime import timedelta

from django.db.models.functions import Length

from core import access, clock
from core.models import User
from core.periods import Month
from insight.reporting.choices import ReportState
from insight.reporting.models import BoardReport, ReportFile
from insight.reporting.permissions import Permission

#: Reports are drafted from six in the morning of the 1st, London time.
DRAFTED_AFTER = timedelta(hours=6)
#: The most that are listed: more than anybody finishes in a day.
LIMIT = 50


def is_to_be_drafted(month: Month) -> bool:
    """Due and not yet drafted."""
    return (
        clock.now() >= month.ends_before + DRAFTED_AFTER
        and not BoardReport.objects.filter(month=month.first).exists()
    )


def sizes(reports: Iterable[BoardReport]) -> dict[int, dict[str, int]]:
    """The size in bytes of each kept file by format, for each of these reports by its number."""
    found: dict[int, dict[str, int]] = {}
    files = ReportFile.objects.filter(report__in=list(reports))
    for report_id, kind, size in files.values_list("report_id", "format", Length("content")):
        found.setdefault(report_id, {})[kind] = size
    return found


def to_finish(user: User) -> list[BoardReport]:
    """For a secretary: reports still to be written or published, oldest first."""
    if not access.may(user, Permission.REPORT_WRITE):
        return []
    reports = access.rows(user, Permission.REPORT_WRITE, BoardReport).exclude(
        state=ReportState.PUBLISHED
    )
    return list(reports.only("month", "state", "drafted_at").order_by("month")[:LIMIT])
