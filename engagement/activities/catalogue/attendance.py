"""Fields of registers: people who came, and head counts."""

from core import catalogue
from core.catalogue import Audience, Entry, Handling, Personal, Retention, asked
from engagement.activities.catalogue.handling import RECORD
from engagement.activities.models import Attendance, HeadCount, Session

_ATTENDANCE = Handling(
    Retention.PEOPLE, seen_by=Audience.TEAM, personal=Personal.PERSONAL, in_download=True
)


def session_in_words(session: Session) -> str:
    """Its activity and day, and why it was cancelled where it was."""
    cancelled = f" (cancelled: {session.cancelled_reason})" if session.is_cancelled else ""
    return f"{session}{cancelled}"


catalogue.register(
    Attendance,
    _ATTENDANCE,
    catalogue.key(),
    Entry(
        "session",
        "Session",
        shown="register",
        wording=lambda attendance: session_in_words(attendance.session),
    ),
    Entry(
        "contact",
        "Who came",
        asked=asked("register"),
        shown="register",
        handling=_ATTENDANCE.replace(seen_by=Audience.ORGANISATION, in_download=False),
    ),
    Entry("person", "Person", handling=_ATTENDANCE.replace(in_download=False)),
    catalogue.pair("recorded", "Recorded"),
)

catalogue.register(
    HeadCount,
    RECORD.replace(seen_by=Audience.TEAM),
    catalogue.key(),
    catalogue.fixed("session", "Session"),
    Entry("count", "People not named", asked=asked("register"), shown="activity"),
    Entry("is_estimated", "An estimate", asked=asked("register"), shown="activity"),
    catalogue.pair("counted", "Counted"),
)
