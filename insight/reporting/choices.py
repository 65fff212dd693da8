"""States and files of Board reports, and the events of this wing."""

from django.db.models import TextChoices

from core.choices import Event as BaseEvent


class Event(BaseEvent):
    """One thing that somebody did, in the past tense. Each is left by one action."""

    REPORT_DRAFTED = "report drafted"
    REPORT_WRITTEN = "report written"
    REPORT_APPROVED = "report approved"
    REPORT_PUBLISHED = "report published"


class ReportState(TextChoices):
    """The states of a Board report."""

    DRAFT = "draft", "Draft"
    APPROVED = "approved", "Approved and frozen"
    PUBLISHED = "published", "Published"


class ReportFormat(TextChoices):
    """The files of a Board report."""

    PDF = "pdf", "PDF"
    JSON = "json", "JSON"
