"""Messages to members of staff about their own account: sign-in links, and what changed in it."""

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.db.models import Model, QuerySet
from django.urls import reverse

from core import clock
from core.acting import act, describe, save, update
from core.actors import Actor
from core.models import SignInLinkRequest, User
from core.registry.slots import Link
from engagement.messaging import subjects
from engagement.messaging.choices import Event
from engagement.messaging.models import Delivery, Message, MessageVariant
from engagement.messaging.permissions import Permission
from engagement.people.choices import ContactMethod
from engagement.people.models import Contact


class SignInLinks(subjects.Subject[SignInLinkRequest]):
    """A sign-in link goes to the person whose account it is, who asked for it.

    The link itself is made as the message goes, so it is stored nowhere.
    """

    kind = "sign_in_link"
    model = SignInLinkRequest

    def title(self, row: SignInLinkRequest) -> str:
        return "Sign-in link"

    def link(self, row: SignInLinkRequest) -> str:
        account = row.account
        if account is None:
            raise LookupError("It is not known yet whose account this is.")
        key = default_token_generator.make_token(account)
        return _address("account_reset_password_from_key", user_pk_to_url_str(account), key)

    def link_text(self, row: SignInLinkRequest) -> str:
        return "Choose a new password"

    def reason(self, row: SignInLinkRequest) -> str:
        return (
            "Somebody, probably you, asked for this link on our sign-in page. If it was not you, "
            "do nothing: your password stays as it is."
        )

    def staff_link(self, row: SignInLinkRequest) -> Link:
        return Link("Accounts", reverse("account-list"))

    def audience(self, row: SignInLinkRequest) -> QuerySet[Contact]:
        return Contact.objects.none()


class AccountChanges(subjects.Subject[User]):
    """What changed in an account is told to the person whose account it is."""

    kind = "account"
    model = User

    def title(self, row: User) -> str:
        return row.name

    def link(self, row: User) -> str:
        return _address("account_reset_password")

    def link_text(self, row: User) -> str:
        return "If it was not you, choose a new password at once"

    def reason(self, row: User) -> str:
        return (
            "You are getting this because something changed in how you sign in to NEL "
            "Participation. If it was not you, tell an administrator of the service too."
        )

    def staff_link(self, row: User) -> Link:
        return Link("Accounts", reverse("account-list"))

    def audience(self, row: User) -> QuerySet[Contact]:
        return Contact.objects.none()


@act(Event.SIGN_IN_LINKS_MADE, needs=Permission.DELIVERY_SEND)
def make_sign_in_links(*, by: Actor) -> list[Message]:
    """Make a message for each request that is about an account in use, and remove the others.

    Nobody gets a second link while the first one waits, which is then tried again at once.
    """
    made = []
    asked = SignInLinkRequest.objects.filter(account=None).select_for_update(skip_locked=True)
    for request in asked.order_by("pk"):
        account = User.objects.filter(email__iexact=request.email, is_active=True).first()
        if account is None or _try_again(account):
            request.delete()
            continue
        update(request, account=account, email="")
        body = (
            f"Hello {account.name},\n\nwith this link you can choose a new password. It works once."
        )
        made.append(_make(request, account, "Choose a new password for NEL Participation", body))
    describe(f"{len(made)} made")
    return made


@act(Event.ACCOUNT_MESSAGE_WRITTEN, needs=Permission.DELIVERY_SEND, on="account")
def write(*, by: Actor, account: User, subject: str, body: str) -> Message:
    """Tell the person whose account it is what changed in it."""
    return _make(account, account, subject, body)


def _try_again(account: User) -> bool:
    """Whether a link to this account waits; if so it is put off no longer."""
    waiting = Delivery.objects.waiting().filter(
        account=account, message__about_kind=SignInLinks.kind
    )
    return bool(waiting.update(retry_at=None, refused_since=None))


def _make(about: Model, account: User, subject: str, body: str) -> Message:
    """An approved message to one account, and its delivery."""
    now = clock.now()
    message = save(
        Message(
            about_kind=subjects.of_model(type(about)).kind,
            about_id=about.pk,
            written_by=account,
            written_at=now,
            approved_by=account,
            approved_at=now,
        )
    )
    variant = save(MessageVariant(message=message, subject=subject, body=body))
    save(
        Delivery(
            message=message,
            variant=variant,
            account=account,
            channel=ContactMethod.EMAIL,
            made_at=now,
        )
    )
    return message


def _address(name: str, *args: str) -> str:
    """The full address of a page, under the address of the service and no other."""
    keys = dict(zip(("uidb36", "key"), args, strict=False))
    path: str = reverse(name, kwargs=keys)
    return settings.BASE_URL.rstrip("/") + path
