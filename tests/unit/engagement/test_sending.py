"""Sending: what the mail server says decides what becomes of each message, and silence is doubt."""

import smtplib
from collections.abc import Callable, Sequence
from datetime import timedelta
from email import message_from_bytes
from email.policy import default

import pytest
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.db import connection

from core import clock
from engagement import health, sending, tasks
from engagement.actions import contacts, deliveries, notices
from engagement.choices import DeliveryState
from engagement.models import Delivery, SendingRun
from tests.factories import engaging
from tests.factories.world import World

Reply = BaseException | None


class Server(BaseEmailBackend):
    """A mail server that answers each message as it was told, then takes everything."""

    def __init__(self, *replies: Reply, opens: Sequence[Reply] = ()) -> None:
        super().__init__()
        self.replies, self.opens = list(replies), list(opens)
        self.taken: list[EmailMessage] = []
        self.opened = 0

    def open(self) -> bool:
        self.opened += 1
        self._answer(self.opens)
        return True

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        assert SendingRun.objects.exclude(sending=None).count() == len(email_messages) == 1
        self._answer(self.replies)
        self.taken += email_messages
        return len(email_messages)

    @staticmethod
    def _answer(replies: list[Reply]) -> None:
        if replies and (reply := replies.pop(0)):
            raise reply


@pytest.fixture
def owed(world: World) -> Callable[[int], list[Delivery]]:
    """So many people who are owed an approved notice by e-mail."""

    def make(number: int) -> list[Delivery]:
        activity = engaging.activity(world.officer)
        for place in range(number):
            person = engaging.contact(
                world.officer, name=f"Person {place}", email=f"p{place}@example.org"
            )
            engaging.said(activity, by=world.officer, contact=person)
        notices.approve(by=world.lead, notice=engaging.notice(activity, by=world.officer))
        return list(Delivery.objects.all())

    return make


def states() -> list[str]:
    return list(Delivery.objects.order_by("pk").values_list("state", flat=True))


def locks() -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "select count(*) from pg_locks where locktype = 'advisory' and pid = pg_backend_pid()"
        )
        return int(cursor.fetchone()[0])


def test_messages_when_all_goes_well_then_each_person_gets_one(
    world: World, owed: Callable[[int], list[Delivery]]
) -> None:
    owed(3)
    server = Server()

    sent = sending.send_waiting(by=world.system, backend=server)
    sending.send_waiting(by=world.system, backend=server)

    assert [message.to for message in server.taken] == [[f"p{n}@example.org"] for n in range(3)]
    assert states() == ["sent"] * 3
    assert sent.counts == {DeliveryState.SENT: 3}
    assert all(one.sent_at == clock.now() and one.attempts == 1 for one in Delivery.objects.all())


def test_message_when_sent_then_it_has_the_words_the_link_and_one_address(
    world: World, owed: Callable[[int], list[Delivery]]
) -> None:
    owed(2)
    server = Server()

    sending.send_waiting(by=world.system, backend=server)

    first, second = server.taken
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
            "failed",
            "The mail server refused it: 553 Not you",
        ),
        (smtplib.SMTPDataError(554, b"Spam"), "failed", "The mail server refused it: 554 Spam"),
        (ValueError("bad header"), "failed", "The e-mail address cannot be written to. Check it."),
        (smtplib.SMTPServerDisconnected("gone"), "in_doubt", "The connection broke"),
        (ConnectionResetError(), "in_doubt", "The connection broke"),
        (TimeoutError(), "in_doubt", "The connection broke"),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, Exception) else None,
)
def test_message_when_the_server_answers_so_then_its_state_follows_and_the_next_still_goes(
    world: World, owed: Callable[[int], list[Delivery]], reply: Exception, state: str, reason: str
) -> None:
    owed(2)

    sending.send_waiting(by=world.system, backend=Server(reply))

    first, second = Delivery.objects.order_by("pk")
    assert (first.state, second.state) == (state, "sent")
    assert first.reason.startswith(reason)
    assert "example.org" not in first.reason


def test_message_when_the_server_repeats_the_address_then_the_reason_does_not(
    world: World, owed: Callable[[int], list[Delivery]]
) -> None:
    owed(1)
    words = b"5.1.1 <p0@example.org>: Recipient address rejected"

    sending.send_waiting(
        by=world.system,
        backend=Server(smtplib.SMTPRecipientsRefused({"p0@example.org": (550, words)})),
    )

    assert "p0@example.org" not in Delivery.objects.get().reason


def test_messages_when_the_server_is_out_of_reach_then_all_wait_and_go_next_time(
    world: World, owed: Callable[[int], list[Delivery]]
) -> None:
    owed(2)
    server = Server(opens=[ConnectionRefusedError()])

    sending.send_waiting(by=world.system, backend=server)
    waiting = states()
    sending.send_waiting(by=world.system, backend=server)

    assert waiting == ["waiting", "waiting"]
    assert states() == ["sent", "sent"]


def test_messages_when_the_connection_breaks_for_good_then_one_is_in_doubt_and_the_rest_wait(
    world: World, owed: Callable[[int], list[Delivery]]
) -> None:
    owed(3)

    sending.send_waiting(
        by=world.system, backend=Server(ConnectionResetError(), opens=[None, OSError()])
    )

    assert states() == ["in_doubt", "waiting", "waiting"]


def test_message_when_agreement_was_taken_back_meanwhile_then_nothing_is_sent(
    world: World, owed: Callable[[int], list[Delivery]]
) -> None:
    (delivery,) = owed(1)
    contacts.withdraw(
        by=world.officer,
        contact=delivery.contact,
        purpose="told_what_came",
        how="telephone",
    )
    server = Server()

    sending.send_waiting(by=world.system, backend=server)

    delivery.refresh_from_db()
    assert server.taken == []
    assert (delivery.state, delivery.reason) == (
        "cannot_reach",
        "They took back their agreement to be told.",
    )


def test_message_when_the_address_was_taken_away_meanwhile_then_the_person_cannot_be_reached(
    world: World, owed: Callable[[int], list[Delivery]]
) -> None:
    (delivery,) = owed(1)
    contacts.change(by=world.officer, contact=delivery.contact, email="", preferred_channel="")

    sending.send_waiting(by=world.system, backend=Server())

    assert states() == ["cannot_reach"]


def test_notice_when_not_approved_then_nothing_of_it_is_sent(
    world: World, owed: Callable[[int], list[Delivery]]
) -> None:
    (delivery,) = owed(1)
    type(delivery.notice).objects.update(approved_at=None, approved_by=None)
    server = Server()

    sending.send_waiting(by=world.system, backend=server)

    assert (server.taken, server.opened) == ([], 0)


def test_run_when_over_then_its_lock_is_free_and_its_end_is_in_the_trail(
    world: World, owed: Callable[[int], list[Delivery]]
) -> None:
    owed(1)
    before = locks()

    sending.send_waiting(by=world.system, backend=Server())

    assert SendingRun.objects.get().ended_at == clock.now()
    assert locks() == before


def test_run_when_its_worker_died_then_what_it_was_sending_is_in_doubt_and_the_rest_waits(
    world: World, owed: Callable[[int], list[Delivery]]
) -> None:
    owed(3)
    run, claimed = deliveries.claim(by=world.system, run=None)
    deliveries.step(run=run, done=None, outcome=None, reason="", starting=claimed[0])
    deliveries.release_lock(run)

    deliveries.end_dead_runs(by=world.system)

    assert states() == ["in_doubt", "waiting", "waiting"]
    run.refresh_from_db()
    assert run.ended_at is not None
    with pytest.raises(deliveries.RunLost):
        deliveries.step(
            run=run, done=claimed[0], outcome=DeliveryState.SENT, reason="", starting=None
        )
    with pytest.raises(deliveries.RunLost):
        deliveries.step(run=run, done=None, outcome=None, reason="", starting=claimed[1])


def test_runs_when_none_is_open_then_the_timetable_writes_nothing(world: World) -> None:
    tasks.settle_dead_runs()
    tasks.send_waiting_deliveries()

    assert not SendingRun.objects.exists()


def settled(
    world: World, delivery: Delivery, state: str, outcome: str, reason: str = ""
) -> Delivery:
    Delivery.objects.filter(pk=delivery.pk).update(state=state)
    return deliveries.settle(by=world.officer, delivery=delivery, outcome=outcome, reason=reason)


@pytest.mark.parametrize(
    ("state", "outcome", "reason", "refused"),
    [
        ("in_doubt", "sent", "", None),
        ("in_doubt", "waiting", "", None),
        ("failed", "waiting", "", None),
        ("failed", "cannot_reach", "Moved away.", None),
        ("by_hand", "sent", "", None),
        ("by_hand", "waiting", "", "goes by hand"),
        ("by_hand", "cannot_reach", " ", "Say why"),
        ("in_doubt", "failed", "", "Choose what became of it"),
        ("waiting", "sent", "", "nothing to settle"),
        ("cannot_reach", "sent", "", "nothing to settle"),
    ],
)
def test_delivery_when_settled_by_a_person_then_only_what_can_be_is(
    world: World,
    owed: Callable[[int], list[Delivery]],
    state: str,
    outcome: str,
    reason: str,
    refused: str | None,
) -> None:
    (delivery,) = owed(1)

    if refused:
        with pytest.raises(ValidationError, match=refused):
            settled(world, delivery, state, outcome, reason)
        return
    done = settled(world, delivery, state, outcome, reason)

    assert (done.state, done.settled_by, done.run) == (outcome, world.officer, None)
    assert (done.sent_at is not None) is (outcome == "sent")


@pytest.mark.parametrize(("minutes", "is_stuck"), [(29, False), (31, True)])
def test_health_when_messages_wait_too_long_then_it_says_so(
    world: World, owed: Callable[[int], list[Delivery]], minutes: int, is_stuck: bool
) -> None:
    owed(1)

    with clock.set_to(clock.now() + timedelta(minutes=minutes)):
        assert (health.messages() is not None) is is_stuck


def test_letter_when_addressed_to_two_then_their_bytes_differ_in_their_own_headers_alone(
    owed: Callable[[int], list[Delivery]],
) -> None:
    first, second = owed(2)
    letter = sending.letter_of(first.notice)

    one, other = (
        message_from_bytes(
            letter.to_person(f"p{each.pk}@exämple.org", each.pk).message().as_bytes(linesep="\r\n"),
            policy=default,
        )
        for each in (first, second)
    )

    assert one["To"] == f"p{first.pk}@xn--exmple-cua.org"
    assert one["Message-ID"] != other["Message-ID"]
    assert one["Subject"] == other["Subject"] == first.notice.subject
    assert [part.get_content_type() for part in one.iter_parts()] == ["text/plain", "text/html"]
    for part, its_other in zip(one.iter_parts(), other.iter_parts(), strict=True):
        assert first.notice.body.split(".")[0] in part.get_content()
        assert part.get_content() == its_other.get_content()
