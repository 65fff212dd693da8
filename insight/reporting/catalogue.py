"""Fields of Board reports and their files."""

from core import catalogue
from core.catalogue import Audience, Entry, Handling, Retention, asked, published
from insight.reporting.choices import WRITTEN, Part
from insight.reporting.models import BoardReport, ReportFile

_REPORT = Handling(Retention.PUBLISHED, seen_by=Audience.REPORTING)


def _written(part: Part) -> Entry:
    """A part of the report that the secretary writes."""
    return Entry(
        part.value,
        part.label,
        asked=asked("narrative"),
        shown="report",
        published=published("report"),
    )


catalogue.register(
    BoardReport,
    _REPORT,
    catalogue.key(),
    Entry("month", "Month", asked=asked("draft"), shown="report", published=published("report")),
    catalogue.fixed("state", "Status", shown="report"),
    *map(_written, WRITTEN),
    Entry(
        "leading_changes",
        "Changes that lead, in their order",
        asked=asked("narrative"),
        shown="report",
        published=published("report"),
    ),
    Entry("frozen", "Its content, frozen", shown="report", published=published("report")),
    Entry(
        "fingerprint",
        "Fingerprint of the frozen words (SHA-256)",
        published=published("report"),
    ),
    catalogue.fixed("drafted_at", "Drafted"),
    catalogue.pair("approved", "Approved", shown="report"),
    catalogue.pair("published", "Published", shown="report"),
)
catalogue.register(
    ReportFile,
    _REPORT,
    catalogue.key(),
    catalogue.fixed("report", "Board report"),
    catalogue.fixed("format", "Format", shown="report"),
    Entry("content", "The file", shown="report", published=published("report")),
    catalogue.fixed("sha256", "Fingerprint of the file (SHA-256)"),
    catalogue.fixed("made_at", "Made"),
)
