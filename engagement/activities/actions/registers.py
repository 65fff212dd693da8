"""Registers of sessions: people ticked by name, and head counts."""

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

#: Says nothing of whether another organisation knows somebody.
NOT_KNOWN = "Someone on this list is not on your organisation’s list of people. Add them by name."


@act(Event.ATTENDANCE_RECORDED, needs=Permission.CONTRIBUTION_RECORD, on="session")
def tick(*, by: Actor, session: Session, contacts: Iterable[Contact]) -> list[Attendance]:
    """Record that these people came. Ticking somebody again leaves one attendance.

    Refuses contacts that the actor may not see, and a session before its day or cancelled.
    """
    _check_is_open(session)
    ticked = {contact.pk for contact in contacts}
    visible = access.rows(by, PeoplePermission.CONTACT_READ, Contact).filter(pk__in=ticked)
    # Locked, so that nobody joins them to another person meanwhile.
    held = Contact.objects.select_for_update(no_key=True).filter(pk__in=visible.values("pk"))
    persons = dict(held.order_by("pk").values_list("pk", "person"))
    if len(persons) != len(ticked):
        raise ValidationError(NOT_KNOWN)
    Attendance.objects.bulk_create(
        (
            Attendance(
                session=session,
                contact_id=contact,
                person_id=person,
                recorded_by=by.answerable,
                recorded_at=clock.now(),
            )
            for contact, person in persons.items()
        ),
        ignore_conflicts=True,
    )
    describe(f"{len(ticked)} ticked for {session.activity.title}")
    return list(Attendance.objects.filter(session=session, contact__in=ticked))


@act(Event.ATTENDANCE_REMOVED, needs=Permission.CONTRIBUTION_RECORD, on="session")
def untick(*, by: Actor, session: Session, contact: Contact) -> None:
    """Remove an attendance. Refuses a contact that the actor may not see or who is not ticked."""
    if not access.may(by, PeoplePermission.CONTACT_READ, contact):
        raise ValidationError(NOT_KNOWN)
    if not Attendance.objects.filter(session=session, contact=contact).delete()[0]:
        raise ValidationError("This person is not on the register.")
    describe(f"One tick taken away for {session.activity.title}")


@act(Event.HEADS_COUNTED, needs=Permission.CONTRIBUTION_RECORD, on="session")
def count_heads(*, by: Actor, session: Session, count: int, is_estimated: bool) -> HeadCount:
    """Record how many more came who were not named. A new count replaces the last.

    Refuses a session before its day or cancelled.
    """
    _check_is_open(session)
    lock(session)
    heads = HeadCount.objects.filter(session=session).first() or HeadCount(session=session)
    heads.count, heads.is_estimated = count, is_estimated
    heads.counted_by, heads.counted_at = by.answerable, clock.now()
    describe(f"{count} counted for {session.activity.title}")
    return save(heads)


def save_ticks(
    *, by: Actor, session: Session, came: Iterable[Contact], taken_off: Iterable[Contact]
) -> None:
    """Tick those who came and remove those taken off: all of it or nothing.

    Somebody whom a colleague has taken off meanwhile is left as they are.
    """
    came, gone = list(came), {contact.pk for contact in taken_off}
    with transaction.atomic():
        if came:
            tick(by=by, session=session, contacts=came)
        ticked = Attendance.objects.filter(session=session, contact__in=gone)
        for attendance in ticked.select_related("contact").order_by("pk"):
            untick(by=by, session=session, contact=attendance.contact)


def add_at_session(*, by: Actor, session: Session, **details: Any) -> Contact:
    """Add somebody new at a session and tick them: both or neither.

    `details` are those of `contacts.add`, which may find a contact that is already held. The
    contact belongs to the actor's organisation or, where they have none, to the lead's.
    """
    organisation = by.organisation or session.activity.lead_organisation
    with transaction.atomic():
        contact = contacts.add(by=by, organisation=organisation, **details)
        tick(by=by, session=session, contacts=[contact])
    return contact


def _check_is_open(session: Session) -> None:
    if session.is_cancelled:
        raise ValidationError("This session is cancelled, so no one can have come to it.")
    if timezone.localdate(session.starts_at) > clock.today():
        raise ValidationError(
            "This session has not taken place yet, so no one can be on its register."
        )


@persons.on_contact_absorbed
def _move_attendances(kept: Contact, lost: Contact) -> None:
    """Give the attendances of a merged contact to the one kept, one for each session."""
    held = Attendance.objects.filter(contact=kept).values("session")
    Attendance.objects.filter(contact=lost, session__in=held).delete()
    Attendance.objects.filter(contact=lost).update(contact=kept, person=kept.person_id)


@persons.on_contact_moved
def _follow_person(contact: Contact, before: int) -> None:
    """A contact's attendances are of the person it is of."""
    Attendance.objects.filter(contact=contact).update(person=contact.person_id)
