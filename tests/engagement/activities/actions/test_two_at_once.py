"""Two people, or two workers, doing the same thing at the same time."""

import uuid
from collections.abc import Callable
from threading import Barrier, Thread
from typing import Any

import pytest
from django.core.mail import EmailMessage
from django.db import connections
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from core import clock
from core.models import User
from core.seen import shown
from engagement.activities.actions import activities, registers
from engagement.activities.models import Activity, Attendance
from engagement.messaging import sending
from engagement.messaging.actions import deliveries, messages
from engagement.messaging.actions.sending_queue import SendingQueue
from engagement.messaging.channels import email
from engagement.messaging.models import Delivery, SendingRun
from engagement.people.actions import contacts
from engagement.people.models import Person
from tests.factories import engaging
from tests.factories.fixtures import TODAY
from tests.factories.world import World

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def shared(transactional_db: None) -> World:
    """A world whose rows other database connections see."""
    return World()


def at_once(*acts: Callable[[], Any]) -> list[Any]:
    """Run all at the same time, each on its own connection; what each returned or raised."""
    barrier, results = Barrier(len(acts)), dict[int, Any]()

    def run(number: int, act: Callable[[], object]) -> None:
        try:
            with clock.set_to(TODAY):
                barrier.wait(timeout=20)
                results[number] = act()
        except Exception as error:  # noqa: BLE001  # handed to the test
            results[number] = error
        finally:
            connections.close_all()

    threads = [Thread(target=run, args=each) for each in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    return [results[number] for number in sorted(results)]


def test_register_when_two_tick_the_same_people_then_each_has_one_attendance(
    shared: World,
) -> None:
    with clock.set_to(TODAY):
        session = engaging.session(engaging.activity(shared.officer), by=shared.officer)
        people = [engaging.contact(shared.officer, name=name) for name in "AB"]
        colleague = shared.colleague

    results = at_once(
        lambda: registers.tick(by=shared.officer, session=session, contacts=people),
        lambda: registers.tick(by=colleague, session=session, contacts=people[::-1]),
    )

    assert not [one for one in results if isinstance(one, Exception)]
    assert Attendance.objects.count() == 2


def test_notice_when_approved_by_two_at_once_then_each_person_is_owed_it_once(
    shared: World,
) -> None:
    with clock.set_to(TODAY):
        activity = engaging.activity(shared.officer)
        for name in "ABC":
            person = engaging.contact(shared.officer, name=name)
            engaging.said(activity, by=shared.officer, contact=person)
        notice = engaging.notice(activity, by=shared.officer)
        lead = shared.lead

    results = at_once(*[lambda: messages.approve(by=lead, message=notice)] * 2)

    assert not [one for one in results if isinstance(one, Exception)]
    assert Delivery.objects.count() == 3


def test_person_when_added_by_two_at_once_then_one_is_asked_whether_they_are_known(
    shared: World,
) -> None:
    adders = shared.officer, shared.colleague

    results = at_once(
        *(
            lambda by=by: contacts.add(
                by=by, organisation=by.organisation, name="Amina", email="a@example.org"
            )
            for by in adders
        )
    )

    assert sorted(type(one).__name__ for one in results) == ["Contact", "LikenessFound"]
    assert Person.objects.count() == 1


def test_person_when_added_by_two_organisations_at_once_then_there_is_one_person(
    shared: World,
) -> None:
    adders = shared.officer, shared.other_officer

    results = at_once(
        *(
            lambda by=by: contacts.add(
                by=by, organisation=by.organisation, name="Amina", email="a@example.org"
            )
            for by in adders
        )
    )

    assert [type(one).__name__ for one in results] == ["Contact", "Contact"]
    assert Person.objects.count() == 1


def test_activity_when_two_save_at_once_then_one_is_refused(shared: World) -> None:
    with clock.set_to(TODAY):
        activity = engaging.activity(shared.officer)
        colleague = shared.colleague
    before = activity.title

    def save(by: User, title: str) -> Activity:
        with shown(activity, lambda row: str(row) == before):
            return activities.change(by=by, activity=activity, title=title)

    results = at_once(lambda: save(shared.officer, "Mine"), lambda: save(colleague, "Theirs"))

    assert sorted(type(one).__name__ for one in results) == ["Activity", "Stale"]


def test_form_when_pressed_twice_at_once_then_it_makes_one_and_both_are_led_to_it(
    shared: World,
) -> None:
    page = reverse("account-make")
    windows = [Client(), Client()]
    for window in windows:
        window.force_login(shared.administrator)
    values = {"name": "Rosa", "email": "rosa@example.org", "role": "reviewer"}
    values["once"] = str(uuid.uuid4())

    answers = at_once(*(lambda one=one: one.post(page, values) for one in windows))

    assert [one.status_code for one in answers] == [302, 302]
    assert len({one.headers["Location"] for one in answers}) == 1
    assert User.objects.filter(name="Rosa").count() == 1


@pytest.fixture
def owed(shared: World) -> World:
    """Six deliveries by email wait to be sent."""
    with clock.set_to(TODAY):
        activity = engaging.activity(shared.officer)
        for name in "abcdef":
            person = engaging.contact(shared.officer, name=name, email=f"{name}@example.org")
            engaging.said(activity, by=shared.officer, contact=person)
        messages.approve(by=shared.lead, message=engaging.notice(activity, by=shared.officer))
    return shared


def claim(run: SendingRun, number: int) -> list[int]:
    """Claim so many deliveries and send none; their numbers."""
    with SendingQueue(run) as queue:
        claimed = [queue.next(None, methods=["email"], after=0) for _ in range(number)]
    return [one.id for one in claimed if one is not None]


def test_deliveries_when_two_runs_claim_them_at_once_then_none_is_claimed_twice(
    owed: World,
) -> None:
    runs = [deliveries.start(by=owed.service) for _ in range(2)]

    results = at_once(*(lambda run=run: claim(run, 3) for run in runs))

    claimed = [pk for one in results for pk in one]
    assert len(claimed) == len(set(claimed)) == 6
    for run in runs:
        deliveries.release_lock(run)


def test_messages_when_several_are_in_flight_then_each_person_gets_one(
    owed: World, mailoutbox: list[EmailMessage], settings: Settings
) -> None:
    settings.MESSAGES_IN_FLIGHT = 4

    sent = sending.send_waiting(by=owed.service)

    assert sorted(message.to[0] for message in mailoutbox) == [
        f"{name}@example.org" for name in "abcdef"
    ]
    assert sent.counts == {"sent": 6}
    assert set(Delivery.objects.values_list("state", "attempts")) == {("sent", 1)}


def test_messages_when_two_runs_have_several_in_flight_then_each_person_gets_one(
    owed: World, mailoutbox: list[EmailMessage], settings: Settings
) -> None:
    settings.MESSAGES_IN_FLIGHT = 3
    service = owed.service

    results = at_once(*[lambda: sending.send_waiting(by=service)] * 2)

    assert not [one for one in results if isinstance(one, Exception)]
    assert len({message.to[0] for message in mailoutbox}) == len(mailoutbox) == 6


def test_messages_when_one_sender_fails_then_only_those_in_flight_are_in_doubt(
    owed: World, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.MESSAGES_IN_FLIGHT = 2
    both = Barrier(2)

    def fail(*args: object) -> None:
        both.wait(timeout=20)
        raise RuntimeError("a failure of the code")

    monkeypatch.setattr(email.BackendConnection, "send", fail)

    with pytest.raises(RuntimeError, match="a failure of the code"):
        sending.send_waiting(by=owed.service)

    states = sorted(Delivery.objects.values_list("state", flat=True))
    assert states == ["in_doubt"] * 2 + ["waiting"] * 4


def test_run_when_its_connections_are_closed_then_it_is_ended_and_while_one_is_open_it_is_not(
    owed: World,
) -> None:
    service = owed.service
    living = deliveries.start(by=service)

    # The other connection is closed when its thread ends, and its lock goes with it.
    (gone,) = at_once(lambda: deliveries.start(by=service))
    (ended,) = at_once(lambda: deliveries.end_dead_runs(by=service))

    assert ended == [gone]
    deliveries.release_lock(living)
