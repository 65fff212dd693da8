"""Kinds and states of decisions, changes and publications, and the events of this wing."""

from django.db.models import TextChoices

from core.choices import Event as BaseEvent


class Event(BaseEvent):
    """One thing that somebody did, in the past tense. Each is left by one action."""

    LOOP_OPENED = "loop opened"
    LOOP_FELL_DUE = "answer fell due"
    LISTENING_REOPENED = "listening reopened"
    QUARTER_CLOSED = "quarter closed"
    DUE_LOOPS_OPENED = "due loops opened"
    ANSWER_SUBMITTED = "answer sent for approval"
    SENT_BACK = "sent back with a note"
    FINDING_WRITTEN = "finding written"
    FINDING_CHANGED = "finding changed"
    FINDING_REMOVED = "finding removed"
    DECISION_RECORDED = "decision recorded"
    CHANGE_RECORDED = "change recorded"
    CHANGE_MOVED = "change moved on"
    ANSWER_PUBLISHED = "answer published"
    OPPORTUNITY_SUBMITTED = "opportunity sent for approval"
    OPPORTUNITY_PUBLISHED = "opportunity published"
    LOOP_NOTICE_WRITTEN = "notice of an answer written"


class DecisionKind(TextChoices):
    """What was decided on a finding."""

    ACCEPTED = "accepted", "Accepted"
    PARTLY = "partly", "Accepted in part"
    NOT_ACCEPTED = "not_accepted", "Not accepted"
    UNDECIDED = "undecided", "Not yet decided"


class ChangeStage(TextChoices):
    """The stages of a change."""

    PLANNED = "planned", "Planned"
    UNDER_WAY = "under_way", "Under way"
    MADE = "made", "Done"


class Impact(TextChoices):
    """What a change is meant to improve."""

    ACCESS = "access", "Access"
    EXPERIENCE = "experience", "Experience"
    OUTCOMES = "outcomes", "Outcomes"
    VALUE = "value", "Value"
    EQUITY = "equity", "Equity"


class PublicationKind(TextChoices):
    """The two things the public is shown of an activity."""

    OPPORTUNITY = "opportunity", "Invitation to take part"
    ANSWER = "answer", "You said, we did"


class SubmissionState(TextChoices):
    """What became of something sent for approval."""

    WAITING = "waiting", "Waiting for approval"
    SENT_BACK = "sent_back", "Sent back"
    PUBLISHED = "published", "Published"
