"""Contacts: added, changed, read; what they agreed to, and what they need."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError

from core import clock
from core.acting import act, alter, locked, note, record
from core.choices import Event, Permission, Role
from core.models import Organisation, User
from engagement.choices import Channel, ConsentManner, ConsentPurpose, NeedCategory
from engagement.models import AccessNeed, Consent, Contact, Person

WORDING = {
    ConsentPurpose.TOLD_WHAT_CAME: "You may tell me what was heard, what was decided and what "
    "changed.",
    ConsentPurpose.ASKED_AGAIN: "You may ask me to take part again.",
}


@act(Event.CONTACT_ADDED, needs=Permission.CONTACT_CHANGE)
def add(
    *,
    by: User,
    organisation: Organisation,
    agreed_to: Iterable[ConsentPurpose | str] = (),
    agreed_how: ConsentManner | str = ConsentManner.IN_PERSON,
    **details: Any,
) -> Contact:
    """A person one met: `name`, ways of contact, `place`, `language`, `capacity`, `interests`, and
    what they agreed to.

    The best way to reach them is taken from what is given where it is not said. Refuses to add
    anybody for an organisation that is not one's own.

    """
    if by.organisation_id is not None and by.organisation_id != organisation.pk:
        raise ValidationError("You add people for your own organisation.")
    if by.role == Role.LEAD and by.place_id is not None:
        # Else a lead of a place could not see whom they have just met.
        details["place"] = details.get("place") or by.place
    details.setdefault("preferred_channel", _best_channel(details))
    person = record(Person(known_since=clock.now()))
    contact = record(
        Contact(person=person, organisation=organisation, added_at=clock.now(), **details)
    )
    for purpose in agreed_to:
        agree(by=by, contact=contact, purpose=purpose, how=agreed_how)
    note("A person was added")
    return contact


@act(Event.CONTACT_CHANGED, needs=Permission.CONTACT_CHANGE, on="contact")
def change(*, by: User, contact: Contact, **details: Any) -> Contact:
    """Change what is held on a person, but not what they agreed to."""
    contact = locked(contact)
    note("A person’s details were changed", fields=alter(contact, **details))
    return contact


@act(Event.CONTACT_READ, needs=Permission.CONTACT_READ, on="contact")
def read(*, by: User, contact: Contact) -> Contact:
    """Somebody opened a person’s page: the trail keeps that they did."""
    note("A person’s page was opened")
    return contact


@act(Event.CONSENT_GIVEN, needs=Permission.CONTACT_CHANGE, on="contact")
def agree(
    *, by: User, contact: Contact, purpose: ConsentPurpose | str, how: ConsentManner | str
) -> Consent:
    """The person agreed. Agreeing twice leaves the first agreement standing."""
    standing = Consent.objects.filter(contact=contact, purpose=purpose, withdrawn_at=None).first()
    note(ConsentPurpose(purpose).label)
    return standing or record(
        Consent(
            contact=contact,
            captured_by=by,
            purpose=purpose,
            wording=WORDING[ConsentPurpose(purpose)],
            given_at=clock.now(),
            given_how=how,
        )
    )


@act(Event.CONSENT_WITHDRAWN, needs=Permission.CONTACT_CHANGE, on="contact")
def withdraw(
    *, by: User, contact: Contact, purpose: ConsentPurpose | str, how: ConsentManner | str
) -> Consent:
    """The person took their agreement back. From now on nothing is sent under it."""
    consent = (
        Consent.objects.select_for_update()
        .filter(contact=contact, purpose=purpose, withdrawn_at=None)
        .first()
    )
    if consent is None:
        raise ValidationError("There is no standing agreement to take back.")
    alter(consent, withdrawn_at=clock.now(), withdrawn_how=str(how))
    note(ConsentPurpose(purpose).label)
    return consent


@act(Event.ACCESS_NEED_RECORDED, needs=Permission.CONTACT_CHANGE, on="contact")
def need(*, by: User, contact: Contact, category: NeedCategory | str, need: str) -> AccessNeed:
    """What the person needs so as to take part or be written to; said twice it is kept once."""
    note("A need was recorded")
    known = AccessNeed.objects.filter(contact=contact, category=category, need=need).first()
    return known or record(
        AccessNeed(contact=contact, category=category, need=need, recorded_at=clock.now())
    )


def _best_channel(details: dict[str, Any]) -> Channel | str:
    for given, channel in (
        ("email", Channel.EMAIL),
        ("telephone", Channel.TEXT),
        ("postal_address", Channel.LETTER),
    ):
        if details.get(given):
            return channel
    return ""
