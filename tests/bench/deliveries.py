"""Telling people by e-mail against smtplib on one connection with bytes built beforehand."""

import smtplib
import time

from django.core.mail import get_connection
from django.utils import timezone

from core.models import Organisation, User
from engagement import sending
from engagement.choices import ConsentPurpose, DeliveryState
from engagement.models import Activity, Consent, Contact, Delivery, Notice, Person
from tests.bench.lines import Line, side_by_side
from tests.bench.servers import free_port, running

PEOPLE = 1000
RUNS = 3


def measure() -> list[Line]:
    """So many people told, with the record of each; and the mail server taking the same without
    any.
    """
    port = free_port()
    notice = _owed()
    with running(["tests.bench.sink", str(port)], port):
        backend = get_connection(
            "django.core.mail.backends.smtp.EmailBackend", host="127.0.0.1", port=port
        )
        times: list[float] = []

        def ours() -> None:
            _wait_again(notice)
            begun = time.perf_counter()
            sent = sending.send_waiting(by=User.objects.system(), backend=backend)
            times.append(time.perf_counter() - begun)
            if sent.counts != {DeliveryState.SENT: PEOPLE}:
                raise RuntimeError(f"Not everybody was told: {sent.counts}")

        letter = sending.letter_of(notice).to_person("b@example.org", 1)
        data = letter.message().as_bytes(linesep="\r\n")
        raw, _ = side_by_side(lambda: _raw(port, data), ours, runs=RUNS)
    # Making them wait again is not part of telling them.
    mean = sorted(times[1:])[len(times[1:]) // 2]
    note = f"{PEOPLE} people a run, the database as durable as the product's"
    return [
        Line(
            "deliveries",
            "Telling people",
            "raw smtplib",
            raw / PEOPLE,
            mean / PEOPLE,
            True,
            0.45,
            0.65,
            note,
        )
    ]


def _raw(port: int, data: bytes) -> None:
    with smtplib.SMTP("127.0.0.1", port) as server:
        for _ in range(PEOPLE):
            server.sendmail("a@example.org", ["b@example.org"], data)


def _owed() -> Notice:
    system = User.objects.system()
    now = timezone.now()
    activity = Activity.objects.exclude(slug="").order_by("pk").first()
    if activity is None:
        raise RuntimeError("The demo has no activity.")
    persons = Person.objects.bulk_create(Person(known_since=now) for _ in range(PEOPLE))
    people = Contact.objects.bulk_create(
        Contact(
            person=person,
            organisation=Organisation.objects.get(key="nhs-nel"),
            name=f"Person {turn}",
            email=f"person.{turn}@example.org",
            preferred_channel="email",
            added_at=now,
        )
        for turn, person in enumerate(persons)
    )
    Consent.objects.bulk_create(
        Consent(
            contact=person,
            captured_by=system,
            purpose=ConsentPurpose.TOLD_WHAT_CAME,
            wording="",
            given_at=now,
            given_how="online",
        )
        for person in people
    )
    notice = Notice.objects.create(
        activity=activity,
        written_by=system,
        approved_by=system,
        subject="What came of it",
        body="What was heard and what came of it.\n" * 20,
        written_at=now,
        approved_at=now,
    )
    Delivery.objects.all().exclude(state=DeliveryState.SENT).update(
        state=DeliveryState.CANNOT_REACH
    )
    Delivery.objects.bulk_create(
        Delivery(
            notice=notice, person_id=person.person_id, contact=person, channel="email", made_at=now
        )
        for person in people
    )
    return notice


def _wait_again(notice: Notice) -> None:
    Delivery.objects.filter(notice=notice).update(
        state=DeliveryState.WAITING, run=None, sent_at=None
    )
