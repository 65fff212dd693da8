"""The words of engagement."""

from django.db.models import TextChoices


class Status(TextChoices):
    """Where an activity stands."""

    PLANNED = "planned", "Planned"
    OPEN = "open", "Open"
    LISTENING_CLOSED = "listening_closed", "Listening closed"
    ANSWERED = "answered", "Answered"
    CLOSED = "closed", "Closed"
    CANCELLED = "cancelled", "Cancelled"


class Stage(TextChoices):
    """How early people joined, from first idea to looking back (R005)."""

    DESIGN = "design", "Design"
    DEVELOPMENT = "development", "Development"
    DELIVERY = "delivery", "Delivery"
    EVALUATION = "evaluation", "Evaluation"


class Method(TextChoices):
    """How people are heard (R010)."""

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
    """Where an activity's record comes from; shown wherever it is not a person at work."""

    STAFF = "staff", "Logged by staff"
    STRATEGY = "strategy", "Taken from the Working with People and Communities Strategy 2022-2025"
    DEMO = "demo", "Made up for demonstration"


class AssessmentState(TextChoices):
    """Where an equality and quality impact or a duty-to-involve assessment stands."""

    NOT_RECORDED = "not_recorded", "Not recorded"
    NOT_NEEDED = "not_needed", "Looked at, not needed"
    UNDER_WAY = "under_way", "Under way"
    DONE = "done", "Done"


class Capacity(TextChoices):
    """In what capacity a person takes part."""

    RESIDENT = "resident", "Resident"
    PATIENT = "patient", "Patient or service user"
    CARER = "carer", "Unpaid carer"
    PARENT = "parent", "Parent or guardian"
    YOUNG_PERSON = "young_person", "Young person"
    STAFF = "staff", "Staff member who is a resident"
    VCSE = "vcse", "From a voluntary or community organisation"
    ELECTED = "elected", "Elected member or governor"


class Channel(TextChoices):
    """Ways of reaching a person."""

    EMAIL = "email", "E-mail"
    TEXT = "text", "Text message"
    TELEPHONE = "telephone", "Telephone"
    LETTER = "letter", "Letter"
    IN_PERSON = "in_person", "In person, through a named supporter"


class ConsentPurpose(TextChoices):
    """What a person agreed to."""

    TOLD_WHAT_CAME = "told_what_came", "To be told what came of taking part"
    ASKED_AGAIN = "asked_again", "To be asked to take part again"


class ConsentManner(TextChoices):
    """How consent was given or withdrawn."""

    IN_PERSON = "in_person", "In person"
    PAPER = "paper", "On a paper form"
    ONLINE = "online", "Online"
    TELEPHONE = "telephone", "By telephone"
    EMAIL = "email", "By e-mail"


class NeedCategory(TextChoices):
    """Categories of the Accessible Information Standard (DAPB1605), and adjustments outside it."""

    CONTACT_METHOD = "contact-method", "Specific contact method"
    INFORMATION_FORMAT = "information-format", "Specific information format"
    COMMUNICATION_PROFESSIONAL = "communication-professional", "Communication professional"
    COMMUNICATION_SUPPORT = "communication-support", "Communication support"
    ADJUSTMENT = "adjustment", "Adjustment to take part"


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
    """How a contribution reached us."""

    IN_PERSON = "in_person", "In person"
    SURVEY = "survey", "Survey"
    LETTER = "letter", "Letter"
    EMAIL = "email", "E-mail"
    TELEPHONE = "telephone", "Telephone"
    ONLINE = "online", "Online"
    OTHER = "other", "Another way"
    NOT_RECORDED = "not_recorded", "Not recorded"


class DeliveryState(TextChoices):
    """What became of one notice to one person."""

    WAITING = "waiting", "Waiting"
    CLAIMED = "claimed", "Taken up by the worker"
    SENT = "sent", "Sent"
    FAILED = "failed", "Failed"
    CANNOT_REACH = "cannot_reach", "Cannot reach"
    BY_HAND = "by_hand", "To be told by hand"
    IN_DOUBT = "in_doubt", "In doubt"
