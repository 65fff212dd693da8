"""Sending: the state of each delivery follows from the reply of the mail server."""

import smtplib
from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from email import message_from_bytes
from email.policy import default

import pytest
from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.db import connection

from core import clock
from engagement.messaging import health, sending, tasks
from engagement.messaging.actions import account_messages, deliveries, messages
from engagement.messaging.actions.sending_queue import Result, RunLost, SendingQueue
from engagement.messaging.channels import channel, email
from engagement.messaging.choices import DeliveryState
from engagement.messaging.models import Delivery, SendingRun
from engagement.people.actions import contacts
from engagement.people.choices import ContactMethod
from tests.factories import engaging
from tests.factories.world import World

Reply = BaseException | None


class Server(BaseEmailBackend):
    """A mail server that gives the replies set for it in turn, then accepts everything."""

    def __init__(self, *replies: Reply, opens: Sequence[Reply] = ()) -> None:
        super().__init__()
        self.replies, self.opens = list(replies), list(opens)
        self.accepted: list[EmailMessage] = []
        self.opened = 0
        #: What somebody does while the first message is being sent.
        self.meanwhile: Callable[[], object] | None = None

    def open(self) -> bool:
        self.opened += 1
        self._reply(self.opens)
        return True

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        assert Delivery.objects.filter(state="sending").count() == len(email_messages) == 1
        self._reply(self.replies)
        self.accepted += email_messages
        if self.meanwhile is not None:
            meanwhile, self.meanwhile = self.meanwhile, None
            meanwhile()
        return len(email_messages)

    @staticmethod
    def _reply(replies: list[Reply]) -> None:
        if replies and (reply := replies.pop(0)):
            raise reply


@pytest.fixture
def serve(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Server]:
    """Replaces the mail server of the settings by one with these replies."""

    def make(*replies: Reply, opens: Sequence[Reply] = ()) -> Server:
        server = Server(*replies, opens=opens)
        monkeypatch.setattr(email, "get_connection", lambda: server)
        return server

    return make


@pytest.fixture
def owed(world: World) -> Callable[[int], list[Delivery]]:
    """Makes an approved notice with so many deliveries by email."""

    def make(number: int) -> list[Delivery]:
        activity = engaging.activity(world.officer)
        for place in range(number):
            person = engaging.contact(
                world.officer, name=f"Person {place}", email=f"p{place}@example.org"
            )
            engaging.said(activity, by=world.officer, contact=person)
        messages.approve(by=world.lead, message=engaging.notice(activity, by=world.officer))
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
            "failed",
            "The mail server refused it: 553 Not you",
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


class TextChannel(channel.SendingChannel):
    """A channel for text messages that the rest of the code does not know of."""

    key, label = "text", "Text message"
    contact_methods = frozenset({ContactMethod.TEXT})
    address_field = "telephone"
    no_address_reason = "No telephone number is recorded any more."

    def __init__(self) -> None:
        self.outcomes = list[channel.Outcome]()
        self.sent = list[str]()
        self.prepared = self.connections = 0

    def prepare(self, content: channel.Content) -> str:
        self.prepared += 1
        return f"{content.subject}: {content.link}"

    def connect(self) -> channel.Connection:
        self.connections += 1
        return TextConnection(self)


class TextConnection(channel.Connection):
    """Keeps what is sent, and gives the outcomes set for the channel in turn."""

    def __init__(self, text_channel: TextChannel) -> None:
        self.channel = text_channel

    def send(self, prepared: str, recipient: channel.Recipient) -> channel.Outcome:
        outcomes = self.channel.outcomes
        outcome = outcomes.pop(0) if outcomes else channel.Outcome(channel.Status.SENT)
        if outcome.status == channel.Status.SENT:
            self.channel.sent.append(f"{recipient.address} {recipient.name}: {prepared}")
        return outcome


@pytest.fixture
def text_channel() -> Iterator[TextChannel]:
    made = TextChannel()
    channel.register(made)
    yield made
    channel.unregister(made)


def owed_by_text(world: World, number: int) -> None:
    """An approved notice to so many people who are reached by text message."""
    activity = engaging.activity(world.officer)
    for place in range(number):
        person = engaging.contact(
            world.officer, name=f"Person {place}", email="", telephone=f"020 {place}"
        )
        engaging.said(activity, by=world.officer, contact=person)
    messages.approve(by=world.lead, message=engaging.notice(activity, by=world.officer))


def test_channel_when_registered_for_a_contact_method_then_its_deliveries_are_sent_by_it(
    world: World, text_channel: TextChannel
) -> None:
    owed_by_text(world, 2)
    waiting = states()

    sending.send_waiting(by=world.service)

    assert waiting == ["waiting", "waiting"]
    assert states() == ["sent", "sent"]
    assert text_channel.prepared == 1
    assert [one.split(": ")[0] for one in text_channel.sent] == ["020 0 Person 0", "020 1 Person 1"]


def test_channel_when_none_serves_a_contact_method_then_its_deliveries_go_by_hand(
    world: World,
) -> None:
    owed_by_text(world, 1)

    assert states() == ["by_hand"]
    assert channel.for_method("text").label == "By hand"


def test_channel_when_a_message_cannot_be_delivered_now_then_it_waits_for_the_next_run(
    world: World, text_channel: TextChannel
) -> None:
    text_channel.outcomes.append(channel.Outcome(channel.Status.NOT_NOW, is_closed=True))
    owed_by_text(world, 2)

    sending.send_waiting(by=world.service)

    assert states() == ["waiting", "sent"]
    assert text_channel.connections == 2


def test_channel_when_another_has_its_contact_method_then_it_is_refused(
    text_channel: TextChannel,
) -> None:
    other = TextChannel()
    other.key = "other"

    with pytest.raises(ImproperlyConfigured):
        channel.register(other)


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
        ("by_hand", "cannot_reach", " ", "Say why"),
        ("in_doubt", "failed", "", "Select what happened"),
        ("waiting", "sent", "", "nothing to resolve"),
        ("cannot_reach", "sent", "", "nothing to resolve"),
    ],
)
def test_delivery_when_settled_then_it_is_kept_or_refused_by_its_state_and_outcome(
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


@pytest.mark.parametrize("waiting", [0, 1])
def test_health_when_the_mail_server_cannot_be_reached_then_it_says_so_until_it_can(
    world: World, owed: Callable[[int], list[Delivery]], serve: Callable[..., Server], waiting: int
) -> None:
    owed(waiting)
    serve(opens=[PermissionError(13, "Permission denied")])

    tasks.send_waiting_deliveries()
    fault = health.messages()
    tasks.send_waiting_deliveries()

    assert fault == "Nothing can be sent now. Email: Permission denied."
    assert health.messages() is None


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


def test_delivery_when_no_channel_sends_by_its_contact_method_then_sending_again_is_refused(
    world: World,
) -> None:
    owed_by_text(world, 1)

    with pytest.raises(ValidationError, match="goes by hand"):
        deliveries.settle(by=world.officer, delivery=Delivery.objects.get(), outcome="waiting")


def test_email_when_prepared_once_for_two_people_then_only_their_headers_differ(
    owed: Callable[[int], list[Delivery]],
) -> None:
    first, second = owed(2)
    prepared = email.prepare(sending.content_of(first.variant))

    one, other = (
        message_from_bytes(
            prepared.bytes_for(
                prepared.headers_for(channel.Recipient(each.pk, "Amina", f"p{each.pk}@exämple.org"))
            ),
            policy=default,
        )
        for each in (first, second)
    )

    assert one["To"] == f"p{first.pk}@xn--exmple-cua.org"
    assert one["Message-ID"] != other["Message-ID"]
    assert one["Subject"] == other["Subject"] == first.message.subject
    assert [part.get_content_type() for part in one.iter_parts()] == ["text/plain", "text/html"]
    for part, its_other in zip(one.iter_parts(), other.iter_parts(), strict=True):
        assert first.message.body.split(".")[0] in part.get_content()
        assert part.get_content() == its_other.get_content()


@pytest.mark.parametrize("address", ["a@b\nBcc: c@d", "two@a, three@b", "no address", ""])
def test_email_when_the_address_is_not_valid_then_it_is_refused_and_no_header_is_added(
    owed: Callable[[int], list[Delivery]], serve: Callable[..., Server], address: str
) -> None:
    (delivery,) = owed(1)
    server = serve()
    prepared = email.prepare(sending.content_of(delivery.variant))

    outcome = email.BackendConnection(server).send(
        prepared, channel.Recipient(delivery.pk, "Amina", address)
    )

    assert outcome.status == channel.Status.REFUSED
    assert server.accepted == []
