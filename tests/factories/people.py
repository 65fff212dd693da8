"""Factories of places, organisations and staff accounts."""

from itertools import count

from django.utils.text import slugify

from core.actions import accounts
from core.actors import SERVICE
from core.choices import OrganisationKind, Role
from core.models import Language, Organisation, Place, Programme, User

_numbers = count(1)


def place(name: str = "Hackney") -> Place:
    return Place.objects.create(
        key=slugify(name), name=name, group_key="inner", group_name="Inner boroughs"
    )


def organisation(name: str = "Homerton trust") -> Organisation:
    return Organisation.objects.create(
        key=slugify(name), name=name, kind=OrganisationKind.ACUTE_TRUST
    )


def programme(name: str = "Babies and children") -> Programme:
    return Programme.objects.create(key=slugify(name), name=name, is_flagship=True)


def language(name: str = "Bengali", code: str = "bn") -> Language:
    return Language.objects.create(code=code, name=name, native_name=name, direction="ltr")


def user(
    role: Role,
    *,
    organisation: Organisation | None = None,
    place: Place | None = None,
    name: str = "",
    email: str = "",
) -> User:
    """An account made by the service, without a password."""
    return accounts.make(
        by=SERVICE,
        email=email or f"{role}{next(_numbers)}@example.org",
        name=name or f"{role.label} of {organisation or place or 'the partnership'}",
        role=role,
        organisation=organisation,
        place=place,
    )
