"""The clock, running and set."""

from datetime import UTC, date, datetime, timedelta
from threading import Thread

import pytest
from django.utils import timezone

from core import clock

MIDSUMMER = datetime(2026, 6, 20, 23, 30, tzinfo=UTC)


def test_now_when_nothing_is_set_then_it_is_the_present_with_its_zone() -> None:
    before = timezone.now()

    now = clock.now()

    assert before <= now <= before + timedelta(minutes=1)
    assert timezone.is_aware(now)


def test_today_when_london_is_past_midnight_and_utc_is_not_then_it_is_londons_day() -> None:
    with clock.set_to(MIDSUMMER):
        assert clock.today() == date(2026, 6, 21)


def test_set_to_when_nested_then_the_outer_moment_comes_back() -> None:
    with clock.set_to(MIDSUMMER):
        with clock.set_to(MIDSUMMER + timedelta(days=1)):
            pass

        assert clock.now() == MIDSUMMER


def test_set_to_when_an_error_is_raised_inside_then_the_clock_runs_again() -> None:
    with pytest.raises(ZeroDivisionError), clock.set_to(MIDSUMMER):
        1 / 0  # noqa: B018  # to break

    assert clock.now() > MIDSUMMER


def test_set_to_when_the_moment_has_no_zone_then_it_is_refused() -> None:
    with (
        pytest.raises(ValueError, match="time zone"),
        clock.set_to(datetime(2026, 6, 20)),  # noqa: DTZ001  # the point of the test
    ):
        pass


def test_set_to_when_another_thread_asks_then_it_has_the_present() -> None:
    asked: list[datetime] = []

    with clock.set_to(MIDSUMMER):
        thread = Thread(target=lambda: asked.append(clock.now()))
        thread.start()
        thread.join(timeout=30)

    assert asked[0] != MIDSUMMER
