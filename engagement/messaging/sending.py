"""Sending what waits: several messages in flight at once, each taken up, sent outside any
transaction and recorded by itself.
"""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from contextvars import copy_context
from dataclasses import dataclass, field
from threading import Event as Flag
from threading import Lock
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.models import Count

from core.actors import Actor
from engagement.messaging import subjects
from engagement.messaging.actions import deliveries
from engagement.messaging.actions.sending_queue import Result, SendingQueue, Taken
from engagement.messaging.channels import channel
from engagement.messaging.channels.channel import (
    Answer,
    Connection,
    Outcome,
    Recipient,
    Unreachable,
    Wording,
)
from engagement.messaging.choices import DeliveryState
from engagement.messaging.models import Delivery, MessageVariant, SendingRun


@dataclass
class Sent:
    """What became of the messages of a run, by state."""

    counts: Counter[DeliveryState] = field(default_factory=Counter)


def send_waiting(*, by: Actor, pretend: bool = False) -> Sent:
    """Send every waiting delivery, once. Safe to run many times and in many workers at once.

    When a channel's other side cannot be reached, what would go by it waits for the next turn.
    Inside a transaction all is sent on the caller's own connection, as another would not see it.
    `pretend` records them as sent and contacts nobody: for demo data alone.
    """
    waiting = _waiting_by_method()
    if not waiting:
        return Sent()
    at_once = 1 if connection.in_atomic_block else settings.MESSAGES_IN_FLIGHT
    run = deliveries.start(by=by)
    turn = _Turn(run, sorted(waiting), pretend=pretend)
    try:
        turn.take(min(at_once, sum(waiting.values())))
    finally:
        counts = turn.sent.counts
        deliveries.end(
            by=by, run=run, sent=counts[DeliveryState.SENT], failed=counts[DeliveryState.FAILED]
        )
        deliveries.release_lock(run)
    return turn.sent


def _waiting_by_method() -> dict[str, int]:
    """How many wait for the worker by each contact method that a channel sends by."""
    counts = (
        Delivery.objects.waiting()
        .filter(message__approved_at__isnull=False, channel__in=list(channel.sending()))
        .order_by()
        .values_list("channel")
        .annotate(number=Count("pk"))
    )
    return dict(counts)


def wording_of(variant: MessageVariant) -> Wording:
    """A variant as every reader gets it, with what its subject adds."""
    subject, about = subjects.of_message(variant.message)
    return Wording(
        language=variant.language,
        subject=variant.subject,
        body=variant.body,
        link=subject.link(about),
        link_words=subject.link_words(about),
        reason=subject.reason(about),
    )


_STATES = {
    Answer.SENT: DeliveryState.SENT,
    Answer.REFUSED: DeliveryState.FAILED,
    Answer.DOUBT: DeliveryState.IN_DOUBT,
    Answer.UNREACHABLE: DeliveryState.WAITING,
}


class _Turn:
    """What the senders of one run share: how far they are, what is prepared, what was counted."""

    def __init__(self, run: SendingRun, methods: list[str], *, pretend: bool) -> None:
        self.run, self.methods, self.pretend = run, methods, pretend
        self.sent = Sent()
        self.after = 0
        self.stopped = Flag()
        self._prepared: dict[tuple[str, int], Any] = {}
        self._lock = Lock()

    def take(self, senders: int) -> None:
        """Send until nothing waits, by so many senders; one works in the caller's own thread."""
        if senders == 1:
            _Sender(self).work()
            return
        with ThreadPoolExecutor(senders, thread_name_prefix="sending") as pool:
            try:
                working = [pool.submit(copy_context().run, self._in_thread) for _ in range(senders)]
                for one in working:
                    one.result()
            finally:
                self.stopped.set()

    def _in_thread(self) -> None:
        """One sender on a database connection of its own. Its fault stops the others too."""
        try:
            _Sender(self).work()
        except BaseException:
            self.stopped.set()
            raise
        finally:
            connection.close()

    def count(self, state: DeliveryState) -> None:
        """One more message ended so."""
        with self._lock:
            self.sent.counts[state] += 1

    def prepared(self, taken: Taken) -> Any:
        """The words of a message as its channel prepared them, once for the whole run."""
        key = taken.channel, taken.variant_id
        with self._lock:
            if key not in self._prepared:
                variant = MessageVariant.objects.select_related("message").get(pk=taken.variant_id)
                by = channel.sending()[taken.channel]
                self._prepared[key] = by.prepare(wording_of(variant))
            return self._prepared[key]


class _Sender:
    """One message after another, by one connection to each channel."""

    def __init__(self, turn: _Turn) -> None:
        self._turn = turn
        self._connections: dict[str, Connection] = {}

    def work(self) -> None:
        """Until nothing waits, no channel can be reached, or the run is stopped."""
        try:
            for method in self._turn.methods:
                self._connect(method)
            if self._connections:
                with SendingQueue(self._turn.run) as queue:
                    self._work_through(queue)
        finally:
            for one in self._connections.values():
                one.close()

    def _work_through(self, queue: SendingQueue) -> None:
        turn = self._turn
        done: Result | None = None
        while True:
            methods = [] if turn.stopped.is_set() else list(self._connections)
            taken = queue.next(done, methods=methods, after=turn.after)
            if taken is None:
                return
            # Those below are taken: no need to pass over their dead rows again.
            turn.after = max(turn.after, taken.id)
            done = None
            if taken.state == DeliveryState.SENDING:
                done = self._send(queue, taken)
            else:
                turn.count(taken.state)

    def _send(self, queue: SendingQueue, taken: Taken) -> Result | None:
        """Send one; its result, or None where that had to be recorded at once."""
        outcome = self._connections[taken.channel].send(
            self._turn.prepared(taken), Recipient(taken.id, taken.name, taken.address)
        )
        state = _STATES[outcome.answer]
        self._turn.count(state)
        result = Result(taken.id, state, outcome.reason)
        if outcome.answer in {Answer.SENT, Answer.REFUSED}:
            return result
        # Connecting again may take long: what is known is recorded before.
        queue.next(result, methods=[], after=0)
        self._connections.pop(taken.channel).close()
        self._connect(taken.channel)
        return None

    def _connect(self, method: str) -> None:
        """Open the channel of a contact method; left out where it cannot be reached."""
        if self._turn.pretend:
            self._connections[method] = _Pretence()
            return
        with suppress(Unreachable):
            self._connections[method] = channel.sending()[method].connect()


class _Pretence(Connection):
    """Takes every message and does nothing with it."""

    def send(self, prepared: Any, recipient: Recipient) -> Outcome:
        return Outcome(Answer.SENT)
