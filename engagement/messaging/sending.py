"""Sends waiting deliveries: several messages at once, each claimed, sent outside any transaction
and recorded by itself.
"""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from dataclasses import dataclass, field
from datetime import timedelta
from threading import Event as Flag
from threading import Lock
from time import monotonic
from typing import Any

import structlog
from django.conf import settings
from django.db import DatabaseError, connection
from django.db.models import Count

from core import clock, worker
from core.actors import Actor
from engagement.messaging import subjects
from engagement.messaging.actions import deliveries
from engagement.messaging.actions.sending_queue import ClaimedDelivery, Result, SendingQueue
from engagement.messaging.channels import channel
from engagement.messaging.channels.channel import (
    Connection,
    Content,
    Outcome,
    Recipient,
    Status,
    Unreachable,
)
from engagement.messaging.choices import DeliveryState
from engagement.messaging.models import Delivery, MessageVariant, SendingRun

log = structlog.get_logger(__name__)


@dataclass
class RunResult:
    """How many deliveries of a run ended in each state.

    `faults` says, by the name of a channel, why nothing can be sent by it now.
    """

    counts: Counter[DeliveryState] = field(default_factory=Counter)
    faults: dict[str, str] = field(default_factory=dict)


def send_waiting(
    *, by: Actor, record_only: bool = False, within: timedelta | None = None
) -> RunResult:
    """Send every waiting delivery once. May run many times, and in several workers at once.

    After the time `within`, if given, and once the worker is told to end, no more are begun: the
    rest waits for the next run.

    Where a channel cannot be reached, its deliveries wait for the next run; where nothing is due,
    each channel is tried. Inside a transaction one sender does all on the caller's own connection,
    since no other sees the rows.
    `record_only` records the deliveries as sent and contacts nobody: for demo data.
    """
    waiting = _waiting_by_method()
    if not waiting:
        return RunResult(faults=_channel_faults())
    in_flight = 1 if connection.in_atomic_block else settings.MESSAGES_IN_FLIGHT
    run = deliveries.start(by=by)
    shared = _SharedRun(run, sorted(waiting), record_only=record_only, within=within)
    try:
        shared.send(min(in_flight, sum(waiting.values())))
    finally:
        counts = shared.result.counts
        try:
            deliveries.end(
                by=by, run=run, sent=counts[DeliveryState.SENT], failed=counts[DeliveryState.FAILED]
            )
        finally:
            # A worker keeps its connection: with the lock, a run without end would look alive.
            deliveries.release_lock(run)
    return shared.result


def _channel_faults() -> dict[str, str]:
    """Why a channel cannot be reached now, by its name."""
    faults = {}
    for one in {each.key: each for each in channel.sending_by_method().values()}.values():
        try:
            one.connect().close()
        except Unreachable as error:
            faults[one.label] = str(error)
    return faults


def content_of(variant: MessageVariant) -> Content:
    """A variant as everybody gets it, with the link and the reason that its subject adds."""
    subject, about = subjects.of_message(variant.message)
    return Content(
        language=variant.language,
        subject=variant.subject,
        body=variant.body,
        link=subject.link(about),
        link_text=subject.link_text(about),
        reason=subject.reason(about),
    )


def _waiting_by_method() -> dict[str, int]:
    """The number of deliveries that the worker can send, by contact method."""
    counts = (
        Delivery.objects.due(clock.now())
        .filter(message__approved_at__isnull=False, channel__in=list(channel.sending_by_method()))
        .order_by()
        .values_list("channel")
        .annotate(number=Count("pk"))
    )
    return dict(counts)


_STATES = {
    Status.SENT: DeliveryState.SENT,
    Status.REFUSED: DeliveryState.FAILED,
    Status.IN_DOUBT: DeliveryState.IN_DOUBT,
    Status.NOT_NOW: DeliveryState.WAITING,
}
#: A sender gives a channel up for this run when so many connections in a row closed untimely.
_CLOSED_CONNECTIONS = 2
_CANNOT_BE_MADE = "The message could not be made, so nothing was sent."


class _SharedRun:
    """What the senders of one run share: how far they are, prepared messages, the counts."""

    def __init__(
        self, run: SendingRun, methods: list[str], *, record_only: bool, within: timedelta | None
    ) -> None:
        self.run, self.methods, self.record_only = run, methods, record_only
        self._ends_at = monotonic() + within.total_seconds() if within is not None else None
        self.result = RunResult()
        self.last_claimed = 0
        self.stopped = Flag()
        self._prepared: dict[tuple[str, int], Any] = {}
        self._lock = Lock()

    @property
    def is_over(self) -> bool:
        """Whether no more messages are to be begun."""
        is_late = self._ends_at is not None and monotonic() >= self._ends_at
        return is_late or self.stopped.is_set() or worker.is_ending()

    def send(self, senders: int) -> None:
        """Send until nothing waits. A single sender works in the caller's own thread."""
        if senders == 1:
            _Sender(self).work()
            return
        with ThreadPoolExecutor(senders, thread_name_prefix="sending") as pool:
            try:
                working = [pool.submit(copy_context().run, self._in_thread) for _ in range(senders)]
                for future in working:
                    future.result()
            finally:
                self.stopped.set()

    def _in_thread(self) -> None:
        """Run one sender on a database connection of its own. Its failure stops the others."""
        try:
            _Sender(self).work()
        except BaseException:
            self.stopped.set()
            raise
        finally:
            connection.close()

    def add(self, counts: Counter[DeliveryState]) -> None:
        """Add what became of the deliveries of one sender."""
        with self._lock:
            self.result.counts.update(counts)

    def report(self, method: str, fault: str) -> None:
        """Say why nothing can be sent by a contact method."""
        with self._lock:
            self.result.faults[channel.for_method(method).label] = fault

    def prepared(self, claimed: ClaimedDelivery) -> Any:
        """The message as its channel prepared it, once for the whole run."""
        key = claimed.channel, claimed.variant_id
        with self._lock:
            if key not in self._prepared:
                variant = MessageVariant.objects.select_related("message").get(
                    pk=claimed.variant_id
                )
                sending_channel = channel.sending_by_method()[claimed.channel]
                self._prepared[key] = sending_channel.prepare(content_of(variant))
            return self._prepared[key]


class _Sender:
    """Sends one message after another, with one open connection for each contact method."""

    def __init__(self, shared: _SharedRun) -> None:
        self._shared = shared
        self._connections: dict[str, Connection] = {}
        self._closed: Counter[str] = Counter()

    def work(self) -> None:
        """Send until nothing waits, no channel can be reached, or the run is stopped."""
        try:
            for method in self._shared.methods:
                self._connect(method)
            if self._connections:
                with SendingQueue(self._shared.run) as queue:
                    try:
                        self._work_through(queue)
                    finally:
                        self._shared.add(queue.counts)
        finally:
            for each in self._connections.values():
                each.close()

    def _work_through(self, queue: SendingQueue) -> None:
        shared = self._shared
        done: Result | None = None
        while True:
            methods = [] if shared.is_over else list(self._connections)
            claimed = queue.next(done, methods=methods, after=shared.last_claimed)
            if claimed is None:
                return
            # Lower numbers are claimed: looking from here on skips their dead row versions.
            shared.last_claimed = max(shared.last_claimed, claimed.id)
            done = None
            if claimed.state == DeliveryState.SENDING:
                done = self._send(queue, claimed)

    def _send(self, queue: SendingQueue, claimed: ClaimedDelivery) -> Result | None:
        """Send one message. Gives its result, or None where that is recorded already."""
        try:
            prepared = self._shared.prepared(claimed)
        except DatabaseError:
            raise
        except Exception:
            # Made by the wing that the message is about. Whatever is wrong there, nothing was sent,
            # and messages about other things go out.
            log.exception("message_not_made", delivery=claimed.id)
            self._shared.report(claimed.channel, _CANNOT_BE_MADE)
            return Result(claimed.id, DeliveryState.WAITING, _CANNOT_BE_MADE)
        outcome = self._connections[claimed.channel].send(
            prepared, Recipient(claimed.id, claimed.name, claimed.address)
        )
        result = Result(claimed.id, _STATES[outcome.status], outcome.reason)
        if not outcome.is_closed:
            self._closed[claimed.channel] = 0
            return result
        # Connecting again may take long, so the result is recorded first.
        queue.next(result, methods=[], after=0)
        self._connections.pop(claimed.channel).close()
        self._closed[claimed.channel] += 1
        if self._closed[claimed.channel] < _CLOSED_CONNECTIONS:
            self._connect(claimed.channel)
        else:
            self._shared.report(claimed.channel, outcome.reason)
        return None

    def _connect(self, method: str) -> None:
        """Open the channel of a contact method; left out where it cannot be reached."""
        if self._shared.record_only:
            self._connections[method] = _RecordOnlyConnection()
            return
        try:
            self._connections[method] = channel.sending_by_method()[method].connect()
        except Unreachable as error:
            self._shared.report(method, str(error))


class _RecordOnlyConnection(Connection):
    """Reports every message as sent and sends none."""

    def send(self, prepared: Any, recipient: Recipient) -> Outcome:
        return Outcome(Status.SENT)
