"""Messages and deliveries, and their rules in the database."""

from engagement.messaging.models.delivery import Delivery, SendingRun
from engagement.messaging.models.message import Message, MessageVariant

__all__ = [
    "Delivery",
    "Message",
    "MessageVariant",
    "SendingRun",
]
