"""Contributions: what people said, recorded many at a time, with personal details taken out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError

from core import access, clock
from core.acting import act, describe, lock, update
from core.actors import Actor
from core.redaction import redact
from engagement.activities.choices import Event, HowItCame
from engagement.activities.models import Activity, Contribution, Session
from engagement.activities.permissions import Permission
from engagement.activities.selectors.participants import who_took_part
from engagement.people.actions import persons
from engagement.people.models import Contact
from engagement.people.permissions import Permission as PeoplePermission


@dataclass(frozen=True)
class Said:
    """One thing that somebody said: a person, a group, or nobody known."""

    words: str
    contact: Contact | None = None
    is_group: bool = False


@act(Event.CONTRIBUTIONS_RECORDED, needs=Permission.CONTRIBUTION_RECORD, on="activity")
def record_many(
    *,
    by: Actor,
    activity: Activity,
    said: Sequence[Said],
    how_it_came: HowItCame | str,
    received_on: date | None,
    session: Session | None = None,
) -> list[Contribution]:
    """Write down what was said.

    Every one is redacted as it is written; its own words stay with its recorder.

    Refuses an empty list, a day still to come, a session of another activity and people one may not
    see.
    """
    if not said:
        raise ValidationError({"words": "Write down at least one thing that was said."})
    if received_on is not None and received_on > clock.today():
        raise ValidationError({"received_on": "This day is still to come."})
    if session is not None and session.activity_id != activity.pk:
        raise ValidationError({"session": "This session belongs to another activity."})
    speakers = {one.contact.pk for one in said if one.contact is not None}
    if access.rows(by, PeoplePermission.CONTACT_READ, Contact).filter(
        pk__in=speakers
    ).count() != len(speakers):
        raise ValidationError({"words": "Somebody named here is not known to your organisation."})
    names = list(who_took_part(activity).values_list("name", flat=True))
    names += [one.contact.name for one in said if one.contact is not None]
    contributions = [
        Contribution(
            activity=activity,
            session=session,
            contact=one.contact,
            recorded_by=by.answerable,
            words=one.words,
            redacted=redact(one.words, names),
            is_group=one.is_group,
            how_it_came=how_it_came,
            received_on=received_on,
            recorded_at=clock.now(),
        )
        for one in said
    ]
    for contribution in contributions:
        contribution.clean_fields(exclude=["activity", "session", "contact", "recorded_by"])
    Contribution.objects.bulk_create(contributions)
    describe(f"{len(contributions)} recorded for {activity.title}")
    return contributions


@act(Event.REDACTION_CHANGED, needs=Permission.CONTRIBUTION_RECORD, on="contribution")
def check_redaction(*, by: Actor, contribution: Contribution, redacted: str) -> Contribution:
    """A person has read the words and says how they may be read by others."""
    contribution = lock(contribution)
    update(contribution, redacted=redacted, is_redaction_checked=True)
    describe("Words checked for personal details")
    return contribution


@persons.on_contact_absorbed
def _move_contributions(kept: Contact, lost: Contact) -> None:
    Contribution.objects.filter(contact=lost).update(contact=kept)
