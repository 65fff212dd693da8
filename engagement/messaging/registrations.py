"""What the messaging wing adds to the timetable, the health checks and a person's own page, and its
channels.
"""

from collections.abc import Iterable

from core import catalogue
from core import health as core_health
from core.actors import Actor
from core.registry import timetable
from core.registry.slots import Section
from engagement.messaging import channels, health
from engagement.messaging.selectors import deliveries
from engagement.people.models import Person
from engagement.people.slots import person_sections


def register() -> None:
    """Called once, when Django is ready."""
    channels.load()
    core_health.register("messages", health.messages)
    person_sections.add(_told, order=30)
    for name in ("send_waiting_deliveries", "settle_dead_runs"):
        timetable.register(
            name.replace("_", "-"), f"engagement.messaging.tasks.{name}", timetable.At()
        )


def _told(actor: Actor, person: Person) -> Iterable[Section]:
    yield Section(
        "deliveries",
        "What you were told",
        tuple(
            catalogue.download(delivery.variant) + catalogue.download(delivery)
            for delivery in deliveries.of_person(actor, person)
        ),
    )
