"""Activities, sessions, registers and contributions, and their rules in the database."""

from engagement.activities.models.activity import Activity, ActivityPartner, Output
from engagement.activities.models.attendance import Attendance, HeadCount
from engagement.activities.models.contribution import Contribution
from engagement.activities.models.session import Session

__all__ = [
    "Activity",
    "ActivityPartner",
    "Attendance",
    "Contribution",
    "HeadCount",
    "Output",
    "Session",
]
