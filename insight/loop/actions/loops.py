"""Loops: opened when people begin to be heard, due once listening has closed."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta

import structlog
from django.core.exceptions import ValidationError
from django.db import transaction

from core import clock
from core.acting import act, describe, lock, save
from core.actors import Actor
from core.periods import days_after, quarter_of
from engagement.activities.actions import activities
from engagement.activities.choices import Source, Status
from engagement.activities.models import Activity
from insight.loop.choices import Event
from insight.loop.models import Loop
from insight.loop.permissions import Permission
from insight.loop.selectors import loops as selectors

log = structlog.get_logger(__name__)


@act(Event.LOOP_OPENED, needs=Permission.FINDING_WRITE, on="activity")
def open_for(*, by: Actor, activity: Activity) -> Loop:
    """The loop that is open for what people say now, made where there is none."""
    describe(activity.title)
    return _current(activity)


@act(Event.LOOP_FELL_DUE, needs=Permission.FINDING_WRITE, on="activity")
def close_listening(*, by: Actor, activity: Activity, on: date) -> Loop:
    """Close listening on the day `on`; the answer is due after the number of days promised."""
    activity = activities.close_listening(by=by, activity=activity, on=on)
    loop = _current(activity)
    loop.heard_until, loop.due_on = on, days_after(on, activity.answer_within_days)
    describe(activity.title)
    return save(loop)


@act(Event.LISTENING_REOPENED, needs=Permission.FINDING_WRITE, on="activity")
def reopen_listening(*, by: Actor, activity: Activity) -> Loop:
    """Take back that listening closed, so that no answer is due yet. What is recorded stays.

    Refuses once an answer is published: people were told when listening closed.
    """
    closed_on = lock(activity).listening_closed_on
    loop = Loop.objects.select_for_update().filter(activity=activity, heard_until=closed_on).first()
    if closed_on is None or loop is None:
        raise ValidationError("Listening has not closed, so you cannot reopen it.")
    if selectors.has_answer(activity):
        raise ValidationError(
            "The feedback is published, so you cannot reopen listening. Log a new activity to "
            "ask people again."
        )
    if Loop.objects.filter(activity=activity, heard_until=None).exists():
        raise ValidationError("Listening is open again already.")
    activities.reopen_listening(by=by, activity=activity)
    describe(activity.title, subject=loop)
    loop.heard_until = loop.due_on = None
    return save(loop)


@act(Event.QUARTER_CLOSED, needs=Permission.FINDING_WRITE, on="activity")
def close_quarter(*, by: Actor, activity: Activity, last: date) -> Loop:
    """Make the answer due for a quarter of an activity that never ends.

    `last` is the quarter's last day. A quarter closed before is left as it is.
    """
    first, last_of_quarter = quarter_of(last)
    if last != last_of_quarter or not activity.is_always_on:
        raise ValueError("Only whole quarters of activities that never end are closed this way.")
    done = Loop.objects.filter(activity=activity, heard_until=last).first()
    if done is not None:
        return done
    loop = _current(activity)
    loop.heard_from, loop.heard_until = first, last
    loop.due_on = days_after(last, activity.answer_within_days)
    describe(activity.title)
    return save(loop)


@act(Event.DUE_LOOPS_OPENED, needs=Permission.FINDING_WRITE)
def open_due(*, by: Actor) -> int:
    """The nightly run: the number of loops that fell due.

    Opens activities that start today, closes listening for those that ended yesterday or before,
    and closes the last quarter of activities that never end where somebody was heard in it. A
    second run changes nothing. An activity that is refused, as it was changed meanwhile, waits for
    the next night, and the others do not wait for it; the audit trail counts and the log names it.
    """
    today = clock.today()
    refused: list[Activity] = []
    started = Activity.objects.filter(status=Status.PLANNED, start_latest__lte=today)
    for activity in started:
        with _by_itself(activity, refused):
            activities.open_planned(by=by, activity=activity)
    count = 0
    ended = Activity.objects.filter(
        status=Status.OPEN, is_always_on=False, end_latest__lt=today
    ).exclude(source=Source.STRATEGY)
    for activity in ended:
        if activity.end is not None:
            with _by_itself(activity, refused):
                close_listening(by=by, activity=activity, on=activity.end.latest)
                count += 1
    last = quarter_of(today)[0] - timedelta(days=1)
    for activity in selectors.heard_in_quarter_without_loop(last):
        with _by_itself(activity, refused):
            close_quarter(by=by, activity=activity, last=last)
            count += 1
    describe(f"{count} loops fell due" + (f", {len(refused)} refused" if refused else ""))
    return count


@contextmanager
def _by_itself(activity: Activity, refused: list[Activity]) -> Iterator[None]:
    """Undo what is done here for an activity alone where it is refused."""
    try:
        with transaction.atomic():
            yield
    except ValidationError as refusal:
        log.warning("loop_not_due", activity=activity.pk, why=refusal.messages)
        refused.append(activity)


def _current(activity: Activity) -> Loop:
    loop = Loop.objects.select_for_update().filter(activity=activity, heard_until=None).first()
    return loop or save(Loop(activity=activity, opened_at=clock.now()))
