"""Contacts: added, changed, read; what they agreed to, and what they need."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError

from core import clock
from core.acting import act, describe, lock, save, update
from core.actors import Actor
from core.choices import Role
from core.models import Organisation
from engagement.people.actions import persons
from engagement.people.choices import (
    CONSENT_WORDING,
    ConsentManner,
    ConsentPurpose,
    ContactMethod,
    Event,
    LikenessAnswer,
    NeedCategory,
)
from engagement.people.models import AccessNeed, Consent, Contact, Person
from engagement.people.models.normalised import email_key, telephone_key
from engagement.people.permissions import Permission
from engagement.people.selectors import likenesses
from engagement.people.selectors.likenesses import Likenesses

#: What a contact is reached by.
WAYS_OF_CONTACT = ("email", "telephone", "postal_address", "preferred_channel")
NO_WAY_TO_REACH = (
    "Enter an email address or a telephone number. Without one they cannot be told or asked."
)
STILL_AGREED = (
    "They agreed to be told or asked. Enter another way to contact them, or say below how they "
    "told you that they no longer agree."
)
#: What of a contact is compared with others.
_COMPARED = ("name", "email", "telephone")


class LikenessFound(Exception):
    """Others share the email address or telephone number: whoever records has to say whether it
    is the same person. Carries what may be asked about; `answer_for` gives the answers that
    `likeness=` takes.
    """

    def __init__(self, found: Likenesses):
        super().__init__("Someone with this email address or telephone number is known already.")
        self.found = found

    def answer_for(self, answer: Contact | LikenessAnswer) -> str:
        """An answer marked with this question, so that it counts for no other."""
        return f"{self.found.token}.{answer.pk if isinstance(answer, Contact) else answer.value}"


@act(Event.CONTACT_ADDED, needs=Permission.CONTACT_CHANGE)
def add(
    *,
    by: Actor,
    organisation: Organisation,
    agreed_to: Iterable[ConsentPurpose | str] = (),
    agreed_how: ConsentManner | str = ConsentManner.IN_PERSON,
    likeness: str = "",
    **details: Any,
) -> Contact:
    """A person one met: `name`, ways of contact, `place`, `language`, `capacity`, `interests`, and
    what they agreed to.

    The best way to contact them is taken from what is given where it is not said. Refuses to add
    anybody for an organisation that is not one's own, and an agreement of somebody who cannot be
    contacted.

    Somebody who shares an email address or a telephone number with others may be one of them:
    raises `LikenessFound` unless `likeness` answers. “different” is remembered; a contact the
    actor may see is given back as the person, with what they agreed to now, and with ways of
    contact that were not recorded; those that were stay. Contacts the actor may
    not see are never shown: one of the same name is the same person without a question, unless the
    answer is “different”, several of that name were decided to be different people, or the
    organisation holds that person already. To refuse would show that it does; those of the
    organisation who see both contacts can join them.
    """
    if by.organisation_id is not None and by.organisation_id != organisation.pk:
        raise ValidationError("You add people for your own organisation.")
    if by.role == Role.LEAD and by.place_id is not None:
        # Else a lead of a place could not see whom they have just met.
        details["place"] = details.get("place") or by.place
    details.setdefault("preferred_channel", _best_channel(details))
    found = _likenesses(by, details)
    same = _answered(found, likeness)
    if same is not None and same in found.seen:
        contact = lock(same)
        describe(
            "A person was recognised as one already held",
            subject=contact,
            fields=update(contact, **_missing(contact, details)),
        )
    else:
        person = _person_for(organisation, same)
        contact = save(
            Contact(person=person, organisation=organisation, added_at=clock.now(), **details)
        )
        _remember(by, contact, found, likeness)
        describe("A person was added")
    agreed_to = list(agreed_to)
    if agreed_to and not contact.can_be_reached:
        raise ValidationError({"email": NO_WAY_TO_REACH})
    for purpose in agreed_to:
        agree(by=by, contact=contact, purpose=purpose, how=agreed_how)
    return contact


@act(Event.CONTACT_CHANGED, needs=Permission.CONTACT_CHANGE, on="contact")
def change(
    *,
    by: Actor,
    contact: Contact,
    likeness: str = "",
    withdrawn_how: ConsentManner | str = "",
    **details: Any,
) -> Contact:
    """Change what is held on a person. With `withdrawn_how` they told us so that they no longer
    agree to anything.

    Refuses to take away the last way to contact somebody who still agrees to something. An email
    address or telephone number that others have leads to the same question as in `add`;
    “the same person” joins the two.
    """
    contact = lock(contact)
    if withdrawn_how:
        for purpose in contact.consents.standing().values_list("purpose", flat=True):
            withdraw(by=by, contact=contact, purpose=purpose, how=withdrawn_how)
    details = _with_best_channel(contact, details)
    before = contact.email_key, contact.telephone_key
    now = {name: details.get(name, getattr(contact, name)) for name in _COMPARED}
    if before == (email_key(now["email"]), telephone_key(now["telephone"])):
        _set_details(contact, details)
        return contact
    found = _likenesses(by, now, contact)
    same = _answered(found, likeness)
    _set_details(contact, details)
    if same is not None and same in found.seen:
        persons.join(by=by, contact=contact, other=same)
    elif same is not None and persons.can_join(contact, same):
        persons.join_persons(contact=contact, other=same)
    _remember(by, contact, found, likeness)
    return contact


@act(Event.CONTACT_READ, needs=Permission.CONTACT_READ, on="contact")
def read(*, by: Actor, contact: Contact) -> Contact:
    """Somebody opened a person’s page: the trail keeps that they did."""
    describe("A person’s page was opened")
    return contact


@act(Event.CONSENT_GIVEN, needs=Permission.CONTACT_CHANGE, on="contact")
def agree(
    *, by: Actor, contact: Contact, purpose: ConsentPurpose | str, how: ConsentManner | str
) -> Consent:
    """The person agreed. Agreeing twice leaves the first agreement standing.

    Refuses the agreement of somebody who cannot be contacted.
    """
    # Locked, so that nobody takes their last address away meanwhile.
    contact = lock(contact)
    if not contact.can_be_reached:
        raise ValidationError({"purpose": NO_WAY_TO_REACH})
    standing = contact.consents.standing().filter(purpose=purpose).first()
    describe(ConsentPurpose(purpose).label)
    return standing or save(
        Consent(
            contact=contact,
            captured_by=by.answerable,
            purpose=purpose,
            wording=CONSENT_WORDING[ConsentPurpose(purpose)],
            given_at=clock.now(),
            given_how=how,
        )
    )


@act(Event.CONSENT_WITHDRAWN, needs=Permission.CONSENT_WITHDRAW, on="contact")
def withdraw(
    *, by: Actor, contact: Contact, purpose: ConsentPurpose | str, how: ConsentManner | str
) -> Consent:
    """The person withdrew their agreement. From now on nothing is sent under it."""
    consent = contact.consents.standing().select_for_update().filter(purpose=purpose).first()
    if consent is None:
        raise ValidationError("There is no active agreement to withdraw.")
    update(consent, withdrawn_at=clock.now(), withdrawn_how=str(how))
    describe(ConsentPurpose(purpose).label)
    return consent


@act(Event.ACCESS_NEED_RECORDED, needs=Permission.CONTACT_CHANGE, on="contact")
def need(*, by: Actor, contact: Contact, category: NeedCategory | str, need: str) -> AccessNeed:
    """What the person needs so as to take part or be written to; said twice it is kept once."""
    describe("A need was recorded")
    known = AccessNeed.objects.filter(contact=contact, category=category, need=need).first()
    return known or save(
        AccessNeed(contact=contact, category=category, need=need, recorded_at=clock.now())
    )


@act(Event.ACCESS_NEED_CHANGED, needs=Permission.CONTACT_CHANGE, on="contact")
def change_need(
    *, by: Actor, contact: Contact, recorded: AccessNeed, category: NeedCategory | str, need: str
) -> AccessNeed:
    """Change what was recorded as a need, or its kind."""
    recorded = lock(_of_contact(contact, recorded))
    describe("A need was changed", fields=update(recorded, category=str(category), need=need))
    return recorded


@act(Event.ACCESS_NEED_REMOVED, needs=Permission.CONTACT_CHANGE, on="contact")
def remove_need(*, by: Actor, contact: Contact, recorded: AccessNeed) -> Contact:
    """Take away a need that the person no longer has, or never had."""
    lock(_of_contact(contact, recorded)).delete()
    describe("A need was taken away")
    return contact


def _set_details(contact: Contact, details: dict[str, Any]) -> None:
    describe("A person’s details were changed", fields=update(contact, **details))
    if not contact.can_be_reached and contact.consents.standing().exists():
        raise ValidationError({"email": STILL_AGREED})


def _with_best_channel(contact: Contact, details: dict[str, Any]) -> dict[str, Any]:
    """The details to change, with the best way to contact them from now on: where none is said, it
    is taken from what is recorded; where the last address is taken away, there is none.
    """
    ways = {name: details.get(name, getattr(contact, name)) for name in WAYS_OF_CONTACT}
    best = ways["preferred_channel"]
    if not Contact(**ways).can_be_reached and best == contact.preferred_channel:
        best = ""
    return details | {"preferred_channel": best or _best_channel(ways)}


def _of_contact(contact: Contact, recorded: AccessNeed) -> AccessNeed:
    if recorded.contact_id != contact.pk:
        raise ValidationError("This need is not one of theirs.")
    return recorded


def _likenesses(by: Actor, details: dict[str, Any], contact: Contact | None = None) -> Likenesses:
    email = email_key(details.get("email") or "")
    telephone = telephone_key(details.get("telephone") or "")
    if not email and not telephone:
        return Likenesses()
    persons.hold_addresses(email, telephone)
    return likenesses.of(
        by,
        name=details.get("name", ""),
        email_key=email,
        telephone_key=telephone,
        contact=contact,
    )


def _answered(found: Likenesses, likeness: str) -> Contact | None:
    """The contact whose person it is, or None for a person not known yet."""
    answer = _plain_answer(found, likeness)
    for contact in found.seen:
        if answer == str(contact.pk):
            return contact
    if answer == LikenessAnswer.ELSEWHERE and found.elsewhere is not None:
        return found.elsewhere
    if answer == LikenessAnswer.DIFFERENT:
        return None
    if found.must_ask:
        raise LikenessFound(found)
    return found.namesake


def _person_for(organisation: Organisation, same: Contact | None) -> Person:
    """The person of a new contact: that of `same`, or a new one where there is none or the
    organisation has a contact of that person.
    """
    if (
        same is None
        or Contact.objects.filter(person=same.person_id, organisation=organisation).exists()
    ):
        return save(Person(known_since=clock.now()))
    return same.person


def _plain_answer(found: Likenesses, likeness: str) -> str:
    """The answer without the mark of its question; none at all if it was to another question."""
    token, separator, answer = likeness.rpartition(".")
    return "" if separator and token != found.token else answer


def _remember(by: Actor, contact: Contact, found: Likenesses, likeness: str) -> None:
    """Keep that the contact is of nobody among those who were asked about, and of no namesake, or
    the next change of an address would join them.
    """
    asked = [*found.seen, *found.namesakes, *([found.elsewhere] if found.elsewhere else [])]
    if asked and _plain_answer(found, likeness) == LikenessAnswer.DIFFERENT:
        persons.distinguish(
            by=by, person=contact.person_id, others=[one.person_id for one in asked]
        )


def _missing(contact: Contact, details: dict[str, Any]) -> dict[str, Any]:
    """The details that say what is not recorded of a contact yet."""
    return {
        name: details[name]
        for name in WAYS_OF_CONTACT
        if details.get(name) and not getattr(contact, name)
    }


def _best_channel(details: dict[str, Any]) -> ContactMethod | str:
    for given, channel in (
        ("email", ContactMethod.EMAIL),
        ("telephone", ContactMethod.TEXT),
        ("postal_address", ContactMethod.LETTER),
    ):
        if details.get(given):
            return channel
    return ""
