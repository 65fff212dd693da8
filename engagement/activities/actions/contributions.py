"""Contributions: recorded many at a time with personal details redacted, and checked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.utils import timezone

from core import access, clock
from core.acting import act, describe, lock, update
from core.actors import Actor
from core.periods import in_words
from core.redaction import Redactor
from engagement.activities.choices import Event, HowItCame
from engagement.activities.models import Activity, Contribution, Session
from engagement.activities.permissions import Permission
from engagement.activities.selectors.participants import who_took_part
from engagement.people.actions import persons
from engagement.people.models import Contact
from engagement.people.permissions import Permission as PeoplePermission


@dataclass(frozen=True)
class NewContribution:
    """One contribution to record: said by a contact, by a group, or by nobody named."""

    words: str
    contact: Contact | None = None
    is_group: bool = False


@act(Event.CONTRIBUTIONS_RECORDED, needs=Permission.CONTRIBUTION_RECORD, on="activity")
def record_many(
    *,
    by: Actor,
    activity: Activity,
    contributions: Sequence[NewContribution],
    how_it_came: HowItCame | str,
    received_on: date | None,
    session: Session | None = None,
) -> list[Contribution]:
    """Record what was said. Personal details are redacted; the recorder alone reads the original.

    Refuses an empty list, a day to come, a session of another activity, to come or on a later day,
    and contacts that the actor may not see.
    """
    if not contributions:
        raise ValidationError({"words": "Enter at least 1 comment"})
    if received_on is not None and received_on > clock.today():
        raise ValidationError({"received_on": "The date must be today or in the past"})
    if session is not None and session.activity_id != activity.pk:
        raise ValidationError({"session": "This session belongs to another activity."})
    if session is not None:
        _check_day(session, received_on)
    speakers = {one.contact.pk for one in contributions if one.contact is not None}
    if access.rows(by, PeoplePermission.CONTACT_READ, Contact).filter(
        pk__in=speakers
    ).count() != len(speakers):
        raise ValidationError(
            {"words": "One of these people is not on your organisation’s list of people."}
        )
    names = list(who_took_part(activity).values_list("name", flat=True))
    names += [one.contact.name for one in contributions if one.contact is not None]
    redactor = Redactor(names)
    recorded = [
        Contribution(
            activity=activity,
            session=session,
            contact=one.contact,
            recorded_by=by.answerable,
            words=one.words,
            redacted=redactor.redact(one.words),
            is_group=one.is_group,
            how_it_came=how_it_came,
            received_on=received_on,
            recorded_at=clock.now(),
        )
        for one in contributions
    ]
    for contribution in recorded:
        contribution.clean_fields(exclude=["activity", "session", "contact", "recorded_by"])
    Contribution.objects.bulk_create(recorded)
    describe(f"{len(recorded)} recorded for {activity.title}")
    return recorded


def _check_day(session: Session, received_on: date | None) -> None:
    """Refuse what would be said at a session before its day."""
    day = timezone.localdate(session.starts_at)
    if day > clock.today():
        raise ValidationError({"session": "This session has not taken place yet"})
    if received_on is not None and received_on < day:
        raise ValidationError(
            {
                "received_on": f"The session was on {in_words(day)}. Enter that day or a later "
                "one, or choose another session"
            }
        )


@act(Event.REDACTION_CHANGED, needs=Permission.CONTRIBUTION_RECORD, on="contribution")
def check_redaction(
    *, by: Actor, contribution: Contribution, redacted: str, is_sure: bool = True
) -> Contribution:
    """Record the words that others may read, as checked by a member of staff, or as still to be
    checked where they are not sure.
    """
    contribution = lock(contribution)
    update(contribution, redacted=redacted, is_redaction_checked=is_sure)
    describe(
        "Words checked for personal details" if is_sure else "Words saved, still to be checked"
    )
    return contribution


@persons.on_contact_absorbed
def _move_contributions(kept: Contact, lost: Contact) -> None:
    Contribution.objects.filter(contact=lost).update(contact=kept)
