"""Sessions: added and changed."""

from typing import Any

from core.acting import act, describe, lock, save, update
from core.actors import Actor
from engagement.activities.choices import Event
from engagement.activities.models import Activity, Session
from engagement.activities.permissions import Permission


@act(Event.SESSION_ADDED, needs=Permission.ACTIVITY_CHANGE, on="activity")
def add(*, by: Actor, activity: Activity, **details: Any) -> Session:
    """Add a session. Takes `starts_at`, `ends_at`, `venue`, `link`, `capacity`, `access_features`,
    `interpreters`, `note`.
    """
    session = save(Session(activity=activity, **details))
    describe(activity.title, subject=session)
    return session


@act(Event.SESSION_CHANGED, needs=Permission.ACTIVITY_CHANGE, on="session")
def change(*, by: Actor, session: Session, **details: Any) -> Session:
    """Change what `add` takes."""
    session = lock(session)
    describe(session.activity.title, fields=update(session, **details))
    return session
