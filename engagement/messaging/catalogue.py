"""Fields of messages, of their variants and of their deliveries."""

from core import catalogue
from core.catalogue import Audience, Entry, Erasure, Handling, Personal, Retention, asked
from engagement.messaging.models import Delivery, Message, MessageVariant, SendingRun

_MESSAGE = Handling(Retention.MESSAGES, seen_by=Audience.TEAM)
_WORDS = _MESSAGE.replace(in_download=True)
_DELIVERY = _MESSAGE.replace(personal=Personal.PERSONAL, in_download=True)
#: Rows that a delivery belongs to: a download has the words themselves, and whose it is.
_OF_DELIVERY = _DELIVERY.replace(in_download=False)

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
    Entry("subject", "Subject", asked=asked("notice"), shown="approval", handling=_WORDS),
    Entry("body", "Words", asked=asked("notice"), shown="approval", handling=_WORDS),
)

catalogue.register(
    Delivery,
    _DELIVERY,
    catalogue.key(),
    Entry("message", "Message", shown="loop", handling=_OF_DELIVERY),
    Entry("variant", "Words they get", handling=_OF_DELIVERY),
    Entry("person", "Person", handling=_OF_DELIVERY),
    Entry(
        "contact",
        "To whom",
        shown="loop",
        handling=_OF_DELIVERY.replace(seen_by=Audience.ORGANISATION),
    ),
    Entry("account", "To which member of staff", handling=_OF_DELIVERY),
    catalogue.fixed("channel", "By which channel", shown="loop"),
    Entry("state", "What happened to it", asked=asked("delivery"), shown="loop"),
    Entry(
        "reason",
        "Why it did not arrive",
        asked=asked("delivery"),
        shown="loop",
        # A mail server may name the address in its refusal.
        handling=_DELIVERY.replace(seen_by=Audience.ORGANISATION, erasure=Erasure.CLEARED),
    ),
    catalogue.fixed("attempts", "Attempts"),
    Entry("run", "Sending run", handling=_OF_DELIVERY),
    catalogue.fixed("made_at", "Made"),
    catalogue.fixed("refused_since", "Refused for now since"),
    catalogue.fixed("retry_at", "Tried again from", shown="loop"),
    catalogue.fixed("sent_at", "Sent", shown="loop"),
    catalogue.pair("settled", "Settled"),
)

catalogue.register(
    SendingRun,
    _MESSAGE.replace(seen_by=Audience.NOBODY),
    catalogue.key(),
    catalogue.fixed("started_at", "Started"),
    catalogue.fixed("ended_at", "Ended"),
)
