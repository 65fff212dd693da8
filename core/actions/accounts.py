"""Accounts of the staff: made and changed by an administrator."""

from django.core.exceptions import ValidationError

from core.acting import act, describe, lock, save, update
from core.actors import Actor
from core.choices import CoreEvent, Role
from core.models import Organisation, Place, User
from core.permissions import Permission


@act(CoreEvent.ACCOUNT_MADE, needs=Permission.ACCOUNT_MANAGE)
def make(
    *,
    by: Actor,
    email: str,
    name: str,
    role: Role | str,
    organisation: Organisation | None = None,
    place: Place | None = None,
    post: str = "",
    password: str | None = None,
) -> User:
    """A new account. Without a password the person sets their own by “reset your password”."""
    person = User(
        email=email.strip().lower(),
        name=name,
        role=role,
        organisation=organisation,
        place=place,
        post=post,
    )
    if password is None:
        person.set_unusable_password()
    else:
        person.set_password(password)
    save(person)
    describe(f"{person.name}, {person.get_role_display()}")
    return person


@act(CoreEvent.ACCOUNT_CHANGED, needs=Permission.ACCOUNT_MANAGE, on="person")
def change(
    *,
    by: Actor,
    person: User,
    name: str,
    role: Role | str,
    organisation: Organisation | None,
    place: Place | None,
    post: str,
    is_active: bool,
) -> User:
    """Change what somebody is called, may do and belongs to. One may not lock oneself out."""
    person = lock(person)
    if person == by.user and (not is_active or role != Role.ADMINISTRATOR):
        raise ValidationError(
            {
                "role": "You cannot take away your own right to manage accounts. Ask another "
                "administrator."
            }
        )
    changed = update(
        person,
        name=name,
        role=str(role),
        organisation=organisation,
        place=place,
        post=post,
        is_active=is_active,
    )
    describe(f"{person.name}, {person.get_role_display()}", fields=changed)
    return person
