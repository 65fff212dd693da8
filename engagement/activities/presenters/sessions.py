"""Sessions on the page of their activity and on their register."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from core import catalogue
from core.catalogue import Audience
from core.nhsuk.environment import in_clock, in_day
from engagement.activities.models import Session
from engagement.activities.presenters.activities import SEEN_BY_STAFF, capitalised


@dataclass(frozen=True)
class SessionRow:
    """One session in a list.

    `attended` and `head_count` are empty for those who may not see its people. `fields` are pairs
    of label and value of what else is recorded and may be seen.
    """

    pk: int
    when: str
    where: str
    fields: list[tuple[str, str]]
    attended: str
    head_count: str
    register_is_open: bool
    is_today: bool = False
    cancelled_because: str = ""


def session_row(session: Session, today: date, *, with_people: bool) -> SessionRow:
    """A row of the list, for a session from `selectors.activities.sessions_of`."""
    heads = getattr(session, "head_count", None)
    head_count = "not counted"
    if heads is not None:
        head_count = f"{heads.count:,}{' (estimated)' if heads.is_estimated else ''}"
    return SessionRow(
        pk=session.pk,
        when=session_time(session),
        where=capitalised(
            " and ".join(filter(None, [session.venue, "online" if session.link else ""]))
        ),
        fields=_fields(session, SEEN_BY_STAFF | {Audience.TEAM} if with_people else SEEN_BY_STAFF),
        attended=f"{session.attended or 0:,}" if with_people else "",  # type: ignore[attr-defined]  # counted by the selector
        head_count=head_count if with_people else "",
        register_is_open=register_is_open(session, today),
        is_today=timezone.localdate(session.starts_at) == today and not session.is_cancelled,
        cancelled_because=session.cancelled_reason,
    )


def register_is_open(session: Session, today: date) -> bool:
    """Whether a register can be taken: from the day of the session, unless it is cancelled."""
    return timezone.localdate(session.starts_at) <= today and not session.is_cancelled


def register_closed_because(session: Session, today: date) -> str:
    """Why nobody can be ticked; empty where they can."""
    if session.is_cancelled:
        return f"This session is cancelled: {session.cancelled_reason}"
    if not register_is_open(session, today):
        return "This session has not taken place yet. You can take the register on the day."
    return ""


def session_time(session: Session) -> str:
    """“27 March 2027, 6pm to 8pm”."""
    return (
        f"{in_day(session.starts_at)}, {in_clock(session.starts_at)} to {in_clock(session.ends_at)}"
    )


def _fields(session: Session, readers: frozenset[Audience]) -> list[tuple[str, str]]:
    """The recorded fields that are not part of the heading of a session."""
    return [
        (entry.label, catalogue.in_words(session, entry))
        for entry in catalogue.entries(Session, shown="session", seen_by=readers)
        if catalogue.cell(session, entry) != ""
    ]
