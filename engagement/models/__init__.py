"""Facts of engagement, and the rules the database keeps on them."""

from engagement.models.access_need import AccessNeed
from engagement.models.activity import Activity, ActivityPartner, Output
from engagement.models.attendance import Attendance, HeadCount
from engagement.models.consent import Consent
from engagement.models.contact import Contact
from engagement.models.contribution import Contribution
from engagement.models.delivery import Delivery, SendingRun
from engagement.models.notice import Notice
from engagement.models.person import Person
from engagement.models.session import Session

__all__ = [
    "AccessNeed",
    "Activity",
    "ActivityPartner",
    "Attendance",
    "Consent",
    "Contact",
    "Contribution",
    "Delivery",
    "HeadCount",
    "Notice",
    "Output",
    "Person",
    "SendingRun",
    "Session",
]
