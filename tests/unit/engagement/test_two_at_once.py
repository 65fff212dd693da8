"""Two people, or two workers, doing the same thing at the same moment."""

from collections.abc import Callable
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import connections

from core import clock
from engagement.actions import activities, deliveries, notices, registers
from engagement.models import Attendance, Delivery
from tests.factories import engaging
from tests.factories.fixtures import TODAY
from tests.factories.world import World

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def shared(transactional_db: None) -> World:
    """A world that other connections see."""
    return World()


def at_once(*acts: Callable[[], Any]) -> list[Any]:
    """Do all at the same moment, each on its own connection; what each gave or raised."""
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


def test_register_when_two_phones_tick_the_same_person_then_there_is_one_tick(
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

    results = at_once(*[lambda: notices.approve(by=lead, notice=notice)] * 2)

    assert not [one for one in results if isinstance(one, Exception)]
    assert Delivery.objects.count() == 3


def test_activity_when_two_save_at_once_then_one_is_told(shared: World) -> None:
    with clock.set_to(TODAY):
        activity = engaging.activity(shared.officer)
        colleague = shared.colleague

    results = at_once(
        *(
            lambda by=by, title=title: activities.change(
                by=by, activity=activity, seen_version=1, title=title
            )
            for by, title in ((shared.officer, "Mine"), (colleague, "Theirs"))
        )
    )

    assert sorted(type(one).__name__ for one in results) == ["Activity", "Stale"]


def test_messages_when_two_workers_claim_at_once_then_no_message_is_claimed_twice(
    shared: World,
) -> None:
    with clock.set_to(TODAY):
        activity = engaging.activity(shared.officer)
        for name in "ABCDEF":
            person = engaging.contact(shared.officer, name=name)
            engaging.said(activity, by=shared.officer, contact=person)
        notices.approve(by=shared.lead, notice=engaging.notice(activity, by=shared.officer))
        system = shared.system

    results = at_once(*[lambda: deliveries.claim(by=system, run=None, limit=3)] * 2)

    claimed = [one.pk for run, batch in results for one in batch]
    assert len(claimed) == len(set(claimed))
    assert set(Delivery.objects.filter(state="claimed").values_list("pk", flat=True)) == set(
        claimed
    )


def test_run_when_its_worker_lives_then_it_is_not_ended_and_when_gone_it_is(
    shared: World,
) -> None:
    with clock.set_to(TODAY):
        system = shared.system
        living, _ = deliveries.claim(by=system, run=None)

    # The other connection is closed when its thread ends, and its lock goes with it.
    ((gone, _),) = at_once(lambda: deliveries.claim(by=system, run=None))
    (ended,) = at_once(lambda: deliveries.end_dead_runs(by=system))

    assert ended == [gone]
    deliveries.release_lock(living)
