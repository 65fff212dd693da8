"""Sessions: added, changed, cancelled, and removed where nothing is recorded of them."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone

from core.acting import act, describe, lock, save, update
from core.actors import Actor
from core.periods import in_words
from engagement.activities.choices import Event, Status
from engagement.activities.models import Activity, Session
from engagement.activities.permissions import Permission
from engagement.activities.selectors import sessions as selectors

_before_removal: list[Callable[[Session], None]] = []


def before_removal(function: Callable[[Session], None]) -> Callable[[Session], None]:
    """Register what a wing above asks before a session is removed: it raises a `ValidationError`
    where something of its own hangs on the session.
    """
    _before_removal.append(function)
    return function


@act(Event.SESSION_ADDED, needs=Permission.ACTIVITY_CHANGE, on="activity")
def add(*, by: Actor, activity: Activity, **details: Any) -> Session:
    """Add a session. Takes `starts_at`, `ends_at`, `venue`, `link`, `capacity`, `access_features`,
    `interpreters`, `note`. Refuses a day outside the activity, and a cancelled activity.
    """
    if activity.status == Status.CANCELLED:
        raise ValidationError("This activity is cancelled, so you cannot add a session.")
    session = save(Session(activity=activity, **details))
    describe(activity.title, subject=session)
    return session


@act(Event.SESSION_CHANGED, needs=Permission.ACTIVITY_CHANGE, on="session")
def change(*, by: Actor, session: Session, **details: Any) -> Session:
    """Change what `add` takes. Refuses a cancelled session."""
    session = _going_ahead(session)
    describe(session.activity.title, fields=update(session, **details))
    return session


@act(Event.SESSION_CANCELLED, needs=Permission.ACTIVITY_CHANGE, on="session", changes_public=True)
def cancel(*, by: Actor, session: Session, reason: str) -> Session:
    """Record that a session does not take place, and why. The public page says so at once, so that
    nobody travels to it. What is recorded of the session stays. Refuses one that took place: it is
    over, and something is recorded of it.
    """
    session = _going_ahead(session)
    if selectors.took_place(session):
        raise ValidationError(
            "This session took place: it is over, and something is recorded about it. You can "
            "change its register instead."
        )
    if not reason.strip():
        raise ValidationError({"reason": "Say why the session is cancelled."})
    update(session, cancelled_reason=reason)
    describe(session.activity.title, fields=["cancelled_reason"])
    return session


@act(Event.SESSION_REMOVED, needs=Permission.ACTIVITY_CHANGE, on="session")
def remove(*, by: Actor, session: Session) -> Activity:
    """Remove a session added by mistake. Gives its activity.

    Refuses one that something hangs on: people on its register, a head count, what was said at it,
    or a public page that names it.
    """
    session = lock(session)
    if selectors.has_records(session):
        raise ValidationError(
            "Something is recorded about this session, so you cannot remove it. Cancel it instead."
        )
    for ask in _before_removal:
        ask(session)
    activity, day = session.activity, timezone.localdate(session.starts_at)
    describe(f"{activity.title}, {in_words(day)}", subject=activity)
    session.delete()
    return activity


def _going_ahead(session: Session) -> Session:
    session = lock(session)
    if session.is_cancelled:
        raise ValidationError("This session is cancelled. Add a new one instead.")
    return session
