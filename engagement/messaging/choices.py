"""Choices and events of messages and deliveries."""

from django.db.models import TextChoices

from core.choices import Event as BaseEvent


class Event(BaseEvent):
    """What somebody did, in the past tense. Each is recorded by one action."""

    MESSAGE_WRITTEN = "message written"
    MESSAGE_APPROVED = "message approved"
    SENDING_STARTED = "sending run started"
    SENDING_ENDED = "sending run ended"
    DEAD_RUNS_ENDED = "dead sending runs ended"
    DELIVERY_SETTLED = "delivery settled"
    SIGN_IN_LINKS_MADE = "sign-in links made"
    ACCOUNT_MESSAGE_WRITTEN = "account message written"


class MessageFormat(TextChoices):
    """Formats that a message can be written in."""

    STANDARD = "standard", "Standard"


class DeliveryState(TextChoices):
    """What became of one message to one person."""

    WAITING = "waiting", "Waiting"
    SENDING = "sending", "Being sent"
    SENT = "sent", "Sent"
    FAILED = "failed", "Failed"
    CANNOT_REACH = "cannot_reach", "Cannot reach"
    BY_HAND = "by_hand", "To be told by hand"
    IN_DOUBT = "in_doubt", "In doubt"


#: States in which a member of staff has to say what became of a delivery.
TO_SETTLE = (DeliveryState.IN_DOUBT, DeliveryState.FAILED, DeliveryState.BY_HAND)
