"""Filters and globals of templates: dates, numbers and addresses."""

from datetime import UTC, date, datetime, time

import pytest
from django.template import engines

from core.nhsuk import environment
from core.periods import Month, RoughDate


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (date(2027, 3, 27), "27 March 2027"),
        (datetime(2027, 3, 31, 23, 30, tzinfo=UTC), "1 April 2027"),
        (Month(2026, 10), "October 2026"),
        (RoughDate.of(2016), "2016"),
        (None, "Not recorded"),
    ],
)
def test_a_day_in_words(value: date | None, words: str) -> None:
    assert environment.in_day(value) == words


def test_a_datetime_is_shown_in_london_time() -> None:
    assert environment.in_moment(datetime(2027, 7, 1, 17, 30, tzinfo=UTC)) == "1 July 2027, 6:30pm"


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (time(0), "midnight"),
        (time(12), "midday"),
        (time(9, 5), "9:05am"),
        (time(12, 30), "12:30pm"),
        (time(0, 15), "12:15am"),
        (time(18), "6pm"),
    ],
)
def test_a_time_in_words(value: time, words: str) -> None:
    assert environment.in_clock(value) == words


def test_numbers_and_their_nouns() -> None:
    assert environment.in_number(1234) == "1,234"
    assert environment.in_number("fewer than 5") == "fewer than 5"  # type: ignore[arg-type]
    assert environment.in_number(None) == "Not recorded"
    assert environment.plural(1, "person", "people") == "1 person"
    assert environment.plural(2000, "activity", "activities") == "2,000 activities"


def test_pages_escape_and_letters_do_not() -> None:
    jinja = engines.all()[0].env  # type: ignore[attr-defined]  # the first engine is Jinja's

    assert jinja.autoescape("page.html.jinja")
    assert jinja.autoescape("page.html")
    assert jinja.autoescape(None)
    assert not jinja.autoescape("emails/answer.txt")
