"""Sessions: added and changed."""

from typing import Any

from core.acting import act, alter, locked, note, record
from core.choices import Event, Permission
from core.models import User
from engagement.models import Activity, Session


@act(Event.SESSION_ADDED, needs=Permission.ACTIVITY_CHANGE, on="activity")
def add(*, by: User, activity: Activity, **details: Any) -> Session:
    """A dated event: `starts_at`, `ends_at`, `venue`, `link`, `capacity`, `access_features`,
    `interpreters`, `note`.
    """
    session = record(Session(activity=activity, **details))
    note(activity.title, subject=session)
    return session


@act(Event.SESSION_CHANGED, needs=Permission.ACTIVITY_CHANGE, on="session")
def change(*, by: User, session: Session, **details: Any) -> Session:
    """Change what `add` takes."""
    session = locked(session)
    note(session.activity.title, fields=alter(session, **details))
    return session
