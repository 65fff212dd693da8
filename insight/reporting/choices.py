"""States, parts and files of Board reports, and the events of this wing."""

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
    """The files of a Board report, in the order in which they are offered."""

    PDF = "pdf", "PDF"
    DOCX = "docx", "Word"
    XLSX = "xlsx", "Excel"
    CSV = "csv", "CSV"
    JSON = "json", "JSON"


class Purpose(TextChoices):
    """What a report is put before the Board for."""

    DECISION = "decision", "For decision"
    APPROVAL = "approval", "For approval"
    DISCUSSION = "discussion", "For discussion"
    ASSURANCE = "assurance", "For assurance"
    INFORMATION = "information", "For information"


class Part(TextChoices):
    """The parts of a Board report. Pages, files and forms all take their names from here."""

    AGENDA_ITEM = "agenda_item", "Agenda item"
    AUTHOR = "author", "Author"
    PURPOSE = "purpose", "Purpose"
    HEADLINE = "headline", "The month in figures"
    HIGHLIGHTS = "highlights", "The month in a few words"
    STORY = "story", "One story"
    STORIES = "stories", "What people changed"
    INVOLVEMENT = "involvement", "How people were involved"
    TO_KNOW = "to_know", "What the Board must know"
    ASKS = "asks", "What the Board is asked to do"
    OTHER_CHANGES = "other_changes", "Other changes people brought about"
    MEASURES = "measures", "All figures"
    TREND = "trend", "Twelve months"
    ACTIVITIES = "activities", "Activities of the month"
    LOOPS = "loops", "Feedback still due"
    LOOK_AHEAD = "look_ahead", "What comes next"
    TABLES = "tables", "Annex: how each figure is counted, with its tables"
    ABOUT = "about", "About this report"


#: The parts that the secretary writes: those of the front sheet, then the narrative.
FRONT_SHEET = (Part.AGENDA_ITEM, Part.AUTHOR, Part.PURPOSE)
NARRATIVE = (
    Part.HIGHLIGHTS,
    Part.STORY,
    Part.INVOLVEMENT,
    Part.TO_KNOW,
    Part.ASKS,
    Part.LOOK_AHEAD,
)
WRITTEN = (*FRONT_SHEET, *NARRATIVE)
