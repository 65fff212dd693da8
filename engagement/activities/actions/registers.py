"""Registers: who came to a session, named or counted."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from core import access, clock
from core.acting import act, describe, lock, save
from core.actors import Actor
from engagement.activities.choices import Event
from engagement.activities.models import Attendance, HeadCount, Session
from engagement.activities.permissions import Permission
from engagement.people.actions import contacts, persons
from engagement.people.models import Contact
from engagement.people.permissions import Permission as PeoplePermission


@act(Event.ATTENDANCE_RECORDED, needs=Permission.CONTRIBUTION_RECORD, on="session")
def tick(*, by: Actor, session: Session, contacts: Iterable[Contact]) -> list[Attendance]:
    """These people came. Ticking somebody twice, or from two phones at once, leaves one tick.

    Refuses people the actor may not see, and a session that has not begun its day.
    """
    _check_has_come(session)
    wanted = {contact.pk for contact in contacts}
    visible = access.rows(by, PeoplePermission.CONTACT_READ, Contact).filter(pk__in=wanted)
    if visible.count() != len(wanted):
        raise ValidationError(
            "Somebody on this list is not known to your organisation. Add them by name."
        )
    Attendance.objects.bulk_create(
        (
            Attendance(
                session=session, contact_id=pk, recorded_by=by.answerable, recorded_at=clock.now()
            )
            for pk in sorted(wanted)
        ),
        ignore_conflicts=True,
    )
    describe(f"{len(wanted)} ticked for {session.activity.title}")
    return list(Attendance.objects.filter(session=session, contact__in=wanted))


@act(Event.ATTENDANCE_REMOVED, needs=Permission.CONTRIBUTION_RECORD, on="session")
def untick(*, by: Actor, session: Session, contact: Contact) -> None:
    """This person did not come after all."""
    Attendance.objects.filter(session=session, contact=contact).delete()
    describe(f"One tick taken away for {session.activity.title}")


@act(Event.HEADS_COUNTED, needs=Permission.CONTRIBUTION_RECORD, on="session")
def count_heads(*, by: Actor, session: Session, count: int, is_estimated: bool) -> HeadCount:
    """How many more came who were not named. A new count replaces the last one."""
    _check_has_come(session)
    lock(session)
    heads = HeadCount.objects.filter(session=session).first() or HeadCount(session=session)
    heads.count, heads.is_estimated = count, is_estimated
    heads.counted_by, heads.counted_at = by.answerable, clock.now()
    describe(f"{count} counted for {session.activity.title}")
    return save(heads)


def add_at_session(*, by: Actor, session: Session, **details: Any) -> Contact:
    """Somebody new at a session: added as `contacts.add` takes them, and ticked; both or neither.
    Where they are found to be a person already held, that person is ticked.

    They are held by the actor's organisation, or by the one that leads the activity.
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


@persons.on_contact_absorbed
def _move_attendances(kept: Contact, lost: Contact) -> None:
    """Whoever was ticked twice under two contacts came once."""
    held = Attendance.objects.filter(contact=kept).values("session")
    Attendance.objects.filter(contact=lost, session__in=held).delete()
    Attendance.objects.filter(contact=lost).update(contact=kept)
