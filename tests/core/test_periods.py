"""Months, quarters and rough dates: parsing, words and arithmetic."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import clock
from core.periods import Month, RoughDate, days_after, in_words, quarter_of

days = st.dates(date(2000, 1, 1), date(2199, 12, 31))
months = days.map(Month.of)


@given(months)
def test_month_when_parsed_from_its_key_then_it_is_the_same(month: Month) -> None:
    assert Month.parse(month.key) == month
    assert str(month) == month.key


@given(days)
def test_month_when_taken_of_a_day_then_the_day_lies_in_it_and_its_neighbours_do_not_touch(
    day: date,
) -> None:
    month = Month.of(day)

    assert month.first <= day <= month.last
    assert month.shift(1).first == month.last + timedelta(days=1)


@given(months, st.integers(-1000, 1000))
def test_month_when_shifted_there_and_back_then_it_is_the_same(month: Month, by: int) -> None:
    assert month.shift(by).shift(-by) == month


@given(st.text(max_size=12))
def test_month_when_parsed_from_any_text_then_it_is_read_or_refused_with_a_sentence(
    text: str,
) -> None:
    try:
        read = Month.parse(text).key
    except ValueError as refusal:
        read = str(refusal)

    assert text in read


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2026",
        "2026-13",
        "2026-00",
        "26-01",
        "2026-1",
        "2026-01-01",
        "1999-12",
        "2200-01",
        "2026-01\n",
        " 2026-01",
        "٢٠٢٦-٠١",
        "+026-01",
        "2026/01",
    ],
)
def test_month_when_the_text_is_no_month_then_it_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="month"):
        Month.parse(text)


def test_month_when_the_clocks_change_in_it_then_it_starts_and_ends_by_londons_clock() -> None:
    march = Month(2027, 3)

    assert march.starts_at == datetime(2027, 3, 1, 0, 0, tzinfo=UTC)
    assert march.ends_before == datetime(2027, 3, 31, 23, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("moment", "is_over"),
    [
        (datetime(2027, 3, 31, 22, 59, tzinfo=UTC), False),
        (datetime(2027, 3, 31, 23, 0, tzinfo=UTC), True),
    ],
)
def test_month_when_asked_at_londons_midnight_then_it_knows_whether_it_is_over(
    moment: datetime, is_over: bool
) -> None:
    with clock.set_to(moment):
        assert Month(2027, 3).is_over is is_over


@pytest.mark.parametrize(
    ("text", "earliest", "latest", "words"),
    [
        ("2016", date(2016, 1, 1), date(2016, 12, 31), "2016"),
        ("2022-01", date(2022, 1, 1), date(2022, 1, 31), "January 2022"),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29), "February 2024"),
        ("2027-03-27", date(2027, 3, 27), date(2027, 3, 27), "27 March 2027"),
    ],
)
def test_rough_date_when_parsed_then_it_keeps_the_precision_it_was_given(
    text: str, earliest: date, latest: date, words: str
) -> None:
    rough = RoughDate.parse(text)

    assert (rough.earliest, rough.latest, rough.words) == (earliest, latest, words)
    assert rough.is_exact is (earliest == latest)


@given(days)
def test_rough_date_when_parsed_from_more_or_less_of_a_day_then_the_day_lies_in_it(
    day: date,
) -> None:
    text = day.isoformat()

    for length in (4, 7, 10):
        rough = RoughDate.parse(text[:length])
        assert rough.earliest <= day <= rough.latest

    assert RoughDate.parse(text) == RoughDate.on(day)


@given(days, days)
def test_rough_date_when_it_spans_two_days_then_its_words_name_what_is_known(
    one: date, other: date
) -> None:
    first, last = sorted((one, other))

    words = RoughDate(first, last).words

    assert str(last.year) in words
    assert words.startswith("between ") == (
        RoughDate(first, last)
        not in {
            RoughDate.on(first),
            RoughDate.of(first.year),
            RoughDate.of(first.year, first.month),
        }
    )


@pytest.mark.parametrize("text", ["", "soon", "2022-13", "2022-02-30", "2022-01-01-01", "-2022"])
def test_rough_date_when_the_text_is_no_date_then_it_is_refused(text: str) -> None:
    with pytest.raises((ValueError, TypeError)):
        RoughDate.parse(text)


def test_rough_date_when_it_ends_before_it_begins_then_it_is_refused() -> None:
    with pytest.raises(ValueError, match="ends before it begins"):
        RoughDate(date(2027, 2, 1), date(2027, 1, 1))


def test_rough_date_when_a_day_has_no_month_then_it_is_refused() -> None:
    with pytest.raises(ValueError, match="needs its month"):
        RoughDate.of(2027, None, 3)


@given(days)
def test_quarter_when_taken_of_a_day_then_it_has_three_months_and_the_day(day: date) -> None:
    first, last = quarter_of(day)

    assert first <= day <= last
    assert first.month in {1, 4, 7, 10}
    assert Month.of(first).shift(2) == Month.of(last)
    assert quarter_of(first) == quarter_of(last) == (first, last)


def test_days_when_counted_over_the_end_of_february_then_the_calendar_is_kept() -> None:
    assert days_after(date(2028, 2, 28), 2) == date(2028, 3, 1)


def test_day_when_written_in_words_then_it_is_as_the_nhs_writes_it() -> None:
    assert in_words(date(2027, 3, 7)) == "7 March 2027"
