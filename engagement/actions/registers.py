"""Registers: who came to a session, named or counted."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from core import access, clock
from core.acting import act, locked, note, record
from core.choices import Event, Permission
from core.models import User
from engagement.actions import contacts
from engagement.models import Attendance, Contact, HeadCount, Session


@act(Event.ATTENDANCE_RECORDED, needs=Permission.CONTRIBUTION_RECORD, on="session")
def tick(*, by: User, session: Session, contacts: Iterable[Contact]) -> list[Attendance]:
    """These people came. Ticking somebody twice, or from two phones at once, leaves one tick.

    Refuses people the actor may not see, and a session that has not begun its day.
    """
    _check_has_come(session)
    wanted = {contact.pk for contact in contacts}
    visible = access.rows(by, Permission.CONTACT_READ, Contact).filter(pk__in=wanted)
    if visible.count() != len(wanted):
        raise ValidationError(
            "Somebody on this list is not known to your organisation. Add them by name."
        )
    Attendance.objects.bulk_create(
        (
            Attendance(session=session, contact_id=pk, recorded_by=by, recorded_at=clock.now())
            for pk in sorted(wanted)
        ),
        ignore_conflicts=True,
    )
    note(f"{len(wanted)} ticked for {session.activity.title}")
    return list(Attendance.objects.filter(session=session, contact__in=wanted))


@act(Event.ATTENDANCE_REMOVED, needs=Permission.CONTRIBUTION_RECORD, on="session")
def untick(*, by: User, session: Session, contact: Contact) -> None:
    """This person did not come after all."""
    Attendance.objects.filter(session=session, contact=contact).delete()
    note(f"One tick taken away for {session.activity.title}")


@act(Event.HEADS_COUNTED, needs=Permission.CONTRIBUTION_RECORD, on="session")
def count_heads(*, by: User, session: Session, count: int, is_estimated: bool) -> HeadCount:
    """How many more came who were not named. A new count replaces the last one."""
    _check_has_come(session)
    locked(session)
    heads = HeadCount.objects.filter(session=session).first() or HeadCount(session=session)
    heads.count, heads.is_estimated = count, is_estimated
    heads.counted_by, heads.counted_at = by, clock.now()
    note(f"{count} counted for {session.activity.title}")
    return record(heads)


def welcome(*, by: User, session: Session, **details: Any) -> Contact:
    """Somebody new at the door: added as `contacts.add` takes them, and ticked; both or
    neither.

    They are known to the actor's organisation, or to the one that leads the activity.
    """
    organisation = by.organisation or session.activity.lead_organisation
    with transaction.atomic():
        person = contacts.add(by=by, organisation=organisation, **details)
        tick(by=by, session=session, contacts=[person])
    return person


def _check_has_come(session: Session) -> None:
    if timezone.localdate(session.starts_at) > clock.today():
        raise ValidationError(
            "This session has not taken place yet, so nobody can have come to it."
        )
