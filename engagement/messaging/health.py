"""The health check of sending, for /health/ready."""

from datetime import timedelta

from core import clock
from engagement.messaging.models import Delivery

# The timetable looks for waiting messages every minute; even a long run takes a few minutes.
STUCK_AFTER = timedelta(minutes=30)


def messages() -> str | None:
    """What is wrong, where a message has waited for longer than `STUCK_AFTER`; else None."""
    stuck = Delivery.objects.waiting().filter(made_at__lt=clock.now() - STUCK_AFTER)
    return "Messages have waited for more than half an hour." if stuck.exists() else None
