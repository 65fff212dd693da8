"""Which activities certainly ran in a period, by rough dates."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.periods import Month, RoughDate
from engagement.activities.choices import Source
from engagement.activities.models import Activity
from tests.factories import engaging
from tests.factories.world import World

MAY = Month(2026, 5)


def dated(world: World, start: str, end: str, always: bool = False) -> Activity:
    """An activity with the dates given, as text; from the strategy, which may leave any out."""
    return engaging.activity(
        world.officer,
        lead_organisation=world.own,
        source=Source.STRATEGY,
        start=RoughDate.parse(start) if start else None,
        end=RoughDate.parse(end) if end else None,
        is_always_on=always,
    )


@pytest.mark.parametrize(
    ("start", "end", "always", "ran_in_may"),
    [
        ("2026-05-01", "2026-05-01", False, True),
        ("2026-05-31", "2026-06-30", False, True),
        ("2026-04-01", "2026-05-01", False, True),
        ("2026-04-01", "2026-06-30", False, True),
        ("2026-04-01", "2026-04-30", False, False),
        ("2026-06-01", "2026-06-30", False, False),
        ("2026-05", "2026-05", False, True),
        ("2026-05", "2026", False, True),
        ("2026-04", "2026-06", False, True),
        # It ran through May, whichever days of 2025 and of 2027 are meant.
        ("2025", "2027", False, True),
        # Some day of 2026, which may or may not be in May.
        ("2026", "2026", False, False),
        ("2025", "2026", False, False),
        ("2026", "2027", False, False),
        # It is not known whether it went on after its start.
        ("2026-05", "", False, True),
        ("2026-04", "", False, False),
        ("", "2026-05", False, True),
        ("", "2026-06", False, False),
        ("", "", False, False),
        ("2016", "", True, True),
        ("2026-05", "", True, True),
        ("2026-06", "", True, False),
        ("2026", "", True, False),
        ("", "", True, False),
    ],
)
def test_activity_when_its_dates_are_rough_then_it_counts_only_where_it_certainly_ran(
    world: World, start: str, end: str, always: bool, ran_in_may: bool
) -> None:
    activity = dated(world, start, end, always)

    assert Activity.objects.in_month(MAY).filter(pk=activity.pk).exists() is ran_in_may


@pytest.mark.parametrize(
    ("start", "end", "always", "words"),
    [
        ("2026-05-08", "2026-06-12", False, "8 May 2026 to 12 June 2026"),
        ("2026-05", "2026-05", False, "May 2026"),
        ("2016", "", True, "since 2016, always on"),
        ("", "", True, "always on, start not recorded"),
        ("2016", "", False, "from 2016, end not recorded"),
        ("", "2022-01", False, "until January 2022, start not recorded"),
        ("", "", False, "not recorded"),
    ],
)
def test_activity_when_its_dates_are_shown_then_their_precision_is_kept(
    world: World, start: str, end: str, always: bool, words: str
) -> None:
    assert dated(world, start, end, always).dates_in_words == words


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(st.dates(date(2026, 1, 1), date(2026, 12, 31)), min_size=4, max_size=4))
def test_activity_when_its_dates_are_exact_then_it_counts_where_they_overlap_the_period(
    world: World, days: list[date]
) -> None:
    start, end = sorted(days[:2])
    first, last = sorted(days[2:])
    activity = dated(world, start.isoformat(), end.isoformat())

    counted = Activity.objects.in_period(first, last).filter(pk=activity.pk).exists()

    assert counted is (start <= last and end >= first)


def test_activities_when_filtered_by_organisation_then_led_and_partnered_ones_come_once(
    world: World,
) -> None:
    led = engaging.activity(world.officer, partners=[world.partner, world.other])
    partnered = engaging.activity(world.other_officer, partners=[world.own, world.partner])
    engaging.activity(world.other_officer)

    assert set(Activity.objects.of_organisation(world.own)) == {led, partnered}
    assert Activity.objects.of_organisation(world.partner).count() == 2
