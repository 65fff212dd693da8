"""Making and changing staff accounts."""

from django.core.exceptions import ValidationError

from core import clock
from core.acting import act, describe, lock, save, update
from core.actors import Actor
from core.choices import CoreEvent, Role
from core.models import Organisation, Place, SignInLinkRequest, User
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
    """A new account. Without a password its owner sets one by “I have forgotten my password”."""
    account = User(
        email=email.strip().lower(),
        name=name,
        role=role,
        organisation=organisation,
        place=place,
        post=post,
    )
    if password is None:
        account.set_unusable_password()
    else:
        account.set_password(password)
    save(account)
    describe(f"{account.name}, {account.get_role_display()}")
    return account


@act(CoreEvent.ACCOUNT_CHANGED, needs=Permission.ACCOUNT_MANAGE, on="account")
def change(
    *,
    by: Actor,
    account: User,
    name: str,
    role: Role | str,
    organisation: Organisation | None,
    place: Place | None,
    post: str,
    is_active: bool,
) -> User:
    """Change an account. Refuses that administrators take away their own access."""
    account = lock(account)
    if account == by.user and (not is_active or role != Role.ADMINISTRATOR):
        raise ValidationError(
            {
                "role": "You cannot take away your own right to manage accounts. Ask another "
                "administrator."
            }
        )
    changed = update(
        account,
        name=name,
        role=str(role),
        organisation=organisation,
        place=place,
        post=post,
        is_active=is_active,
    )
    describe(f"{account.name}, {account.get_role_display()}", fields=changed)
    return account


@act(CoreEvent.SIGN_IN_LINK_ASKED_FOR, needs=Permission.ACCOUNT_MANAGE)
def ask_for_link(*, by: Actor, email: str) -> bool:
    """Have a link to choose a new password sent to whoever has an account with this address.

    It does the same for every address, and the worker does the rest, so it tells nothing. The audit
    trail does not name the address, which may be anybody's.
    """
    asked = SignInLinkRequest(email=email.strip().lower(), asked_at=clock.now())
    asked.clean_fields()
    # An address that waits already waits once.
    SignInLinkRequest.objects.bulk_create([asked], ignore_conflicts=True)
    return True
