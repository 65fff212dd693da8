"""Sending: the state of each delivery follows from the reply of the mail server."""

import smtplib
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection

from core import clock, worker
from engagement.messaging import health, sending, tasks
from engagement.messaging.actions import account_messages, deliveries
from engagement.messaging.actions.sending_queue import Result, RunLost, SendingQueue
from engagement.messaging.choices import DeliveryState
from engagement.messaging.models import Delivery, SendingRun
from engagement.people.actions import contacts
from tests.engagement.messaging.mail_servers import Server, states
from tests.factories.world import World


def locks() -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "select count(*) from pg_locks where locktype = 'advisory' and pid = pg_backend_pid()"
        )
        return int(cursor.fetchone()[0])


def test_messages_when_sent_twice_then_each_person_gets_one(
    world: World, owed: Callable[[int], list[Delivery]], serve: Callable[..., Server]
) -> None:
    owed(3)
    server = serve()

    sent = sending.send_waiting(by=world.service)
    sending.send_waiting(by=world.service)

    assert [message.to for message in server.accepted] == [[f"p{n}@example.org"] for n in range(3)]
    assert states() == ["sent"] * 3
    assert sent.counts == {DeliveryState.SENT: 3}
    assert all(one.sent_at == clock.now() and one.attempts == 1 for one in Delivery.objects.all())


def test_message_when_sent_then_it_has_its_body_its_link_and_one_address(
    world: World, owed: Callable[[int], list[Delivery]], serve: Callable[..., Server]
) -> None:
    owed(2)
    server = serve()

    sending.send_waiting(by=world.service)

    first, second = server.accepted
    assert "Breakfast now comes at eight." in str(first.body)
    assert "/you-said-we-did/better-mornings-on-the-ward/" in str(first.body)
    assert first.extra_headers["Message-ID"] != second.extra_headers["Message-ID"]
    assert (first.cc, first.bcc, len(first.to)) == ([], [], 1)


@pytest.mark.parametrize(
    ("reply", "state", "reason"),
    [
        (
            smtplib.SMTPRecipientsRefused({"p0@example.org": (550, b"No such user")}),
            "failed",
            "The mail server refused it: 550 No such user",
        ),
        (
            smtplib.SMTPSenderRefused(553, b"Not you", "us@example.org"),
            "waiting",
            "The mail server does not let us send: 553 Not you",
        ),
        (smtplib.SMTPDataError(554, b"Spam"), "failed", "The mail server refused it: 554 Spam"),
        (smtplib.SMTPDataError(451, b"Later"), "waiting", "The mail server did not take it yet"),
        (ValueError("bad header"), "failed", "The email address cannot be written to. Check it."),
        (smtplib.SMTPServerDisconnected("gone"), "in_doubt", "The connection broke"),
        (ConnectionResetError(), "in_doubt", "The connection broke"),
        (TimeoutError(), "in_doubt", "The connection broke"),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, Exception) else None,
)
def test_message_when_the_server_does_not_accept_it_then_its_state_says_why_and_the_next_is_sent(
    world: World,
    owed: Callable[[int], list[Delivery]],
    serve: Callable[..., Server],
    reply: Exception,
    state: str,
    reason: str,
) -> None:
    owed(2)

    serve(reply)

    sending.send_waiting(by=world.service)

    first, second = Delivery.objects.order_by("pk")
    assert (first.state, second.state) == (state, "sent")
    assert first.reason.startswith(reason)
    assert "example.org" not in first.reason


def test_message_when_the_server_repeats_the_address_then_the_reason_does_not(
    world: World, owed: Callable[[int], list[Delivery]], serve: Callable[..., Server]
) -> None:
    owed(1)
    words = b"5.1.1 <p0@example.org>: Recipient\0address\x1b rejected"

    serve(smtplib.SMTPRecipientsRefused({"p0@example.org": (550, words)}))

    sending.send_waiting(by=world.service)

    delivery = Delivery.objects.get()
    assert "p0@example.org" not in delivery.reason
    assert (delivery.state, "Recipient address  rejected" in delivery.reason) == ("failed", True)


def test_messages_when_the_server_cannot_be_reached_then_all_wait_for_the_next_run(
    world: World, owed: Callable[[int], list[Delivery]], serve: Callable[..., Server]
) -> None:
    owed(2)
    serve(opens=[ConnectionRefusedError()])

    sending.send_waiting(by=world.service)
    waiting = states()
    sending.send_waiting(by=world.service)

    assert waiting == ["waiting", "waiting"]
    assert states() == ["sent", "sent"]


def test_messages_when_the_connection_breaks_and_cannot_be_reopened_then_one_is_in_doubt(
    world: World, owed: Callable[[int], list[Delivery]], serve: Callable[..., Server]
) -> None:
    owed(3)

    serve(ConnectionResetError(), opens=[None, OSError()])

    sending.send_waiting(by=world.service)

    assert states() == ["in_doubt", "waiting", "waiting"]


def test_message_when_consent_is_withdrawn_before_the_run_then_nothing_is_sent(
    world: World, owed: Callable[[int], list[Delivery]], serve: Callable[..., Server]
) -> None:
    (delivery,) = owed(1)
    contacts.withdraw(
        by=world.officer,
        contact=delivery.resident,
        purpose="told_what_came",
        how="telephone",
    )
    server = serve()

    sending.send_waiting(by=world.service)

    delivery.refresh_from_db()
    assert server.accepted == []
    assert (delivery.state, delivery.reason) == (
        "cannot_reach",
        "They withdrew their agreement to be told.",
    )


def test_message_when_the_address_is_removed_before_the_run_then_the_person_cannot_be_reached(
    world: World, owed: Callable[[int], list[Delivery]], serve: Callable[..., Server]
) -> None:
    (delivery,) = owed(1)
    contacts.change(
        by=world.officer,
        contact=delivery.resident,
        email="",
        preferred_channel="in_person",
    )

    serve()
    sending.send_waiting(by=world.service)

    assert states() == ["cannot_reach"]


def test_message_when_not_approved_then_nothing_is_sent(
    world: World, owed: Callable[[int], list[Delivery]], serve: Callable[..., Server]
) -> None:
    (delivery,) = owed(1)
    type(delivery.message).objects.update(approved_at=None, approved_by=None)
    server = serve()

    sending.send_waiting(by=world.service)

    assert server.accepted == []


def test_run_when_ended_then_its_lock_is_free_and_its_end_is_recorded(
    world: World, owed: Callable[[int], list[Delivery]], serve: Callable[..., Server]
) -> None:
    owed(1)
    before = locks()

    serve()
    sending.send_waiting(by=world.service)

    assert SendingRun.objects.get().ended_at == clock.now()
    assert locks() == before


def test_run_when_its_end_cannot_be_recorded_then_its_lock_is_free_and_the_timetable_ends_it(
    world: World,
    owed: Callable[[int], list[Delivery]],
    serve: Callable[..., Server],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    owed(1)
    serve()
    before = locks()

    with monkeypatch.context() as broken:
        broken.setattr(deliveries, "end", lambda **_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            sending.send_waiting(by=world.service)

    assert locks() == before
    tasks.settle_dead_runs()
    assert SendingRun.objects.get().ended_at == clock.now()


def test_run_when_its_time_is_over_then_the_rest_waits_for_the_next(
    world: World, owed: Callable[[int], list[Delivery]], serve: Callable[..., Server]
) -> None:
    owed(2)
    serve()

    over = sending.send_waiting(by=world.service, within=timedelta(0))
    waiting = states()
    sending.send_waiting(by=world.service, within=tasks.RUN_FOR)

    assert (waiting, over.faults) == (["waiting", "waiting"], {})
    assert states() == ["sent", "sent"]


def test_run_when_the_worker_is_to_end_then_the_rest_waits_for_the_next(
    world: World,
    owed: Callable[[int], list[Delivery]],
    serve: Callable[..., Server],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    owed(2)
    server = serve()
    monkeypatch.setattr(worker, "is_ending", lambda: bool(server.accepted))

    sending.send_waiting(by=world.service)

    assert states() == ["sent", "waiting"]


def test_message_when_it_cannot_be_made_then_it_waits_and_others_go_out(
    world: World,
    owed: Callable[[int], list[Delivery]],
    serve: Callable[..., Server],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    broken = owed(2)[0].message
    account_messages.write(
        by=world.service, account=world.officer, subject="Your password", body="It was changed."
    )
    server = serve()
    make = sending.content_of
    monkeypatch.setattr(
        sending,
        "content_of",
        lambda variant: 1 / 0 if variant.message_id == broken.pk else make(variant),
    )

    tasks.send_waiting_deliveries()

    assert [Delivery.objects.filter(message=broken, state="waiting").count(), states()[-1]] == [
        2,
        "sent",
    ]
    assert Delivery.objects.earliest("pk").retry_at == clock.now() + timedelta(minutes=1)
    assert "could not be made" in str(health.messages())
    with clock.set_to(clock.now() + timedelta(minutes=1)):
        monkeypatch.setattr(sending, "content_of", make)
        tasks.send_waiting_deliveries()
    assert set(states()) == {"sent"}
    assert len(server.accepted) == Delivery.objects.count()


def test_run_when_its_worker_died_then_what_it_was_sending_is_in_doubt_and_the_rest_waits(
    world: World, owed: Callable[[int], list[Delivery]]
) -> None:
    owed(3)
    run = deliveries.start(by=world.service)
    with SendingQueue(run) as queue:
        claimed = queue.next(None, methods=["email"], after=0)
        assert claimed is not None
    deliveries.release_lock(run)

    tasks.settle_dead_runs()

    assert states() == ["in_doubt", "waiting", "waiting"]
    run.refresh_from_db()
    assert run.ended_at is not None
    with SendingQueue(run) as queue:
        assert queue.next(None, methods=["email"], after=0) is None
        with pytest.raises(RunLost):
            queue.next(Result(claimed.id, DeliveryState.SENT), methods=["email"], after=0)
    assert states() == ["in_doubt", "waiting", "waiting"]


def test_run_when_ended_with_a_message_still_being_sent_then_the_timetable_puts_it_in_doubt(
    world: World, owed: Callable[[int], list[Delivery]]
) -> None:
    owed(1)
    run = deliveries.start(by=world.service)
    deliveries.end(by=world.service, run=run)
    deliveries.release_lock(run)
    Delivery.objects.update(state="sending", run=run)

    tasks.settle_dead_runs()

    assert states() == ["in_doubt"]


def test_message_when_consent_is_withdrawn_during_the_run_then_it_is_not_sent(
    world: World, owed: Callable[[int], list[Delivery]], serve: Callable[..., Server]
) -> None:
    second = owed(2)[1].resident
    server = serve()
    server.meanwhile = lambda: contacts.withdraw(
        by=world.officer, contact=second, purpose="told_what_came", how="telephone"
    )

    sending.send_waiting(by=world.service)

    assert states() == ["sent", "cannot_reach"]
    assert len(server.accepted) == 1


def test_message_when_the_address_changes_during_the_run_then_it_goes_to_the_new_one(
    world: World, owed: Callable[[int], list[Delivery]], serve: Callable[..., Server]
) -> None:
    second = owed(2)[1].resident
    server = serve()
    server.meanwhile = lambda: contacts.change(
        by=world.officer, contact=second, email="new@example.org"
    )

    sending.send_waiting(by=world.service)

    assert [message.to for message in server.accepted] == [["p0@example.org"], ["new@example.org"]]


def test_messages_when_only_recorded_as_sent_then_nobody_is_contacted(
    world: World, owed: Callable[[int], list[Delivery]], serve: Callable[..., Server]
) -> None:
    owed(2)
    server = serve()

    sending.send_waiting(by=world.service, record_only=True)

    assert states() == ["sent", "sent"]
    assert (server.accepted, server.opened) == ([], 0)


def test_timetable_when_nothing_waits_and_no_run_is_unfinished_then_it_writes_nothing(
    world: World,
) -> None:
    tasks.settle_dead_runs()
    tasks.send_waiting_deliveries()

    assert not SendingRun.objects.exists()


def test_message_when_refused_for_now_then_it_is_tried_with_rising_waits_for_two_days(
    world: World, owed: Callable[[int], list[Delivery]], serve: Callable[..., Server]
) -> None:
    (delivery,) = owed(1)
    server = serve(*[smtplib.SMTPDataError(451, b"Greylisted")] * 50)
    began, tries = clock.now(), list[float]()

    sending.send_waiting(by=world.service)
    while states() == ["waiting"]:
        delivery.refresh_from_db()
        assert delivery.retry_at is not None
        with clock.set_to(delivery.retry_at - timedelta(seconds=1)):
            sending.send_waiting(by=world.service)
        with clock.set_to(delivery.retry_at):
            sending.send_waiting(by=world.service)
        tries.append((delivery.retry_at - began) / timedelta(minutes=1))

    delivery.refresh_from_db()
    assert tries[:9] == [1, 2, 4, 8, 16, 32, 64, 128, 256]
    assert tries[9:] == [256 + 240 * number for number in range(1, 12)]
    assert tries[-1] / 60 > 48
    assert len(server.replies) == 50 - 1 - len(tries)
    assert (delivery.state, delivery.attempts) == ("failed", 1 + len(tries))
    assert delivery.reason == "The mail server did not take it yet: 451 Greylisted"
    assert (delivery.refused_since, delivery.retry_at) == (None, None)


def test_message_when_refused_for_now_and_taken_later_then_it_is_sent_once(
    world: World, owed: Callable[[int], list[Delivery]], serve: Callable[..., Server]
) -> None:
    owed(2)
    server = serve(smtplib.SMTPDataError(451, b"Greylisted"))

    sending.send_waiting(by=world.service)
    sending.send_waiting(by=world.service)
    first = states()
    with clock.set_to(clock.now() + timedelta(minutes=1)):
        sending.send_waiting(by=world.service)

    assert (first, states()) == (["waiting", "sent"], ["sent", "sent"])
    assert [message.to[0][:2] for message in server.accepted] == ["p1", "p0"]
    assert Delivery.objects.earliest("pk").retry_at is None
