"""Deliveries: taken up by a run, sent outside any transaction, recorded one by one; nobody told
twice, nobody lost.

Every connection of a run holds the database lock of its number. A run whose lock is free is dead:
what it was sending, one message for each of its connections at most, is shown as in doubt, since
nobody can know whether it arrived. What happens between a run's beginning and its end is recorded
on the delivery rows (`sending_queue`); the audit trail has one row for each of the two.
"""

from django.core.exceptions import ValidationError
from django.db import connection
from django.db.models import F

from core import clock
from core.acting import act, describe, lock, save, update
from core.actors import Actor
from engagement.messaging.actions.sending_queue import LOCKS
from engagement.messaging.channels import channel
from engagement.messaging.choices import DeliveryState, Event
from engagement.messaging.models import Delivery, SendingRun
from engagement.messaging.permissions import Permission
from engagement.people.actions import persons
from engagement.people.models import Contact


@act(Event.SENDING_STARTED, needs=Permission.DELIVERY_SEND)
def start(*, by: Actor) -> SendingRun:
    """Begin a run, and hold its lock on this connection until `release_lock`."""
    run = save(SendingRun(started_at=clock.now()))
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock_shared(%s, %s)", [LOCKS, run.pk])
    return run


@act(Event.SENDING_ENDED, needs=Permission.DELIVERY_SEND, on="run")
def end(*, by: Actor, run: SendingRun, sent: int = 0, failed: int = 0) -> SendingRun:
    """The run is over; what it was still sending is in doubt.

    `sent` and `failed` are the numbers its worker counted, for the audit trail.
    """
    run, in_doubt = _end(run)
    describe(f"Sending run {run.pk}: {sent} sent, {failed} failed, {in_doubt} in doubt")
    return run


@act(Event.DEAD_RUNS_ENDED, needs=Permission.DELIVERY_SEND)
def end_dead_runs(*, by: Actor) -> list[SendingRun]:
    """End every run whose worker is gone, known by its lock being free."""
    ended, in_doubt = [], 0
    for run in SendingRun.objects.unfinished().select_for_update(skip_locked=True).order_by("pk"):
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_xact_lock(%s, %s)", [LOCKS, run.pk])
            is_dead = cursor.fetchone()[0]
        if is_dead:
            run, number = _end(run)  # the row as it now stands
            ended.append(run)
            in_doubt += number
    describe(f"{len(ended)} ended, {in_doubt} messages in doubt")
    return ended


@act(Event.DELIVERY_SETTLED, needs=Permission.DELIVERY_SETTLE, on="delivery")
def settle(
    *, by: Actor, delivery: Delivery, outcome: DeliveryState | str, reason: str = ""
) -> Delivery:
    """A person says what became of one in doubt, failed or to be told by hand.

    `sent` it arrived, or they were told; `waiting` send it again; `cannot_reach` with the reason.
    """
    delivery = lock(delivery)
    outcome = DeliveryState(outcome)
    if delivery.state not in {DeliveryState.IN_DOUBT, DeliveryState.FAILED, DeliveryState.BY_HAND}:
        raise ValidationError(
            f"This delivery is {delivery.get_state_display().lower()}: there is nothing to settle."
        )
    if outcome not in {DeliveryState.SENT, DeliveryState.WAITING, DeliveryState.CANNOT_REACH}:
        raise ValidationError({"outcome": "Choose what became of it."})
    if outcome == DeliveryState.WAITING and delivery.channel not in channel.sending():
        raise ValidationError({"outcome": "The worker cannot send this one: it goes by hand."})
    if outcome == DeliveryState.CANNOT_REACH and not reason.strip():
        raise ValidationError({"reason": "Say why they cannot be reached."})
    update(
        delivery,
        state=outcome,
        reason=reason,
        run=None,
        sent_at=clock.now() if outcome == DeliveryState.SENT else None,
        settled_at=clock.now(),
        settled_by=by.answerable,
    )
    describe(f"Settled as {outcome.label.lower()}", fields=["state"])
    return delivery


def release_lock(run: SendingRun) -> None:
    """Let go of the run's lock on this connection."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_unlock_shared(%s, %s)", [LOCKS, run.pk])


_STOPPED = "The worker stopped while sending this one. It may or may not have arrived."


def _end(run: SendingRun) -> tuple[SendingRun, int]:
    """The run, ended, and how many messages are in doubt by it."""
    run = lock(run)
    in_doubt = Delivery.objects.filter(run=run, state=DeliveryState.SENDING).update(
        state=DeliveryState.IN_DOUBT, reason=_STOPPED, attempts=F("attempts") + 1
    )
    update(run, ended_at=run.ended_at or clock.now())
    return run, in_doubt


@persons.on_contact_absorbed
def _move_deliveries(kept: Contact, lost: Contact) -> None:
    """Deliveries to a contact that goes become those of the one that stays."""
    _readdress(lost, to=kept)


@persons.on_contact_moved
def _follow_person(contact: Contact, before: int) -> None:
    """A contact's deliveries are to the person it is of."""
    _readdress(contact, to=contact)


def _readdress(contact: Contact, *, to: Contact) -> None:
    """Of two deliveries of one message to one person the one that went further stays."""
    for delivery in Delivery.objects.select_for_update().filter(contact=contact):
        other = (
            Delivery.objects.select_for_update()
            .filter(message=delivery.message_id, person=to.person_id)
            .exclude(pk=delivery.pk)
            .first()
        )
        if DeliveryState.SENDING in {delivery.state, other.state if other else ""}:
            raise ValidationError(
                "A message is being sent to them now. Try again in a few minutes."
            )
        if other is not None and _went_further(other, delivery):
            delivery.delete()
            continue
        if other is not None:
            other.delete()
        update(delivery, contact=to, person_id=to.person_id)


def _went_further(one: Delivery, other: Delivery) -> bool:
    order: list[str] = [DeliveryState.SENT, DeliveryState.IN_DOUBT, DeliveryState.BY_HAND]
    ranks = [order.index(row.state) if row.state in order else len(order) for row in (one, other)]
    return ranks[0] <= ranks[1]
