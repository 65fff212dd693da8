"""Accounts of the staff: made and changed by an administrator."""

from django.core.exceptions import ValidationError

from core.acting import act, alter, locked, note, record
from core.choices import Event, Permission, Role
from core.models import Organisation, Place, User


@act(Event.ACCOUNT_MADE, needs=Permission.ACCOUNT_MANAGE)
def make(
    *,
    by: User,
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
    record(person)
    note(f"{person.name}, {person.get_role_display()}")
    return person


@act(Event.ACCOUNT_CHANGED, needs=Permission.ACCOUNT_MANAGE, on="person")
def change(
    *,
    by: User,
    person: User,
    name: str,
    role: Role | str,
    organisation: Organisation | None,
    place: Place | None,
    post: str,
    is_active: bool,
) -> User:
    """Change what somebody is called, may do and belongs to. One may not lock oneself out."""
    person = locked(person)
    if person.pk == by.pk and (not is_active or role != Role.ADMINISTRATOR):
        raise ValidationError(
            {
                "role": "You cannot take away your own right to manage accounts. Ask another "
                "administrator."
            }
        )
    changed = alter(
        person,
        name=name,
        role=str(role),
        organisation=organisation,
        place=place,
        post=post,
        is_active=is_active,
    )
    note(f"{person.name}, {person.get_role_display()}", fields=changed)
    return person
