"""Deliveries: claimed by a run, sent outside any transaction, marked one by one; nobody told twice,
nobody lost.

A run holds a database lock of its own number for as long as its worker lives. A run whose lock is
free is dead: what it had only claimed goes back to waiting, and the one message it was sending is
shown as in doubt, since nobody can know whether it arrived. The steps between a run's beginning and
its end are recorded on the delivery rows; the audit trail has one row for each batch and each end.
"""

from django.core.exceptions import ValidationError
from django.db import connection
from django.db.models import F

from core import clock
from core.acting import act, alter, locked, note, record
from core.choices import Event, Permission
from core.models import User
from engagement.choices import DeliveryState
from engagement.models import Delivery, SendingRun

#: First half of the two-part number of a run's lock, so that it meets no other lock of ours.
_LOCKS = 14_245


class RunLost(Exception):
    """This run no longer holds what it was sending: it stops at once and sends nothing more."""


@act(Event.DELIVERIES_CLAIMED, needs=Permission.DELIVERY_SEND)
def claim(
    *, by: User, run: SendingRun | None, limit: int = 200
) -> tuple[SendingRun, list[Delivery]]:
    """Take up to `limit` waiting deliveries for a run (a new one when None), leaving alone what
    others hold.
    """
    if run is None:
        run = record(SendingRun(started_at=clock.now()))
        with connection.cursor() as cursor:
            cursor.execute("select pg_advisory_lock(%s, %s)", [_LOCKS, run.pk])
    claimed = list(
        Delivery.objects.waiting()
        .filter(notice__approved_at__isnull=False)
        .select_for_update(skip_locked=True, of=("self",))
        .order_by("pk")[:limit]
    )
    Delivery.objects.filter(pk__in=[delivery.pk for delivery in claimed]).update(
        state=DeliveryState.CLAIMED, run=run
    )
    note(f"{len(claimed)} for sending run {run.pk}", subject=run)
    return run, claimed


def step(
    *,
    run: SendingRun,
    done: Delivery | None,
    outcome: DeliveryState | None,
    reason: str,
    starting: Delivery | None,
) -> None:
    """Between two messages: mark what became of the last and that the next is being sent, in one
    commit.

    Raises `RunLost` where the rows are no longer this run's.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            _STEP,
            {
                "run": run.pk,
                "done": done.pk if done else None,
                "outcome": outcome,
                "reason": reason[:300],
                "sent_at": clock.now() if outcome == DeliveryState.SENT else None,
                "starting": starting.pk if starting else None,
                "claimed": DeliveryState.CLAIMED,
            },
        )
        if not cursor.rowcount:
            raise RunLost(f"What run {run.pk} was sending is no longer its own.")


# One statement and one commit between two messages: this is the path that thousands wait for.
_STEP = """
WITH done AS (
    UPDATE engagement_delivery
    SET state = %(outcome)s, reason = %(reason)s, sent_at = %(sent_at)s, attempts = attempts + 1
    WHERE id = %(done)s AND run_id = %(run)s AND state = %(claimed)s RETURNING id
)
UPDATE engagement_sendingrun SET sending_id = %(starting)s
WHERE id = %(run)s AND ended_at IS NULL AND sending_id IS NOT DISTINCT FROM %(done)s
AND (%(done)s::bigint IS NULL OR EXISTS (SELECT FROM done))
AND (%(starting)s::bigint IS NULL OR EXISTS (
    SELECT FROM engagement_delivery
    WHERE id = %(starting)s AND run_id = %(run)s AND state = %(claimed)s
))
"""


@act(Event.DELIVERIES_RELEASED, needs=Permission.DELIVERY_SEND, on="run")
def end(*, by: User, run: SendingRun) -> SendingRun:
    """The run is over: what it claimed and did not start waits again; what it was sending is in
    doubt.
    """
    return _end(run)


@act(Event.DEAD_RUNS_ENDED, needs=Permission.DELIVERY_SEND)
def end_dead_runs(*, by: User) -> list[SendingRun]:
    """End every run whose worker is gone, known by its lock being free."""
    ended = []
    for run in (
        SendingRun.objects.select_for_update(skip_locked=True).filter(ended_at=None).order_by("pk")
    ):
        with connection.cursor() as cursor:
            cursor.execute("select pg_try_advisory_xact_lock(%s, %s)", [_LOCKS, run.pk])
            is_dead = cursor.fetchone()[0]
        if is_dead:
            ended.append(_end(run))
    note(f"{len(ended)} ended")
    return ended


@act(Event.DELIVERY_SETTLED, needs=Permission.DELIVERY_SETTLE, on="delivery")
def settle(
    *, by: User, delivery: Delivery, outcome: DeliveryState | str, reason: str = ""
) -> Delivery:
    """A person says what became of one in doubt, failed or to be told by hand.

    `sent` it arrived, or they were told; `waiting` send it again; `cannot_reach` with the reason.
    """
    delivery = locked(delivery)
    outcome = DeliveryState(outcome)
    if delivery.state not in {DeliveryState.IN_DOUBT, DeliveryState.FAILED, DeliveryState.BY_HAND}:
        raise ValidationError(
            f"This delivery is {delivery.get_state_display().lower()}: there is nothing to settle."
        )
    if outcome not in {DeliveryState.SENT, DeliveryState.WAITING, DeliveryState.CANNOT_REACH}:
        raise ValidationError({"outcome": "Choose what became of it."})
    if outcome == DeliveryState.WAITING and delivery.state == DeliveryState.BY_HAND:
        raise ValidationError({"outcome": "The worker cannot send this one: it goes by hand."})
    if outcome == DeliveryState.CANNOT_REACH and not reason.strip():
        raise ValidationError({"reason": "Say why they cannot be reached."})
    alter(
        delivery,
        state=outcome,
        reason=reason,
        run=None,
        sent_at=clock.now() if outcome == DeliveryState.SENT else None,
        settled_at=clock.now(),
        settled_by=by,
    )
    note(f"Settled as {outcome.label.lower()}", fields=["state"])
    return delivery


def release_lock(run: SendingRun) -> None:
    """Let go of the run's lock on this connection."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_unlock(%s, %s)", [_LOCKS, run.pk])


_STOPPED = "The worker stopped while sending this one. It may or may not have arrived."


def _end(run: SendingRun) -> SendingRun:
    run = locked(run)
    held = Delivery.objects.filter(run=run, state=DeliveryState.CLAIMED)
    if run.sending_id is not None:
        held.filter(pk=run.sending_id).update(
            state=DeliveryState.IN_DOUBT, reason=_STOPPED, attempts=F("attempts") + 1
        )
    held.update(state=DeliveryState.WAITING)
    run.sending = None
    run.ended_at = clock.now()
    run.save(update_fields=["ended_at", "sending"])
    states = list(Delivery.objects.filter(run=run).values_list("state", flat=True))
    note(
        f"Sending run {run.pk}: {states.count(DeliveryState.SENT)} sent, "
        f"{states.count(DeliveryState.FAILED)} failed, "
        f"{states.count(DeliveryState.IN_DOUBT)} in doubt"
    )
    return run
