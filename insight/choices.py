"""The words of insight."""

from django.db.models import TextChoices


class DecisionKind(TextChoices):
    """What was decided on a finding."""

    ACCEPTED = "accepted", "Accepted"
    PARTLY = "partly", "Accepted in part"
    NOT_ACCEPTED = "not_accepted", "Not accepted"
    UNDECIDED = "undecided", "Not yet decided"


class ChangeStage(TextChoices):
    """Where a change stands."""

    PLANNED = "planned", "Planned"
    UNDER_WAY = "under_way", "Under way"
    MADE = "made", "Made"


class Impact(TextChoices):
    """What a change is for (R101)."""

    ACCESS = "access", "Access"
    EXPERIENCE = "experience", "Experience"
    OUTCOMES = "outcomes", "Outcomes"
    VALUE = "value", "Value"
    EQUITY = "equity", "Equity"


class PublicationKind(TextChoices):
    """The two things the public is shown of an activity."""

    OPPORTUNITY = "opportunity", "A chance to take part"
    ANSWER = "answer", "You said, we did"


class SubmissionState(TextChoices):
    """What became of something sent for approval."""

    WAITING = "waiting", "Waiting for approval"
    SENT_BACK = "sent_back", "Sent back"
    PUBLISHED = "published", "Published"


class ReportState(TextChoices):
    """Where a Board report stands."""

    DRAFT = "draft", "Draft"
    APPROVED = "approved", "Approved and frozen"
    PUBLISHED = "published", "Published"


class ReportFormat(TextChoices):
    """The files of a Board report."""

    PDF = "pdf", "PDF"
    JSON = "json", "JSON"
