"""Factories of activities, sessions, contacts, contributions and notices."""

from datetime import datetime, timedelta
from itertools import count
from typing import Any
from zoneinfo import ZoneInfo

from core import clock
from core.actors import Actor
from core.periods import RoughDate
from engagement.activities.actions import activities, contributions, registers, sessions
from engagement.activities.actions.contributions import NewContribution
from engagement.activities.choices import HowItCame
from engagement.activities.models import Activity, Contribution, Session
from engagement.messaging.actions import messages
from engagement.messaging.models import Message
from engagement.people.actions import contacts
from engagement.people.choices import ConsentPurpose
from engagement.people.models import Contact
from insight.loop.actions import loops
from standards.framework.choices import Level

#: Makes email addresses differ.
_NUMBERS = count(1)


def activity(by: Actor, **details: Any) -> Activity:
    """An open public activity across the whole area, which began thirty days ago."""
    began = clock.today() - timedelta(days=30)
    given: dict[str, Any] = {
        "lead_organisation": by.organisation,
        "title": "Better mornings on the ward",
        "purpose": "To make mornings calmer.",
        "scope_of_influence": "The hours of the tea round; not the number of beds.",
        "level": Level.INVOLVE,
        "level_reason": "People know what a calm morning is.",
        "is_area_wide": "places" not in details,
        "start": RoughDate.on(began),
        "end": None,
        "team_email": "ward@team.example",
    }
    return activities.log(by=by, **(given | details))


def session(activity: Activity, *, by: Actor, starts_at: datetime | None = None) -> Session:
    """Two hours in a hall, ten days ago unless another time is given."""
    starts_at = starts_at or clock.now() - timedelta(days=10)
    return sessions.add(
        by=by,
        activity=activity,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=2),
        venue="Town hall",
    )


def contact(by: Actor, *, agrees: bool = True, **details: Any) -> Contact:
    """A contact with an email address who, by default, agreed to be told the outcome."""
    given = {"name": "Amina Khan", "email": f"amina.{next(_NUMBERS)}@example.org"}
    return contacts.add(
        by=by,
        organisation=details.pop("organisation", by.organisation),
        agreed_to=[ConsentPurpose.TOLD_WHAT_CAME] if agrees else [],
        **(given | details),
    )


def said(
    activity: Activity,
    *,
    by: Actor,
    words: str = "Breakfast comes too late.",
    contact: Contact | None = None,
    days_ago: int = 8,
) -> Contribution:
    """A contribution by letter, eight days ago by default."""
    (contribution,) = contributions.record_many(
        by=by,
        activity=activity,
        contributions=[NewContribution(words, contact)],
        how_it_came=HowItCame.LETTER,
        received_on=clock.today() - timedelta(days=days_ago),
    )
    return contribution


def came(session: Session, person: Contact, *, by: Actor) -> None:
    """Record that the person came to the session."""
    registers.tick(by=by, session=session, contacts=[person])


def notice(activity: Activity, *, by: Actor) -> Message:
    """The notice of an activity whose loop is still open."""
    return messages.write(
        by=by,
        about=loops.open_for(by=by, activity=activity),
        subject="What came of it",
        body="Breakfast now comes at eight.",
    )


def london(year: int, month: int, day: int, hour: int = 12) -> datetime:
    """A time in London."""
    return datetime(year, month, day, hour, tzinfo=ZoneInfo("Europe/London"))
