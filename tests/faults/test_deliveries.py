"""Telling people while workers die: a real worker, a real broker, a real mail server on loopback,
killed in the middle.
"""

import asyncio
import os
import random
import secrets
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import pytest
from aiosmtpd.controller import Controller
from celery import Celery
from django.conf import settings
from django.core.management import call_command
from django.db import connection

from core.actions import accounts
from core.actors import SERVICE
from core.choices import Role
from core.models import Organisation
from core.periods import RoughDate
from engagement.activities.actions import activities, contributions
from engagement.activities.actions.contributions import NewContribution
from engagement.activities.choices import HowItCame
from engagement.messaging.actions import messages
from engagement.messaging.choices import DeliveryState
from engagement.messaging.models import Delivery
from engagement.people.actions import contacts
from engagement.people.choices import ConsentPurpose
from engagement.people.models import Contact
from insight.loop.actions import loops
from nel_participation.embedded.broker import Broker
from nel_participation.embedded.processes import remove_server_folder

PEOPLE = 200
KILLS = 3
#: Messages that arrive at most before a worker is killed, so that some are left for the next.
BEFORE_A_KILL = 40
PATIENCE = 60

#: Where a worker that is killed may be found; each state shown to a person, or still owed.
SETTLED = {DeliveryState.SENT, DeliveryState.IN_DOUBT}


class Sink:
    """A mail server that keeps who was written to.

    Of every twenty addresses it refuses four for now when it first meets them, and closes the
    connection at one. While it `hangs` it answers nobody; it takes a message after a `pause` in
    seconds.
    """

    def __init__(self) -> None:
        self.messages: Counter[str] = Counter()
        self.arrived = threading.Condition()
        self.met: set[str] = set()
        self.hangs = False
        self.hung = threading.Event()
        self.pause = 0.0

    async def handle_RCPT(  # noqa: N802  # the server's name for it
        self, server: Any, session: Any, envelope: Any, address: str, options: Any
    ) -> str:
        while self.hangs:
            self.hung.set()
            await asyncio.sleep(0.05)
        is_first, number = address not in self.met, int(address.split("@")[0].split(".")[1])
        self.met.add(address)
        if is_first and number % 5 == 0:
            return "451 4.7.1 Greylisted"
        if is_first and number % 20 == 1:
            return "421 Closing"
        envelope.rcpt_tos.append(address)
        return "250 Go on"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802  # the server's name for it
        await asyncio.sleep(self.pause)
        with self.arrived:
            self.messages.update(envelope.rcpt_tos)
            self.arrived.notify_all()
        return "250 Taken"

    def wait_for(self, number: int) -> None:
        """Until so many have arrived in all."""
        with self.arrived:
            assert self.arrived.wait_for(lambda: self.messages.total() >= number, PATIENCE), (
                "no mail came"
            )


@pytest.fixture
def sink() -> Iterator[tuple[Sink, int]]:
    kept, port = Sink(), _free_port()
    server = Controller(kept, hostname="127.0.0.1", port=port)
    server.start()
    yield kept, port
    kept.hangs = False
    server.stop()


@pytest.fixture
def broker() -> Iterator[Broker]:
    # Not below pytest's own folder, which the broker's account may not enter.
    folder = Path(tempfile.mkdtemp(prefix="nel-broker-")) / "broker"
    server = Broker(folder)
    server.start()
    yield server
    server.stop()
    remove_server_folder(folder)
    folder.parent.rmdir()


@pytest.fixture
def worker(
    sink: tuple[Sink, int], broker: Broker, tmp_path: Path
) -> Iterator[Callable[..., subprocess.Popen[bytes]]]:
    """Starts the product's own worker, in a process group of its own, on the test's database."""
    started: list[subprocess.Popen[bytes]] = []
    environment = os.environ | {
        "NEL_RUN": "embedded",
        "DATABASE_URL": _test_database(),
        "REDIS_URL": broker.url,
        "EMAIL_URL": f"smtp://127.0.0.1:{sink[1]}",
        "SECRET_KEY": secrets.token_urlsafe(50),
    }
    command = [
        sys.executable,
        "-m",
        "celery",
        "-A",
        "nel_participation",
        "worker",
        "--concurrency=1",
        "--without-gossip",
        "--without-mingle",
        "--loglevel",
        "ERROR",
    ]

    def start(pool: str = "solo") -> subprocess.Popen[bytes]:
        with (tmp_path / f"worker-{len(started)}.log").open("wb") as log:
            process = subprocess.Popen(
                [*command, "--pool", pool],
                env=environment,
                start_new_session=True,
                stdout=log,
                stderr=log,
            )
        started.append(process)
        return process

    yield start
    for process in started:
        _kill(process)


@pytest.mark.django_db(transaction=True)
def test_delivery_when_workers_die_and_the_server_balks_then_nobody_is_told_twice_or_lost(
    sink: tuple[Sink, int], broker: Broker, worker: Callable[[], subprocess.Popen[bytes]]
) -> None:
    _owe(PEOPLE)
    queue = Celery(broker=broker.url)
    chance = random.Random()

    for turn in range(KILLS):
        sink[0].hangs = turn == KILLS - 1
        _make_due()
        process = worker()
        queue.send_task("engagement.messaging.tasks.settle_dead_runs")
        queue.send_task("engagement.messaging.tasks.send_waiting_deliveries")
        if sink[0].hangs:
            assert sink[0].hung.wait(PATIENCE)
        else:
            sink[0].wait_for(sink[0].messages.total() + chance.randint(1, BEFORE_A_KILL))
        _kill(process)
    sink[0].hangs = False
    worker()
    _until(lambda: _tidy_up(queue))

    states = Counter(Delivery.objects.values_list("state", flat=True))
    told = Counter(
        Delivery.objects.filter(state=DeliveryState.SENT).values_list("contact__email", flat=True)
    )
    doubted = set(
        Delivery.objects.filter(state=DeliveryState.IN_DOUBT).values_list(
            "contact__email", flat=True
        )
    )
    assert set(states) <= SETTLED, states
    assert states.total() == PEOPLE
    assert len(doubted) <= KILLS * settings.MESSAGES_IN_FLIGHT
    assert max(sink[0].messages.values()) == 1
    assert set(sink[0].messages) - doubted == set(told)


@pytest.mark.django_db(transaction=True)
def test_delivery_when_the_worker_is_told_to_end_then_it_finishes_what_it_sends_and_begins_no_more(
    sink: tuple[Sink, int], worker: Callable[..., subprocess.Popen[bytes]]
) -> None:
    _owe(100)
    sink[0].pause = 0.5
    # Asked by nobody: a worker begins at once.
    process = worker(pool="prefork")
    sink[0].wait_for(5)

    process.terminate()
    process.wait(PATIENCE)

    states = Counter(Delivery.objects.values_list("state", flat=True))
    assert states.keys() == {DeliveryState.SENT, DeliveryState.WAITING}
    assert Delivery.objects.filter(state=DeliveryState.WAITING, retry_at=None).exists()
    assert sink[0].messages.total() == states[DeliveryState.SENT]


def _tidy_up(queue: Celery) -> bool:
    """Ask the timetable's questions again until nothing waits and nothing is held."""
    _make_due()
    queue.send_task("engagement.messaging.tasks.settle_dead_runs")
    queue.send_task("engagement.messaging.tasks.send_waiting_deliveries")
    return not Delivery.objects.exclude(state__in=SETTLED).exists()


def _make_due() -> None:
    """Let the time pass until what was refused for now is tried again."""
    Delivery.objects.filter(state=DeliveryState.WAITING).update(retry_at=None, refused_since=None)


def _until(is_so: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    pause = threading.Event()
    while not is_so():
        assert time.monotonic() < end, Counter(Delivery.objects.values_list("state", flat=True))
        pause.wait(0.2)


def _kill(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait(PATIENCE)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def _test_database() -> str:
    """The address of this worker's own test database."""
    parts = urlsplit(os.environ["DATABASE_URL"])
    return urlunsplit(parts._replace(path=f"/{settings.DATABASES['default']['NAME']}"))


def _owe(number: int) -> None:
    """An approved notice owed to so many people, made through the acts."""
    call_command("load_facts")
    organisation = Organisation.objects.get(key="nhs-nel")
    officer = accounts.make(
        by=SERVICE, email="o@example.org", name="O", role=Role.OFFICER, organisation=organisation
    )
    lead = accounts.make(
        by=SERVICE, email="l@example.org", name="L", role=Role.LEAD, organisation=organisation
    )
    activity = activities.log(
        by=officer,
        title="Telling everybody",
        level="inform",
        level_reason="They are owed it.",
        lead_organisation=organisation,
        is_area_wide=True,
        start=RoughDate.parse("2026-01-01"),
        end=RoughDate.parse("2026-01-31"),
    )
    people: list[Contact] = [
        contacts.add(
            by=officer,
            organisation=organisation,
            name=f"Person {turn}",
            email=f"person.{turn}@example.org",
            agreed_to=[ConsentPurpose.TOLD_WHAT_CAME],
        )
        for turn in range(number)
    ]
    contributions.record_many(
        by=officer,
        activity=activity,
        contributions=[NewContribution(words="Yes.", contact=person) for person in people],
        how_it_came=HowItCame.SURVEY,
        received_on=None,
    )
    notice = messages.write(
        by=officer,
        about=loops.open_for(by=officer, activity=activity),
        subject="What came of it",
        body="This came of it.",
    )
    messages.approve(by=lead, message=notice)
    assert Delivery.objects.filter(state=DeliveryState.WAITING).count() == number
    connection.close()
