"""Display words of people's pages: contacts in lists, on registers and on their own page; what is
held of a person, for their download.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Model

from core import access, catalogue
from core.actors import Actor
from core.choices import Role
from core.models import User
from core.registry.slots import Section
from engagement.people.models import AccessNeed, Consent, Contact, Person
from engagement.people.permissions import Permission


@dataclass(frozen=True)
class PersonLine:
    """Somebody in a list or on a register: a name and, on a register, what they need as flags."""

    pk: int
    name: str
    flags: tuple[str, ...] = ()
    place: str = ""
    reach: str = ""
    told_apart_by: str = ""
    is_here: bool = False


@dataclass(frozen=True)
class AgreementLine:
    """One agreement: `purpose` is its key, `facts` when, how and by whom it was recorded."""

    purpose: str
    title: str
    wording: str
    is_standing: bool
    facts: list[tuple[str, str]]


@dataclass(frozen=True)
class NeedLine:
    """One need, with labels and words of what else is recorded of it."""

    pk: int
    need: str
    facts: list[tuple[str, str]]


def whose_people(user: User) -> str:
    """Which people a member of staff has on their list, as the policy of contacts gives them."""
    parts = ["People your organisation has added"] if user.organisation_id is not None else []
    if user.role == Role.LEAD and user.place is not None:
        parts.append(f"people in {user.place.name}, whichever organisation has added them")
    words = ", and ".join(parts)
    return f"{words[:1].upper()}{words[1:]}."


def person_line(person: Contact, *, with_needs: bool = False) -> PersonLine:
    """Somebody as the selectors fetched them. Needs are a special category: only a register, where
    they are met, shows those of several people.
    """
    return PersonLine(
        pk=person.pk,
        name=person.name,
        flags=tuple(need.need for need in person.access_needs.all()) if with_needs else (),
        place=person.place.name if _has(person, "place") and person.place else "",
        reach=person.get_preferred_channel_display()
        if person.preferred_channel
        else "Cannot be reached",
        told_apart_by=told_apart_by(person),
        is_here=bool(getattr(person, "is_here", False)),
    )


def told_apart_by(person: Contact) -> str:
    """What tells two people of one name apart without showing how to reach them: the place, and
    email address and telephone number masked, as “Hackney · a•••@example.org · ends 0000”.
    """
    parts = [
        person.place.name if _has(person, "place") and person.place else "",
        masked_email(person.email),
        masked_telephone(person.telephone),
    ]
    return " · ".join(filter(None, parts)) or "Nothing else is recorded"


def not_kept(contact: Contact, given: Mapping[str, Any]) -> str:
    """What was given to reach a person by and is not what is recorded of them, as “Their email
    address is still a@example.org, not b@example.org.”; empty where nothing was left out.
    """
    return " ".join(
        f"Their {label} is still {getattr(contact, name)}, not {given[name]}."
        for name, label in (
            ("email", "email address"),
            ("telephone", "telephone number"),
            ("postal_address", "address"),
        )
        if given.get(name) and given[name] != getattr(contact, name)
    )


def masked_email(email: str) -> str:
    """“a•••@example.org”; empty where there is none."""
    local, _, domain = email.strip().rpartition("@")
    return f"{local[:1]}•••@{domain}" if local else ""


def masked_telephone(telephone: str) -> str:
    """“telephone ends 0000”; empty where there is none."""
    digits = "".join(one for one in telephone if one.isdigit())
    return f"telephone ends {digits[-4:]}" if digits else ""


def about_person(person: Contact) -> list[tuple[str, str]]:
    """What is held on a person, for their page: label and words."""
    return [
        (entry.label, catalogue.in_words(person, entry))
        for entry in catalogue.entries(Contact, shown="person")
    ]


def agreement_line(consent: Consent) -> AgreementLine:
    """An agreement, given or withdrawn, with who recorded it."""
    return AgreementLine(
        purpose=consent.purpose,
        title=consent.get_purpose_display(),
        wording=consent.wording,
        is_standing=consent.withdrawn_at is None,
        facts=_recorded(consent, "agreement"),
    )


def need_line(need: AccessNeed) -> NeedLine:
    """A need with what is recorded of it."""
    return NeedLine(need.pk, need.need, _recorded(need, "need"))


def sections_of(actor: Actor, person: Person) -> Iterator[Section]:
    """What this wing holds of a person and the actor may see: details, agreements and needs, each
    organisation’s apart.
    """
    held = list(
        access.rows(actor, Permission.CONTACT_READ, Contact)
        .filter(person=person)
        .select_related("organisation", "place", "language")
        .prefetch_related("consents__captured_by", "access_needs")
    )
    consents = [consent for contact in held for consent in contact.consents.all()]
    needs = [need for contact in held for need in contact.access_needs.all()]
    for key, title, rows in (
        ("details", "What organisations hold about you", held),
        ("agreements", "What you agreed to", consents),
        ("needs", "What you need to take part", needs),
    ):
        yield Section(key, title, tuple(catalogue.download(row) for row in rows))


def _recorded(row: Model, shown: str) -> list[tuple[str, str]]:
    """What is recorded of a row, of the fields that this part of a page shows."""
    return [
        (entry.label, catalogue.in_words(row, entry))
        for entry in catalogue.entries(type(row), shown=shown)
        if catalogue.cell(row, entry) != ""
    ]


def _has(row: Model, relation: str) -> bool:
    """Is the relation loaded already?"""
    return relation in row._state.fields_cache
