"""What the messaging wing adds to the timetable and the health checks; its channels."""

from core import health as core_health
from core.registry import timetable
from engagement.messaging import channels, health


def register() -> None:
    """Called once, when Django is ready."""
    channels.load()
    core_health.register("messages", health.messages)
    for name in ("send_waiting_deliveries", "settle_dead_runs"):
        timetable.register(
            name.replace("_", "-"), f"engagement.messaging.tasks.{name}", timetable.At()
        )
