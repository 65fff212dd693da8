"""Telling people by email against raw smtplib with bytes built beforehand: at once on one
connection, and through a relay that takes its time on as many connections as we use.
"""

import smtplib
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from django.conf import settings
from django.test.utils import override_settings
from django.utils import timezone

from core.actors import SERVICE
from core.models import Organisation
from engagement.messaging import sending
from engagement.messaging.channels import email
from engagement.messaging.channels.channel import Recipient
from engagement.messaging.choices import DeliveryState
from engagement.messaging.models import Delivery, Message, MessageVariant
from engagement.people.choices import ConsentPurpose
from engagement.people.models import Consent, Contact, Person
from insight.loop.models import Loop
from tests.bench.lines import Line, Pairs, side_by_side
from tests.bench.servers import free_port, running

PEOPLE = 1000
RUNS = 5
#: Through the relay: so many people, and so long before it accepts a message.
MANY = 2000
RELAY_MILLISECONDS = 50
RELAY_RUNS = 3


def measure() -> list[Line]:
    """So many people told, with the record of each; and mail servers taking the same without."""
    return [_at_once(), _through_relay()]


def _at_once() -> Line:
    times = _side_by_side(PEOPLE, 0, runs=RUNS, connections=1)
    return _line(
        "deliveries", "Telling people", "raw smtplib, one connection", times, PEOPLE, 0.45, 0.65
    )


def _through_relay() -> Line:
    at_once = settings.MESSAGES_IN_FLIGHT
    times = _side_by_side(MANY, RELAY_MILLISECONDS, runs=RELAY_RUNS, connections=at_once)
    title = f"Telling people through a relay of {RELAY_MILLISECONDS} ms"
    return _line("deliveries-relay", title, f"{at_once} raw connections", times, MANY, 0.7, 0.9)


def _line(
    key: str, title: str, floor: str, pairs: Pairs, people: int, must: float, aim: float
) -> Line:
    """A line from what the floor and ours took in each run."""
    note = f"{people} people a run; the database as durable as the product's"
    return Line(key, title, floor, pairs.per(people), True, must, aim, note)


def _side_by_side(people: int, milliseconds: int, *, runs: int, connections: int) -> Pairs:
    """What the floor and ours took, run by run, after one round that does not count."""
    port = free_port()
    message = _owed(people)
    prepared = email.prepare(sending.content_of(message.default_variant))
    data = prepared.bytes_for(prepared.headers_for(Recipient(1, "B", "b@example.org")))
    server = running(["tests.bench.sink", str(port), str(milliseconds)], port)
    mail = override_settings(
        EMAIL_BACKEND="django.core.mail.backends.smtp.EmailBackend",
        EMAIL_HOST="127.0.0.1",
        EMAIL_PORT=port,
    )
    with server, mail:

        def ours() -> float:
            # Making them wait again is no part of telling them.
            _wait_again(message)
            return _timed(lambda: _tell(people))

        times = side_by_side(lambda: _raw(port, data, people, connections), ours, runs=runs)
    Delivery.objects.filter(message=message).update(state=DeliveryState.CANNOT_REACH, sent_at=None)
    return times


def _timed(do: Callable[[], object]) -> float:
    begun = time.perf_counter()
    do()
    return time.perf_counter() - begun


def _tell(people: int) -> None:
    sent = sending.send_waiting(by=SERVICE)
    if sent.counts != {DeliveryState.SENT: people}:
        raise RuntimeError(f"Not everybody was told: {sent.counts}")


def _raw(port: int, data: bytes, people: int, connections: int) -> None:
    def send(number: int) -> None:
        with smtplib.SMTP("127.0.0.1", port) as server:
            for _ in range(number):
                server.sendmail("a@example.org", ["b@example.org"], data)

    if connections == 1:
        send(people)
        return
    with ThreadPoolExecutor(connections) as pool:
        list(pool.map(send, [people // connections] * connections))


def _owed(people: int) -> Message:
    """An approved notice that so many people are owed; nobody else waits for anything."""
    now = timezone.now()
    loop = Loop.objects.exclude(activity__slug="").order_by("pk").first()
    if loop is None:
        raise RuntimeError("The demo has no loop.")
    persons = Person.objects.bulk_create(Person(known_since=now) for _ in range(people))
    organisation = Organisation.objects.get(key="nhs-nel")
    contacts = Contact.objects.bulk_create(
        Contact(
            person=person,
            organisation=organisation,
            name=f"Person {turn}",
            email=f"person.{turn}@example.org",
            preferred_channel="email",
            added_at=now,
        )
        for turn, person in enumerate(persons)
    )
    Consent.objects.bulk_create(
        Consent(
            contact=contact,
            captured_by=loop.activity.logged_by,
            purpose=ConsentPurpose.TOLD_WHAT_CAME,
            wording="",
            given_at=now,
            given_how="online",
        )
        for contact in contacts
    )
    message = Message.objects.create(
        about_kind="loop",
        about_id=loop.pk,
        consent_purpose=ConsentPurpose.TOLD_WHAT_CAME,
        written_by=loop.activity.logged_by,
        approved_by=loop.activity.logged_by,
        written_at=now,
        approved_at=now,
    )
    variant = MessageVariant.objects.create(
        message=message,
        subject="What came of it",
        body="What was heard and what came of it.\n" * 20,
    )
    Delivery.objects.waiting().update(state=DeliveryState.CANNOT_REACH)
    Delivery.objects.bulk_create(
        Delivery(
            message=message,
            variant=variant,
            person_id=contact.person_id,
            contact=contact,
            channel="email",
            made_at=now,
        )
        for contact in contacts
    )
    return message


def _wait_again(message: Message) -> None:
    Delivery.objects.filter(message=message).update(
        state=DeliveryState.WAITING, run=None, sent_at=None
    )
