"""Channels: deliveries are sent by the one that serves their contact method."""

from collections.abc import Iterator

import pytest
from django.core.exceptions import ImproperlyConfigured, ValidationError

from engagement.messaging import sending
from engagement.messaging.actions import deliveries, messages
from engagement.messaging.channels import channel
from engagement.messaging.models import Delivery
from engagement.people.choices import ContactMethod
from tests.engagement.messaging.mail_servers import states
from tests.factories import engaging
from tests.factories.world import World


class TextChannel(channel.SendingChannel):
    """A channel for text messages that the rest of the code does not know of."""

    key, label = "text", "Text message"
    contact_methods = frozenset({ContactMethod.TEXT})
    address_field = "telephone"
    no_address_reason = "No telephone number is recorded any more."

    def __init__(self) -> None:
        self.outcomes = list[channel.Outcome]()
        self.sent = list[str]()
        self.prepared = self.connections = 0

    def prepare(self, content: channel.Content) -> str:
        self.prepared += 1
        return f"{content.subject}: {content.link}"

    def connect(self) -> channel.Connection:
        self.connections += 1
        return TextConnection(self)


class TextConnection(channel.Connection):
    """Keeps what is sent, and gives the outcomes set for the channel in turn."""

    def __init__(self, text_channel: TextChannel) -> None:
        self.channel = text_channel

    def send(self, prepared: str, recipient: channel.Recipient) -> channel.Outcome:
        outcomes = self.channel.outcomes
        outcome = outcomes.pop(0) if outcomes else channel.Outcome(channel.Status.SENT)
        if outcome.status == channel.Status.SENT:
            self.channel.sent.append(f"{recipient.address} {recipient.name}: {prepared}")
        return outcome


@pytest.fixture
def text_channel() -> Iterator[TextChannel]:
    made = TextChannel()
    channel.register(made)
    yield made
    channel.unregister(made)


def owed_by_text(world: World, number: int) -> None:
    """An approved notice to so many people who are reached by text message."""
    activity = engaging.activity(world.officer)
    for place in range(number):
        person = engaging.contact(
            world.officer, name=f"Person {place}", email="", telephone=f"020 {place}"
        )
        engaging.said(activity, by=world.officer, contact=person)
    messages.approve(by=world.lead, message=engaging.notice(activity, by=world.officer))


def test_channel_when_registered_for_a_contact_method_then_its_deliveries_are_sent_by_it(
    world: World, text_channel: TextChannel
) -> None:
    owed_by_text(world, 2)
    waiting = states()

    sending.send_waiting(by=world.service)

    assert waiting == ["waiting", "waiting"]
    assert states() == ["sent", "sent"]
    assert text_channel.prepared == 1
    assert [one.split(": ")[0] for one in text_channel.sent] == ["020 0 Person 0", "020 1 Person 1"]


def test_channel_when_none_serves_a_contact_method_then_its_deliveries_go_by_hand(
    world: World,
) -> None:
    owed_by_text(world, 1)

    assert states() == ["by_hand"]
    assert channel.for_method("text").label == "By hand"


def test_channel_when_a_message_cannot_be_delivered_now_then_it_waits_for_the_next_run(
    world: World, text_channel: TextChannel
) -> None:
    text_channel.outcomes.append(channel.Outcome(channel.Status.NOT_NOW, is_closed=True))
    owed_by_text(world, 2)

    sending.send_waiting(by=world.service)

    assert states() == ["waiting", "sent"]
    assert text_channel.connections == 2


def test_channel_when_another_has_its_contact_method_then_it_is_refused(
    text_channel: TextChannel,
) -> None:
    other = TextChannel()
    other.key = "other"

    with pytest.raises(ImproperlyConfigured):
        channel.register(other)


def test_delivery_when_no_channel_sends_by_its_contact_method_then_sending_again_is_refused(
    world: World,
) -> None:
    owed_by_text(world, 1)

    with pytest.raises(ValidationError, match="goes by hand"):
        deliveries.settle(by=world.officer, delivery=Delivery.objects.get(), outcome="waiting")
