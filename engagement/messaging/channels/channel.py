"""The interface of a channel: one way of getting a message to a person.

A channel is one module of this package that calls `register` when it is imported. Nothing else
names it: deliveries by its contact methods are then sent by it.
"""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from enum import Enum
from typing import Any

from django.core.exceptions import ImproperlyConfigured

from engagement.people.choices import ContactMethod


class Status(Enum):
    """What a channel can report of one message."""

    #: The receiving server accepted it.
    SENT = "sent"
    #: The receiving server refused it for good, so it did not arrive.
    REFUSED = "refused"
    #: The receiving server did not accept it, and may do so later.
    NOT_NOW = "not_now"
    #: It cannot be known whether it arrived.
    IN_DOUBT = "in_doubt"


@dataclass(frozen=True)
class Outcome:
    """What became of one message. `reason` says why it did not arrive, without the address.

    A connection that `is_closed` is not used again.
    """

    status: Status
    reason: str = ""
    is_closed: bool = False


class Unreachable(Exception):
    """The receiving server cannot be reached now: what is not yet started waits.

    The text says why, for the health check.
    """


@dataclass(frozen=True)
class Content:
    """One variant of a message, with the link and the reason that its subject adds.

    `language` is a BCP 47 tag and `link` a full address.
    """

    language: str
    subject: str
    body: str
    link: str
    link_text: str
    reason: str

    @property
    def paragraphs(self) -> list[str]:
        """The body, split at empty lines."""
        parts = self.body.replace("\r\n", "\n").split("\n\n")
        return [part.strip() for part in parts if part.strip()]


@dataclass(frozen=True)
class Recipient:
    """Who one message goes to. `delivery_id` is a reference that a channel may pass on."""

    delivery_id: int
    name: str
    address: str


class Connection(ABC):
    """An open connection of a channel, used by one thread for one message after another."""

    @abstractmethod
    def send(self, prepared: Any, recipient: Recipient) -> Outcome:
        """Send one message, prepared by the channel, and report what became of it."""

    def close(self) -> None:  # noqa: B027  # a channel without a connection has nothing to close
        """Close the connection. Never raises."""


class Channel:
    """One way of getting a message to a person.

    `contact_methods` are those it serves; the channel without any serves those that no other does.
    `description` says on pages how its messages reach people.
    """

    key: str
    label: str
    description: str
    contact_methods: frozenset[ContactMethod] = frozenset()


class SendingChannel(Channel, ABC):
    """A channel by which the worker sends.

    `address_field` is the field of `Contact` with the address it sends to; `no_address_reason` is
    recorded on a delivery where that field is empty.
    """

    address_field: str
    no_address_reason: str
    description = "sent by the service"

    @abstractmethod
    def prepare(self, content: Content) -> Any:
        """The part of a message that is the same for everybody, for `Connection.send`."""

    @abstractmethod
    def connect(self) -> Connection:
        """A connection ready to send, for one thread. Raises `Unreachable`."""


_channels: dict[str, Channel] = {}


def register(channel: Channel) -> None:
    """Add a channel. Refuses one whose key or contact method another channel has."""
    served = {method for known in _channels.values() for method in known.contact_methods}
    if channel.key in _channels or served & channel.contact_methods:
        raise ImproperlyConfigured(
            f"The channel “{channel.key}” or one of its contact methods is registered already."
        )
    _channels[channel.key] = channel


def unregister(channel: Channel) -> None:
    """Remove a channel; for tests that register one of their own."""
    _channels.pop(channel.key, None)


def for_method(method: str) -> Channel:
    """The channel that serves a contact method."""
    for channel in _channels.values():
        if method in channel.contact_methods:
            return channel
    return next(channel for channel in _channels.values() if not channel.contact_methods)


def sending_by_method() -> dict[str, SendingChannel]:
    """The channels by which the worker sends, by contact method."""
    return {
        method.value: channel
        for channel in _channels.values()
        if isinstance(channel, SendingChannel)
        for method in channel.contact_methods
    }
