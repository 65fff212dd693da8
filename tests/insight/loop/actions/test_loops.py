"""Loops: opened, due, closed by the quarter, none forgotten."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from core import clock
from core.models import AuditEvent
from core.periods import RoughDate
from engagement.activities.choices import Source, Status
from insight.loop.actions import loops
from insight.loop.choices import Event
from insight.loop.models import Loop
from tests.factories import answering, engaging, publishing
from tests.factories.world import World


def test_loop_when_opened_twice_while_people_are_heard_then_it_is_one(world: World) -> None:
    activity = engaging.activity(world.officer)

    first = loops.open_for(by=world.officer, activity=activity)

    assert loops.open_for(by=world.colleague, activity=activity) == first
    assert (first.heard_until, first.due_on) == (None, None)


def test_loop_when_listening_closes_then_the_answer_is_due_in_twenty_eight_days(
    world: World,
) -> None:
    activity = engaging.activity(world.officer)

    loop = answering.closed(activity, by=world.officer, on=date(2027, 3, 1))

    activity.refresh_from_db()
    assert (loop.due_on, activity.status) == (date(2027, 3, 29), Status.LISTENING_CLOSED)
    assert not loop.is_overdue


def test_loop_when_its_day_has_passed_unanswered_then_it_is_overdue(world: World) -> None:
    loop = answering.closed(
        engaging.activity(world.officer), by=world.officer, on=clock.today() - timedelta(days=28)
    )

    assert not loop.is_overdue, "the last day is in time"
    with clock.set_to(clock.now() + timedelta(days=1)):
        assert loop.is_overdue


def test_listening_when_closed_by_mistake_then_it_can_be_taken_back_with_nothing_due(
    world: World,
) -> None:
    activity = engaging.activity(world.officer)
    loop = answering.closed(activity, by=world.officer, on=date(2027, 3, 1))

    loops.reopen_listening(by=world.officer, activity=activity)
    with pytest.raises(ValidationError, match="has not closed"):
        loops.reopen_listening(by=world.officer, activity=activity)
    again = answering.closed(activity, by=world.officer, on=date(2027, 3, 9))

    activity.refresh_from_db()
    assert again == loop
    assert (again.due_on, activity.listening_closed_on) == (date(2027, 4, 6), date(2027, 3, 9))


def test_listening_when_an_answer_is_published_then_it_cannot_be_taken_back(world: World) -> None:
    loop = publishing.answer(world).loop
    assert loop is not None

    with pytest.raises(ValidationError, match="feedback is published"):
        loops.reopen_listening(by=world.officer, activity=loop.activity)


def test_listening_when_it_cannot_close_then_no_loop_falls_due(world: World) -> None:
    activity = engaging.activity(world.officer)
    loop = loops.open_for(by=world.officer, activity=activity)

    with pytest.raises(ValidationError):
        answering.closed(activity, by=world.officer, on=clock.today() + timedelta(days=1))

    loop.refresh_from_db()
    assert loop.due_on is None


def test_night_when_it_comes_then_what_starts_opens_what_ended_is_due_and_twice_changes_nothing(
    world: World,
) -> None:
    start = RoughDate.on(clock.today() + timedelta(days=1))
    starting = engaging.activity(world.officer, start=start)
    ending = engaging.activity(world.officer, end=RoughDate.on(clock.today()))
    going_on = engaging.activity(world.officer)
    rough = engaging.activity(world.officer, end=RoughDate.of(2027))

    with clock.set_to(clock.now() + timedelta(days=1)):
        counts = [loops.open_due(by=world.service), loops.open_due(by=world.service)]

    for activity in (starting, ending, going_on, rough):
        activity.refresh_from_db()
    assert counts == [1, 0]
    assert [one.status for one in (starting, ending, going_on, rough)] == [
        "open",
        "listening_closed",
        "open",
        "open",
    ]
    assert Loop.objects.get().heard_until == ending.end_latest


def test_night_when_one_activity_is_cancelled_meanwhile_then_the_others_fall_due(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    refused, other = (
        engaging.activity(world.officer, end=RoughDate.on(clock.today())) for _ in range(2)
    )
    close = loops.close_listening

    def cancelled_before(**given: Any) -> Loop:
        if given["activity"] == refused:
            type(refused).objects.filter(pk=refused.pk).update(
                status=Status.CANCELLED, cancelled_reason="The hall is closed."
            )
        return close(**given)

    monkeypatch.setattr(loops, "close_listening", cancelled_before)
    with clock.set_to(clock.now() + timedelta(days=1)):
        assert loops.open_due(by=world.service) == 1

    assert Loop.objects.get(due_on__isnull=False).activity == other
    night = AuditEvent.objects.get(event=Event.DUE_LOOPS_OPENED)
    assert night.about == "1 loops fell due, 1 refused"


def test_night_when_an_activity_is_of_the_strategy_then_nothing_falls_due(world: World) -> None:
    activity = engaging.activity(
        world.officer,
        lead_organisation=world.own,
        source=Source.STRATEGY,
        end=RoughDate.of(2027, 3, 9),
    )
    type(activity).objects.update(status=Status.OPEN)

    assert loops.open_due(by=world.service) == 0


def test_quarter_when_somebody_was_heard_in_it_then_its_answer_falls_due_once(
    world: World,
) -> None:
    heard = engaging.activity(world.officer, is_always_on=True)
    engaging.said(heard, by=world.officer, days_ago=90)
    silent = engaging.activity(world.officer, is_always_on=True)
    engaging.said(silent, by=world.officer, days_ago=8)

    counts = [loops.open_due(by=world.service), loops.open_due(by=world.service)]

    loop = Loop.objects.get(heard_until__isnull=False)
    assert counts == [1, 0]
    assert (loop.activity, loop.heard_from, loop.heard_until) == (
        heard,
        date(2026, 10, 1),
        date(2026, 12, 31),
    )
    assert loop.due_on == date(2027, 1, 28)


def test_quarter_when_the_next_one_ends_then_each_has_its_own_loop(world: World) -> None:
    activity = engaging.activity(world.officer, is_always_on=True)
    for last in (date(2026, 9, 30), date(2026, 12, 31)):
        loops.close_quarter(by=world.officer, activity=activity, last=last)

    assert [one.heard_from for one in Loop.objects.order_by("heard_until")] == [
        date(2026, 7, 1),
        date(2026, 10, 1),
    ]


@pytest.mark.parametrize(
    ("last", "always"), [(date(2026, 12, 30), True), (date(2026, 12, 31), False)]
)
def test_quarter_when_not_whole_or_not_always_on_then_closing_it_is_a_mistake(
    world: World, last: date, always: bool
) -> None:
    activity = engaging.activity(world.officer, is_always_on=always)

    with pytest.raises(ValueError, match="Only whole quarters"):
        loops.close_quarter(by=world.officer, activity=activity, last=last)


@pytest.mark.parametrize(
    "wrong",
    [
        {"due_on": None},
        {"due_on": date(2020, 1, 1)},
        {"heard_until": None},
        {"heard_until": None, "due_on": None, "answered_on": date(2027, 3, 9)},
    ],
    ids=str,
)
def test_loop_when_half_a_fact_is_written_then_the_database_refuses(
    world: World, wrong: dict[str, date | None]
) -> None:
    answering.closed(engaging.activity(world.officer), by=world.officer)

    with pytest.raises(IntegrityError), transaction.atomic():
        Loop.objects.update(**wrong)
