"""Whether messages go out: what /health/ready asks."""

from datetime import timedelta

from core import clock
from engagement.messaging.models import Delivery

# The timetable looks for waiting messages every minute; the longest fair turn takes a few.
STUCK_AFTER = timedelta(minutes=30)


def messages() -> str | None:
    """A sentence when a message that the worker is to send has waited far too long."""
    stuck = Delivery.objects.waiting().filter(made_at__lt=clock.now() - STUCK_AFTER)
    return "Messages have waited for more than half an hour." if stuck.exists() else None
