"""Display words of people's pages: contacts in lists, on registers and on their own page."""

from dataclasses import dataclass

from django.db.models import Model

from core.catalogue import words_of
from core.nhsuk.environment import in_day
from engagement.people.models import Contact


@dataclass(frozen=True)
class PersonLine:
    """Somebody in a list or on a register: a name, and what they need shown as flags."""

    pk: int
    name: str
    flags: list[str]
    place: str = ""
    reach: str = ""
    told_apart_by: str = ""
    is_here: bool = False


def person_line(person: Contact) -> PersonLine:
    """Somebody with their needs, as the selectors fetched them."""
    return PersonLine(
        pk=person.pk,
        name=person.name,
        flags=[need.need for need in person.access_needs.all()],
        place=person.place.name if _has(person, "place") and person.place else "",
        reach=person.get_preferred_channel_display()
        if person.preferred_channel
        else "Cannot be reached",
        told_apart_by=told_apart_by(person),
        is_here=bool(getattr(person, "is_here", False)),
    )


def told_apart_by(person: Contact) -> str:
    """What tells two people of one name apart without showing how to reach them: the place, and
    e-mail address and telephone number masked, as “Hackney · a•••@example.org · ends 0000”.
    """
    parts = [
        person.place.name if _has(person, "place") and person.place else "",
        masked_email(person.email),
        masked_telephone(person.telephone),
    ]
    return " · ".join(filter(None, parts)) or "Nothing else is recorded"


def masked_email(email: str) -> str:
    """“a•••@example.org”; empty where there is none."""
    local, _, domain = email.strip().rpartition("@")
    return f"{local[:1]}•••@{domain}" if local else ""


def masked_telephone(telephone: str) -> str:
    """“telephone ends 0000”; empty where there is none."""
    digits = "".join(one for one in telephone if one.isdigit())
    return f"telephone ends {digits[-4:]}" if digits else ""


def about_person(person: Contact) -> list[tuple[str, str]]:
    """What is held on a person, for their page."""
    return [
        ("Name to use", person.name),
        ("Email address", words_of(person.email)),
        ("Telephone number", words_of(person.telephone)),
        ("Address", words_of(person.postal_address)),
        ("Best way to reach", words_of(person.get_preferred_channel_display())),
        ("Takes part as", person.get_capacity_display()),
        ("Place", words_of(person.place)),
        ("Language", words_of(person.language)),
        ("Interests", words_of(person.interests)),
        ("Organisation", person.organisation.name),
        ("Added", in_day(person.added_at)),
    ]


def _has(row: Model, relation: str) -> bool:
    """Is the relation loaded already?"""
    return relation in row._state.fields_cache
