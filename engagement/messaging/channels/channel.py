"""The interface of a channel: one way of getting a message to a person.

A channel is one module of this package that calls `register` when it is imported. Nothing else
names it: deliveries by the contact method it carries are then sent by it.
"""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from enum import Enum
from typing import Any

from django.core.exceptions import ImproperlyConfigured

from engagement.people.choices import ContactMethod


class Answer(Enum):
    """What a channel can say of one message."""

    #: The other side took it.
    SENT = "sent"
    #: The other side will not take it; it did not arrive.
    REFUSED = "refused"
    #: Nobody can know whether it arrived. The connection is not used again.
    DOUBT = "doubt"
    #: It certainly did not arrive, and may later. The connection is not used again.
    UNREACHABLE = "unreachable"


@dataclass(frozen=True)
class Outcome:
    """What became of one message, and why where it did not arrive: never with the address."""

    answer: Answer
    reason: str = ""


class Unreachable(Exception):
    """The other side cannot be reached now: everything not yet started waits for another turn."""


@dataclass(frozen=True)
class Wording:
    """One variant of a message as every reader gets it."""

    language: str
    subject: str
    body: str
    link: str
    link_words: str
    reason: str

    @property
    def paragraphs(self) -> list[str]:
        """The body, cut where it has empty lines."""
        parts = self.body.replace("\r\n", "\n").split("\n\n")
        return [part.strip() for part in parts if part.strip()]


@dataclass(frozen=True)
class Recipient:
    """Who one message goes to. `delivery_id` is the number a channel may give as its reference."""

    delivery_id: int
    name: str
    address: str


class Connection(ABC):
    """A way to the other side, used by one thread for one message after another."""

    @abstractmethod
    def send(self, prepared: Any, recipient: Recipient) -> Outcome:
        """Send one message, prepared by the channel, and say what became of it."""

    def close(self) -> None:  # noqa: B027  # a channel without a connection has nothing to close
        """Let go of the other side; never raises."""


class Channel:
    """One way of getting a message to a person.

    `carries` are the contact methods it serves; a channel that carries none in particular takes
    those that no other carries. `how` says on pages how its messages reach people.
    """

    key: str
    label: str
    how: str
    carries: frozenset[ContactMethod] = frozenset()


class SendingChannel(Channel, ABC):
    """A channel by which the worker sends.

    `address_field` is the field of `Contact` that holds the address it writes to, and `no_address`
    the reason kept when that is empty.
    """

    address_field: str
    no_address: str
    how = "sent by the service"

    @abstractmethod
    def prepare(self, wording: Wording) -> Any:
        """All that is the same for every reader, made once; `Connection.send` is given it."""

    @abstractmethod
    def connect(self) -> Connection:
        """A connection ready to send, for one thread. Raises `Unreachable`."""


_channels: dict[str, Channel] = {}


def register(channel: Channel) -> None:
    """Make a channel known; refused where its key or a method it carries is taken."""
    taken = {method for one in _channels.values() for method in one.carries}
    if channel.key in _channels or taken & channel.carries:
        raise ImproperlyConfigured(f"The channel “{channel.key}” or what it carries is taken.")
    _channels[channel.key] = channel


def unregister(channel: Channel) -> None:
    """Forget a channel, as tests do with one of their own."""
    _channels.pop(channel.key, None)


def carrying(method: str) -> Channel:
    """The channel that serves this contact method: one that carries it, or the one for the rest."""
    for one in _channels.values():
        if method in one.carries:
            return one
    return next(one for one in _channels.values() if not one.carries)


def sending() -> dict[str, SendingChannel]:
    """Every contact method by which the worker sends, with its channel."""
    return {
        method.value: one
        for one in _channels.values()
        if isinstance(one, SendingChannel)
        for method in one.carries
    }
