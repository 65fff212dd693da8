"""The health check of sending, for /health/ready."""

from collections.abc import Mapping
from datetime import timedelta

from django.core.cache import cache
from django.db.models import Q

from core import clock
from engagement.messaging.models import Delivery

# The timetable looks for waiting messages every minute; even a long run takes a few minutes.
STUCK_AFTER = timedelta(minutes=30)
_FAULTS_KEY = "sending-faults"


def record(faults: Mapping[str, str]) -> None:
    """Store, by the name of a channel, why nothing can be sent by it; empty when all is well.

    The worker does so every minute.
    """
    cache.set(_FAULTS_KEY, dict(faults), timeout=3600)


def messages() -> str | None:
    """What is wrong: a channel that cannot be reached, or a message that has waited for longer
    than `STUCK_AFTER`. None when nothing is.
    """
    faults: Mapping[str, str] = cache.get(_FAULTS_KEY) or {}
    if faults:
        named = "; ".join(f"{label}: {why.rstrip('.')}" for label, why in sorted(faults.items()))
        return f"Nothing can be sent now. {named}."
    since = clock.now() - STUCK_AFTER
    stuck = Delivery.objects.waiting().filter(
        Q(retry_at=None, made_at__lt=since) | Q(retry_at__lt=since)
    )
    return "Messages have waited for more than half an hour." if stuck.exists() else None
