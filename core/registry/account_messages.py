"""Messages to members of staff about their account, sent by a wing above."""

from collections.abc import Callable

from core.models import User

Sender = Callable[[User, str, str], object]
_senders: list[Sender] = []


def register(sender: Sender) -> None:
    """Have these messages sent by this function of account, subject and body. Refuses a second."""
    if _senders:
        raise RuntimeError("Messages about accounts are sent already.")
    _senders.append(sender)


def send(account: User, subject: str, body: str) -> None:
    """Have a message sent; never waits for a mail server."""
    for sender in _senders:
        sender(account, subject, body)
