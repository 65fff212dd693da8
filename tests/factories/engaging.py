"""Activities, sessions, people and what they said."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from core import clock
from core.models import User
from core.periods import RoughDate
from engagement.actions import activities, contacts, contributions, notices, registers, sessions
from engagement.actions.contributions import Said
from engagement.choices import ConsentPurpose, HowItCame
from engagement.models import Activity, Contact, Contribution, Notice, Session
from standards.choices import Level


def activity(by: User, **details: Any) -> Activity:
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
    }
    return activities.log(by=by, **(given | details))


def session(activity: Activity, *, by: User, starts_at: datetime | None = None) -> Session:
    """Two hours in a hall, ten days ago unless another time is given."""
    starts_at = starts_at or clock.now() - timedelta(days=10)
    return sessions.add(
        by=by,
        activity=activity,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=2),
        venue="Town hall",
    )


def contact(by: User, *, agrees: bool = True, **details: Any) -> Contact:
    """Somebody reached by e-mail who, unless told otherwise, agreed to be told what came of it."""
    given = {"name": "Amina Khan", "email": "amina@example.org"}
    return contacts.add(
        by=by,
        organisation=details.pop("organisation", by.organisation),
        agreed_to=[ConsentPurpose.TOLD_WHAT_CAME] if agrees else [],
        **(given | details),
    )


def said(
    activity: Activity,
    *,
    by: User,
    words: str = "Breakfast comes too late.",
    contact: Contact | None = None,
    days_ago: int = 8,
) -> Contribution:
    """One thing said in a letter, eight days ago unless told otherwise."""
    (contribution,) = contributions.record_many(
        by=by,
        activity=activity,
        said=[Said(words, contact)],
        how_it_came=HowItCame.LETTER,
        received_on=clock.today() - timedelta(days=days_ago),
    )
    return contribution


def came(session: Session, person: Contact, *, by: User) -> None:
    """The person is on the register."""
    registers.tick(by=by, session=session, contacts=[person])


def notice(activity: Activity, *, by: User) -> Notice:
    return notices.write(
        by=by, activity=activity, subject="What came of it", body="Breakfast now comes at eight."
    )


def london(year: int, month: int, day: int, hour: int = 12) -> datetime:
    """A moment by London's clock."""
    return datetime(year, month, day, hour, tzinfo=ZoneInfo("Europe/London"))
