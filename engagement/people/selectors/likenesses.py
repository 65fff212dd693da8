"""Contacts that share an email address or a telephone number with somebody who is being recorded,
and what may be said of them to the member of staff who records.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Exists, F, OuterRef, Q
from django.utils.crypto import salted_hmac

from core import access
from core.actors import Actor
from engagement.people.models import Contact, PersonDistinction
from engagement.people.models.normalised import same_words
from engagement.people.permissions import Permission
from engagement.people.selectors.contacts import found_by


@dataclass(frozen=True)
class Likenesses:
    """Who shares an address with somebody. Nothing of `unseen` and `namesakes` may be shown: they
    are contacts the asker may not see, those of the same name apart. `namesakes_differ` if some
    of these were decided to be different people.
    """

    seen: tuple[Contact, ...] = ()
    namesakes: tuple[Contact, ...] = ()
    unseen: tuple[Contact, ...] = ()
    namesakes_differ: bool = False

    @property
    def namesake(self) -> Contact | None:
        """The contact whose person it is without a question. Of namesakes decided to be different
        people nobody could say which is meant, so none is picked.
        """
        return self.namesakes[0] if self.namesakes and not self.namesakes_differ else None

    @property
    def elsewhere(self) -> Contact | None:
        """The one unseen person who can be asked about. Of several nobody could say which is
        meant without seeing them, so none is asked about.
        """
        if self.namesakes or len({contact.person_id for contact in self.unseen}) != 1:
            return None
        return self.unseen[0]

    @property
    def must_ask(self) -> bool:
        """Whether the person who records has to decide."""
        return bool(self.seen) or self.elsewhere is not None

    @property
    def token(self) -> str:
        """Marks the question, so that an answer counts only for the people it was given about."""
        asked = sorted({contact.pk for contact in (*self.seen, *self.unseen, *self.namesakes)})
        return salted_hmac("engagement.likenesses", repr(asked)).hexdigest()[:16]


def of(
    actor: Actor, *, name: str, email_key: str, telephone_key: str, contact: Contact | None = None
) -> Likenesses:
    """Who else has this address or number. With a contact, those already known to be the same
    person, or decided to be another, are left out.
    """
    condition = Q()
    if email_key:
        condition |= Q(email_key=email_key) & ~Q(email_key="")
    if telephone_key:
        condition |= Q(telephone_key=telephone_key) & ~Q(telephone_key="")
    if not condition:
        return Likenesses()
    rows = Contact.objects.filter(condition).select_related("organisation", "place")
    if contact is not None:
        rows = rows.exclude(person=contact.person_id).exclude(
            Exists(
                PersonDistinction.objects.filter(
                    Q(person_a=OuterRef("person"), person_b=contact.person_id)
                    | Q(person_b=OuterRef("person"), person_a=contact.person_id)
                )
            )
        )
    found = list(rows.order_by("pk"))
    if not found:
        return Likenesses()
    return _told_apart(actor, name, found)


def also_held_as(actor: Actor, contact: Contact) -> list[Contact]:
    """Other contacts of the same person that the user may see."""
    return list(
        access.rows(actor, Permission.CONTACT_READ, Contact)
        .filter(person=contact.person_id)
        .exclude(pk=contact.pk)
        .select_related("organisation", "place")
    )


def may_be_joined_with(actor: Actor, contact: Contact) -> list[Contact]:
    """Other persons the user may see who share an address or a number with this contact, or have
    the same name: those decided to be somebody else among them, for a decision may be changed.
    """
    seen = access.rows(actor, Permission.CONTACT_CHANGE, Contact)
    alike = Q(pk__in=[])
    if email := contact.email_key:
        alike |= Q(email_key=email)
    if telephone := contact.telephone_key:
        alike |= Q(telephone_key=telephone)
    alike |= Q(pk__in=found_by(seen, contact.name).values("pk"))
    others = (
        seen.filter(alike).exclude(person=contact.person_id).select_related("organisation", "place")
    )
    return list(others.order_by(F("name"), "pk")[:20])


def _told_apart(actor: Actor, name: str, found: Iterable[Contact]) -> Likenesses:
    visible = set(
        access.rows(actor, Permission.CONTACT_READ, Contact)
        .filter(pk__in=[contact.pk for contact in found])
        .values_list("pk", flat=True)
    )
    seen = tuple(contact for contact in found if contact.pk in visible)
    persons_seen = {contact.person_id for contact in seen}
    others = [contact for contact in found if contact.person_id not in persons_seen]
    namesakes = tuple(one for one in others if same_words(one.name, name))
    return Likenesses(
        seen=seen,
        namesakes=namesakes,
        unseen=tuple(one for one in others if not same_words(one.name, name)),
        namesakes_differ=_were_told_apart({one.person_id for one in namesakes}),
    )


def _were_told_apart(persons: set[int]) -> bool:
    """Whether any two of these were decided to be different people."""
    return (
        len(persons) > 1
        and PersonDistinction.objects.filter(person_a__in=persons, person_b__in=persons).exists()
    )
