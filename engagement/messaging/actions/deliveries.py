"""Deliveries: the runs that send them, and the settling of those that a run could not complete.

Every database connection of a run holds an advisory lock on the run's number. A run whose lock is
free is dead: what it was sending, at most one message for each of its connections, is in doubt,
since it cannot be known whether it arrived. The audit trail has one row for the start of a run and
one for its end; what happens between the two is recorded on the delivery rows (`sending_queue`).
"""

from django.core.exceptions import ValidationError
from django.db import connection
from django.db.models import F

from core import clock
from core.acting import act, describe, lock, save, update
from core.actors import Actor
from engagement.messaging.actions.sending_queue import LOCK_CLASS
from engagement.messaging.channels import channel
from engagement.messaging.choices import TO_SETTLE, DeliveryState, Event
from engagement.messaging.models import Delivery, SendingRun
from engagement.messaging.permissions import Permission
from engagement.people.actions import persons
from engagement.people.models import Contact


@act(Event.SENDING_STARTED, needs=Permission.DELIVERY_SEND)
def start(*, by: Actor) -> SendingRun:
    """Start a run, and hold its lock on this connection until `release_lock`."""
    run = save(SendingRun(started_at=clock.now()))
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock_shared(%s, %s)", [LOCK_CLASS, run.pk])
    return run


@act(Event.SENDING_ENDED, needs=Permission.DELIVERY_SEND, on="run")
def end(*, by: Actor, run: SendingRun, sent: int = 0, failed: int = 0) -> SendingRun:
    """End a run. What it was still sending is in doubt.

    `sent` and `failed` are the numbers that its worker counted, for the audit trail.
    """
    run, in_doubt = _end(run)
    describe(f"Sending run {run.pk}: {sent} sent, {failed} failed, {in_doubt} in doubt")
    return run


@act(Event.DEAD_RUNS_ENDED, needs=Permission.DELIVERY_SEND)
def end_dead_runs(*, by: Actor) -> list[SendingRun]:
    """End every run whose worker is gone, which shows by its lock being free."""
    ended, in_doubt = [], 0
    for run in SendingRun.objects.unfinished().select_for_update(skip_locked=True).order_by("pk"):
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_xact_lock(%s, %s)", [LOCK_CLASS, run.pk])
            is_dead = cursor.fetchone()[0]
        if is_dead:
            run, number = _end(run)
            ended.append(run)
            in_doubt += number
    describe(f"{len(ended)} ended, {in_doubt} messages in doubt")
    return ended


@act(Event.DELIVERY_SETTLED, needs=Permission.DELIVERY_SETTLE, on="delivery")
def settle(
    *, by: Actor, delivery: Delivery, outcome: DeliveryState | str, reason: str = ""
) -> Delivery:
    """Record what became of a delivery that is in doubt, failed or to be told by hand.

    `outcome` is `sent` (it arrived, or they were told), `waiting` (send it again) or
    `cannot_reach`, which needs a reason. Refuses a delivery in another state, and sending again by
    a contact method that no channel sends by.
    """
    delivery = lock(delivery)
    outcome = DeliveryState(outcome)
    if delivery.state not in TO_SETTLE:
        raise ValidationError(
            f"This delivery is {delivery.get_state_display().lower()}, so there is nothing to "
            f"resolve."
        )
    if outcome not in {DeliveryState.SENT, DeliveryState.WAITING, DeliveryState.CANNOT_REACH}:
        raise ValidationError({"outcome": "Select what happened"})
    if outcome == DeliveryState.WAITING and delivery.channel not in channel.sending_by_method():
        raise ValidationError({"outcome": "The worker cannot send this one: it goes by hand."})
    if outcome == DeliveryState.CANNOT_REACH and not reason.strip():
        raise ValidationError({"reason": "Say why they cannot be contacted"})
    update(
        delivery,
        state=outcome,
        reason=reason,
        run=None,
        refused_since=None,
        retry_at=None,
        sent_at=clock.now() if outcome == DeliveryState.SENT else None,
        settled_at=clock.now(),
        settled_by=by.answerable,
    )
    describe(f"Resolved as {outcome.label.lower()}", fields=["state"])
    return delivery


def release_lock(run: SendingRun) -> None:
    """Release the run's lock on this connection."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_unlock_shared(%s, %s)", [LOCK_CLASS, run.pk])


_STOPPED = "The worker stopped while sending this one. It may or may not have arrived."


def _end(run: SendingRun) -> tuple[SendingRun, int]:
    """End a run. Gives its row as it now is, and how many deliveries are in doubt."""
    run = lock(run)
    in_doubt = Delivery.objects.filter(run=run, state=DeliveryState.SENDING).update(
        state=DeliveryState.IN_DOUBT, reason=_STOPPED, attempts=F("attempts") + 1
    )
    update(run, ended_at=run.ended_at or clock.now())
    return run, in_doubt


@persons.on_contact_absorbed
def _move_deliveries(kept: Contact, lost: Contact) -> None:
    """Give the deliveries of a contact that is merged into another to the one that is kept."""
    _readdress(lost, to=kept)


@persons.on_contact_moved
def _follow_contact(contact: Contact, before: int) -> None:
    """Give a contact's deliveries to the person that the contact now belongs to."""
    _readdress(contact, to=contact)


def _readdress(contact: Contact, *, to: Contact) -> None:
    """Give a contact's deliveries to another contact and its person.

    Where that person has a delivery of the same message, the one that got further is kept. Refuses
    while one of the two is being sent.
    """
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
        if other is not None and _got_further(other, delivery):
            delivery.delete()
            continue
        if other is not None:
            other.delete()
        update(delivery, contact=to, person_id=to.person_id)


#: From the state that got furthest on: whoever may still be told must not be lost.
_PROGRESS = [
    DeliveryState.SENT,
    DeliveryState.IN_DOUBT,
    DeliveryState.SENDING,
    DeliveryState.WAITING,
    DeliveryState.BY_HAND,
    DeliveryState.FAILED,
    DeliveryState.CANNOT_REACH,
]


def _got_further(one: Delivery, other: Delivery) -> bool:
    return _PROGRESS.index(DeliveryState(one.state)) <= _PROGRESS.index(DeliveryState(other.state))
