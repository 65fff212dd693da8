"""Choices and events of activities, sessions and contributions."""

from django.db.models import TextChoices

from core.choices import Event as BaseEvent


class Event(BaseEvent):
    """What somebody did, in the past tense. Each is recorded by one action."""

    ACTIVITY_LOGGED = "activity logged"
    ACTIVITY_CHANGED = "activity changed"
    ACTIVITY_OPENED = "activity opened"
    ACTIVITY_LISTENING_CLOSED = "listening closed"
    ACTIVITY_LISTENING_REOPENED = "activity reopened"
    ACTIVITY_ANSWERED = "activity answered"
    ACTIVITY_CLOSED = "activity closed"
    ACTIVITY_CANCELLED = "activity cancelled"
    OUTPUT_RECORDED = "output recorded"
    SESSION_ADDED = "session added"
    SESSION_CHANGED = "session changed"
    SESSION_CANCELLED = "session cancelled"
    SESSION_REMOVED = "session removed"
    ATTENDANCE_RECORDED = "attendance recorded"
    ATTENDANCE_REMOVED = "attendance removed"
    HEADS_COUNTED = "heads counted"
    CONTRIBUTIONS_RECORDED = "contributions recorded"
    REDACTION_CHANGED = "redaction changed"


class Status(TextChoices):
    """The status of an activity."""

    PLANNED = "planned", "Planned"
    OPEN = "open", "Open"
    LISTENING_CLOSED = "listening_closed", "Listening closed"
    ANSWERED = "answered", "Answered"
    CLOSED = "closed", "Closed"
    CANCELLED = "cancelled", "Cancelled"


class Stage(TextChoices):
    """The stage of the work at which people or partners joined."""

    DESIGN = "design", "Design"
    DEVELOPMENT = "development", "Development"
    DELIVERY = "delivery", "Delivery"
    EVALUATION = "evaluation", "Evaluation"


class Method(TextChoices):
    """How people are heard."""

    MEETING = "meeting", "Public meeting"
    FOCUS_GROUP = "focus_group", "Focus group"
    SURVEY = "survey", "Survey"
    PANEL = "panel", "Panel"
    WORKSHOP = "workshop", "Workshop"
    CO_DESIGN = "co_design", "Co-design"
    FORUM = "forum", "Forum"
    SUMMIT = "summit", "Summit"
    REVERSE_CONFERENCE = "reverse_conference", "Reverse conference"
    DROP_IN = "drop_in", "Drop-in"
    OUTREACH = "outreach", "Outreach in the community"
    INTERVIEW = "interview", "Interviews"
    VIDEO = "video", "Video"
    MESSAGING_GROUP = "messaging_group", "Messaging group"
    ONLINE = "online", "Online comments"
    PEER = "peer", "Champions, connectors or peer mentors"
    OTHER = "other", "Another way"


class Source(TextChoices):
    """Where the record of an activity comes from; pages show it unless staff logged it."""

    STAFF = "staff", "Logged by staff"
    STRATEGY = "strategy", "Taken from the Working with People and Communities Strategy 2022-2025"
    DEMO = "demo", "Made up for demonstration"


class AssessmentState(TextChoices):
    """The state of an equality and quality impact or a duty-to-involve assessment."""

    NOT_RECORDED = "not_recorded", "Not recorded"
    NOT_NEEDED = "not_needed", "Looked at, not needed"
    UNDER_WAY = "under_way", "Under way"
    DONE = "done", "Done"


class AccessFeature(TextChoices):
    """What a venue or a session offers."""

    STEP_FREE = "step_free", "Step-free"
    ACCESSIBLE_TOILET = "accessible_toilet", "Accessible toilet"
    HEARING_LOOP = "hearing_loop", "Hearing loop"
    QUIET_SPACE = "quiet_space", "Quiet space"
    PARKING = "parking", "Blue badge parking"
    NEAR_TRANSPORT = "near_transport", "Near a bus stop or station"
    CHILDCARE = "childcare", "Childcare or a family room"
    PRAYER_SPACE = "prayer_space", "Prayer space"
    CAPTIONS = "captions", "Live captions"
    BSL = "bsl", "British Sign Language interpreter"


class HowItCame(TextChoices):
    """How a contribution was received."""

    IN_PERSON = "in_person", "In person"
    SURVEY = "survey", "Survey"
    LETTER = "letter", "Letter"
    EMAIL = "email", "Email"
    TELEPHONE = "telephone", "Telephone"
    ONLINE = "online", "Online"
    OTHER = "other", "Another way"
    NOT_RECORDED = "not_recorded", "Not recorded"
