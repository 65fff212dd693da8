"""What the messaging wing adds to the timetable, the health checks and a person's own page, and its
channels.
"""

from collections.abc import Iterable

from core import catalogue
from core import health as core_health
from core.actors import SERVICE, Actor
from core.models import User
from core.registry import account_messages as core_account_messages
from core.registry import timetable
from core.registry.slots import Section
from engagement.messaging import channels, health, subjects
from engagement.messaging.actions import account_messages

# Imported to register what becomes of deliveries when two contacts are merged.
from engagement.messaging.actions import deliveries as _deliveries  # noqa: F401
from engagement.messaging.selectors import deliveries
from engagement.people.models import Person
from engagement.people.slots import person_sections


def register() -> None:
    """Called once, when Django is ready."""
    channels.load()
    subjects.register(account_messages.SignInLinks())
    subjects.register(account_messages.AccountChanges())
    core_account_messages.register(_tell_account)
    core_health.register("messages", health.messages)
    person_sections.add(_told, order=30)
    for name in ("send_waiting_deliveries", "settle_dead_runs"):
        timetable.register(
            name.replace("_", "-"), f"engagement.messaging.tasks.{name}", timetable.At()
        )


def _tell_account(account: User, subject: str, body: str) -> None:
    account_messages.write(by=SERVICE, account=account, subject=subject, body=body)
    timetable.nudge("send-waiting-deliveries")


def _told(actor: Actor, person: Person) -> Iterable[Section]:
    yield Section(
        "deliveries",
        "What you were told",
        tuple(
            catalogue.download(delivery.variant) + catalogue.download(delivery)
            for delivery in deliveries.of_person(actor, person)
        ),
    )
