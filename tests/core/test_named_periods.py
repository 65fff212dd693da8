"""Quarters, financial years and any two days: keys, words and the period before."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import periods
from core.periods import FinancialYear, Month, Period, Quarter

days = st.dates(date(2014, 1, 1), date(2098, 12, 31))
every_period = st.one_of(
    days.map(Month.of),
    days.map(Quarter.of),
    days.map(FinancialYear.of),
    st.tuples(days, days).map(lambda two: Period(*sorted(two))),
)


@given(every_period)
def test_period_when_parsed_from_its_key_then_it_is_the_same(period: Period) -> None:
    read = periods.parse(period.key)

    assert read == period
    assert type(read) is type(period)
    assert str(period) == period.key


@given(every_period)
def test_period_when_asked_for_the_one_before_then_they_touch_and_are_of_one_kind(
    period: Period,
) -> None:
    before = period.previous()

    assert before.last + timedelta(days=1) == period.first
    assert before.ends_before == period.starts_at
    assert type(before) is type(period)


@pytest.mark.parametrize(
    ("key", "first", "last", "words", "before"),
    [
        ("2026-10", date(2026, 10, 1), date(2026, 10, 31), "October 2026", "2026-09"),
        ("2026-Q3", date(2026, 7, 1), date(2026, 9, 30), "July to September 2026", "2026-Q2"),
        ("2026-Q1", date(2026, 1, 1), date(2026, 3, 31), "January to March 2026", "2025-Q4"),
        ("2025-26", date(2025, 4, 1), date(2026, 3, 31), "April 2025 to March 2026", "2024-25"),
        ("2099-00", date(2099, 4, 1), date(2100, 3, 31), "April 2099 to March 2100", "2098-99"),
        (
            "2026-10-01..2026-10-15",
            date(2026, 10, 1),
            date(2026, 10, 15),
            "1 October 2026 to 15 October 2026",
            "2026-09-16..2026-09-30",
        ),
        (
            "2026-10-01..2026-10-01",
            date(2026, 10, 1),
            date(2026, 10, 1),
            "1 October 2026",
            "2026-09-30..2026-09-30",
        ),
    ],
)
def test_period_when_parsed_then_its_days_words_and_the_one_before_are_known(
    key: str, first: date, last: date, words: str, before: str
) -> None:
    period = periods.parse(key)

    assert (period.first, period.last, period.words) == (first, last, words)
    assert period.previous().key == before


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2026",
        "2026-Q0",
        "2026-Q5",
        "1999-Q4",
        "2026-00",
        "2025-27",
        "1998-99",
        "2026-10-01",
        "2026-10-15..2026-10-01",
        "2026-02-30..2026-03-01",
        "1999-12-31..2000-01-02",
        "2026-10\n",
        "٢٠٢٦-Q1",
    ],
)
def test_period_when_the_text_is_none_then_it_is_refused_with_a_sentence(text: str) -> None:
    with pytest.raises(ValueError, match=r"\w+ .*"):
        periods.parse(text)


def test_financial_year_when_its_key_would_read_as_a_month_then_it_is_refused() -> None:
    with pytest.raises(ValueError, match="2012-13 to 2099-00"):
        FinancialYear(2011)


def test_quarter_when_a_year_has_no_such_quarter_then_it_is_refused() -> None:
    with pytest.raises(ValueError, match="quarters 1 to 4"):
        Quarter(2026, 5)


def test_financial_year_when_summer_time_begins_in_march_then_it_starts_by_londons_clock() -> None:
    year = FinancialYear(2026)

    assert year.starts_at == datetime(2026, 3, 31, 23, 0, tzinfo=UTC)
    assert year.ends_before == datetime(2027, 3, 31, 23, 0, tzinfo=UTC)
