"""Fields of messages, of their variants and of their deliveries."""

from core import catalogue
from core.catalogue import Audience, Entry, Erasure, Handling, Personal, Retention, asked
from engagement.messaging.models import Delivery, Message, MessageVariant, SendingRun

_MESSAGE = Handling(Retention.MESSAGES, seen_by=Audience.TEAM)
_DELIVERY = _MESSAGE.but(personal=Personal.PERSONAL, in_download=True)

catalogue.register(
    Message,
    _MESSAGE,
    catalogue.key(),
    catalogue.fixed("about_kind", "Kind of what it is about"),
    catalogue.fixed("about_id", "Number of what it is about"),
    catalogue.fixed("consent_purpose", "Only to those who agreed to"),
    catalogue.pair("written", "Written"),
    catalogue.pair("approved", "Approved"),
)

catalogue.register(
    MessageVariant,
    _MESSAGE,
    catalogue.key(),
    catalogue.fixed("message", "Message"),
    catalogue.fixed("language", "Language"),
    catalogue.fixed("format", "Format"),
    Entry("subject", "Subject", asked=asked("notice"), shown="approval"),
    Entry("body", "Words", asked=asked("notice"), shown="approval"),
)

catalogue.register(
    Delivery,
    _DELIVERY,
    catalogue.key(),
    catalogue.fixed("message", "Message", shown="loop"),
    catalogue.fixed("variant", "Words they get"),
    catalogue.fixed("person", "Person"),
    catalogue.fixed("contact", "To whom", shown="loop"),
    catalogue.fixed("channel", "By which channel", shown="loop"),
    Entry("state", "What became of it", asked=asked("delivery"), shown="loop"),
    Entry(
        "reason",
        "Why it did not arrive",
        asked=asked("delivery"),
        shown="loop",
        # A mail server may name the address in its refusal.
        handling=_DELIVERY.but(erasure=Erasure.CLEARED),
    ),
    catalogue.fixed("attempts", "Attempts"),
    catalogue.fixed("run", "Sending run"),
    catalogue.fixed("made_at", "Made"),
    catalogue.fixed("sent_at", "Sent", shown="loop"),
    catalogue.pair("settled", "Settled"),
)

catalogue.register(
    SendingRun,
    _MESSAGE.but(seen_by=Audience.NOBODY),
    catalogue.key(),
    catalogue.fixed("started_at", "Started"),
    catalogue.fixed("ended_at", "Ended"),
)
