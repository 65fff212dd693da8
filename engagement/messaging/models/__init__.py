"""Facts of messages, and the rules the database keeps on them."""

from engagement.messaging.models.delivery import Delivery, SendingRun
from engagement.messaging.models.message import Message, MessageVariant

__all__ = [
    "Delivery",
    "Message",
    "MessageVariant",
    "SendingRun",
]
