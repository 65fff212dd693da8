"""Persons: contacts found to be of one human joined, those of two parted, and what was decided."""

from collections.abc import Callable, Iterable

from django.core.exceptions import ValidationError
from django.db import connection
from django.db.models import Q

from core import access, clock
from core.acting import Refused, act, describe, lock, save, update
from core.actors import Actor
from engagement.people.choices import Event
from engagement.people.models import AccessNeed, Consent, Contact, Person, PersonDistinction
from engagement.people.permissions import Permission

#: Tells our advisory locks from those of other subjects, and how many addresses share a lock: few,
#: so that a long import does not fill the database's table of locks.
_LOCKS, _LOCK_COUNT = 7302, 1024

_on_absorbed: list[Callable[[Contact, Contact], None]] = []
_on_moved: list[Callable[[Contact, int], None]] = []


def on_contact_absorbed(function: Callable[[Contact, Contact], None]) -> None:
    """Register what a wing above does when two contacts of one organisation become one: called
    with the contact that stays and the one that goes, it moves what it holds.
    """
    _on_absorbed.append(function)


def on_contact_moved(function: Callable[[Contact, int], None]) -> None:
    """Register what a wing above does when a contact is found to be of another person: called with
    the contact and the number of the person it was of before.
    """
    _on_moved.append(function)


@act(Event.PERSONS_JOINED, needs=Permission.CONTACT_CHANGE, on="contact")
def join(*, by: Actor, contact: Contact, other: Contact) -> Contact:
    """These two contacts are of one person. Gives the contact that stays.

    Where one organisation holds both, the other is taken into the first: what was agreed, needed
    and recorded under it moves, and details the first lacks are filled from it. Refuses a contact
    the actor may not change, and persons of whom a third organisation holds two contacts.
    """
    if not access.may(by, Permission.CONTACT_CHANGE, other):
        raise Refused(
            "You do not have permission to do this: both people have to be people you may change.",
            Event.PERSONS_JOINED,
            by,
            other,
        )
    describe("Two were found to be one person", subject=contact)
    return join_persons(contact=contact, other=other)


@act(Event.PERSONS_PARTED, needs=Permission.CONTACT_CHANGE, on="contact")
def part(*, by: Actor, contact: Contact) -> Contact:
    """This contact is of another person than the other contacts it is joined with; remembered, so
    that nobody is asked again. Where no other contact is of the same person nothing changes, and
    nothing says so: it would show whether an organisation one may not see holds the person.
    """
    contact = lock(contact)
    before = contact.person_id
    if Contact.objects.filter(person=before).exclude(pk=contact.pk).exists():
        person = save(Person(known_since=contact.added_at))
        _move(contact, person.pk)
        distinguish(by=by, person=person.pk, others=[before])
    describe("A contact was found to be of a person of its own")
    return contact


def join_persons(*, contact: Contact, other: Contact) -> Contact:
    """`join` without its question of permission, for acts that have asked it or need not."""
    contact, other = lock(contact), lock(other)
    kept, lost = contact.person_id, other.person_id
    if kept == lost:
        return contact
    list(Person.objects.select_for_update().filter(pk__in=[kept, lost]).order_by("pk"))
    held = set(Contact.objects.filter(person=kept).values_list("organisation", flat=True))
    moving = list(Contact.objects.select_for_update().filter(person=lost).order_by("pk"))
    if any(one.pk != other.pk and one.organisation_id in held for one in moving) or (
        other.organisation_id in held and other.organisation_id != contact.organisation_id
    ):
        raise ValidationError(
            "These two cannot be joined here: an organisation holds both of them. Someone who "
            "may see both there has to join them first."
        )
    if other.organisation_id == contact.organisation_id:
        moving = [one for one in moving if one.pk != other.pk]
        _absorb(contact, other)
    for one in moving:
        _move(one, kept)
    _redirect_distinctions(kept, lost)
    Person.objects.filter(pk=lost).delete()
    return contact


def can_join(contact: Contact, other: Contact) -> bool:
    """Whether joining leaves no organisation, but that of the two, with two contacts of one
    person.
    """
    held = set(
        Contact.objects.filter(person=contact.person_id).values_list("organisation", flat=True)
    )
    moving = Contact.objects.filter(person=other.person_id)
    if other.organisation_id == contact.organisation_id:
        moving = moving.exclude(pk=other.pk)
    return not moving.filter(organisation__in=held).exists()


def distinguish(*, by: Actor, person: int, others: Iterable[int]) -> None:
    """Remember that a person is none of the others."""
    PersonDistinction.objects.bulk_create(
        (
            PersonDistinction(
                person_a_id=min(person, other),
                person_b_id=max(person, other),
                decided_by=by.answerable,
                decided_at=clock.now(),
            )
            for other in sorted(set(others) - {person})
        ),
        ignore_conflicts=True,
    )


def hold_addresses(*keys: str) -> None:
    """Until the act ends, let nobody else record a contact with these addresses: two people who
    record the same human at the same moment must not make two persons unasked.
    """
    wanted = [key for key in keys if key]
    if wanted:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_advisory_xact_lock(%s, bucket) FROM (SELECT DISTINCT "
                "abs(hashtext(key) %% %s) AS bucket FROM unnest(%s) AS key ORDER BY 1) AS wanted",
                [_LOCKS, _LOCK_COUNT, wanted],
            )


def _move(contact: Contact, person: int) -> None:
    before = contact.person_id
    update(contact, person_id=person)
    for function in _on_moved:
        function(contact, before)


def _absorb(kept: Contact, lost: Contact) -> None:
    standing = kept.consents.standing().values("purpose")
    Consent.objects.filter(contact=lost).exclude(
        Q(withdrawn_at=None) & Q(purpose__in=standing)
    ).update(contact=kept)
    needs = set(AccessNeed.objects.filter(contact=kept).values_list("category", "need"))
    for need in AccessNeed.objects.filter(contact=lost):
        if (need.category, need.need) not in needs:
            update(need, contact=kept)
    for function in _on_absorbed:
        function(kept, lost)
    names = ("place", "language", "email", "telephone", "postal_address", "preferred_channel")
    missing = {
        name: getattr(lost, name)
        for name in names
        if not getattr(kept, name) and getattr(lost, name)
    }
    missing["interests"] = list(dict.fromkeys([*kept.interests, *lost.interests]))
    lost.delete()
    update(kept, **missing)


def _redirect_distinctions(kept: int, lost: int) -> None:
    """What was decided of the person who goes holds for the one who stays."""
    rows = PersonDistinction.objects.filter(Q(person_a=lost) | Q(person_b=lost)).select_related(
        "decided_by"
    )
    PersonDistinction.objects.bulk_create(
        (
            PersonDistinction(
                person_a_id=min(kept, other),
                person_b_id=max(kept, other),
                decided_by=row.decided_by,
                decided_at=row.decided_at,
            )
            for row in rows
            if (other := row.person_b_id if row.person_a_id == lost else row.person_a_id) != kept
        ),
        ignore_conflicts=True,
    )
