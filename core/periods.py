"""Months, and dates that people know only roughly."""

import calendar
import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Self

from core import clock

MONTHS = list(calendar.month_name)


def in_words(day: date) -> str:
    """A date as the NHS writes it: 27 March 2027."""
    return f"{day.day} {MONTHS[day.month]} {day.year}"


@dataclass(frozen=True, order=True)
class Month:
    """One calendar month, London time. `first` and `last` are both inside it."""

    year: int
    number: int

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read `YYYY-MM`; refuses anything else with a sentence."""
        if not (found := re.fullmatch(r"(\d{4})-(\d{2})", text, re.ASCII)):
            raise ValueError(f"Give the month as YYYY-MM, for example 2026-10, not “{text}”.")
        year, number = int(found[1]), int(found[2])
        if not (2000 <= year <= 2199 and 1 <= number <= 12):
            raise ValueError(f"There is no month {text}. Give a month such as 2026-10.")
        return cls(year, number)

    @classmethod
    def of(cls, day: date) -> Self:
        """The month a day lies in."""
        return cls(day.year, day.month)

    @property
    def key(self) -> str:
        return f"{self.year:04}-{self.number:02}"

    @property
    def words(self) -> str:
        return f"{MONTHS[self.number]} {self.year}"

    @property
    def first(self) -> date:
        return date(self.year, self.number, 1)

    @property
    def last(self) -> date:
        return date(self.year, self.number, calendar.monthrange(self.year, self.number)[1])

    @property
    def starts_at(self) -> datetime:
        """The first moment of the month in London."""
        return clock.start_of(self.first)

    @property
    def ends_before(self) -> datetime:
        """The first moment of the next month in London."""
        return self.shift(1).starts_at

    @property
    def is_over(self) -> bool:
        return self.last < clock.today()

    def shift(self, months: int) -> Self:
        """The month so many later, or earlier when negative."""
        years, number = divmod(self.number - 1 + months, 12)
        return type(self)(self.year + years, number + 1)

    def __str__(self) -> str:
        return self.key


@dataclass(frozen=True)
class RoughDate:
    """A date kept with the precision it was given: a day, a month or a year.

    `earliest` and `latest` are the first and the last day it can have been, both included.
    """

    earliest: date
    latest: date

    def __post_init__(self) -> None:
        if self.latest < self.earliest:
            raise ValueError("A rough date ends before it begins.")

    @classmethod
    def of(cls, year: int, month: int | None = None, day: int | None = None) -> Self:
        """From the parts that are known. A day without a month is refused."""
        if day is not None:
            if month is None:
                raise ValueError("A day needs its month.")
            exact = date(year, month, day)
            return cls(exact, exact)
        if month is not None:
            whole = Month(year, month)
            return cls(date(year, month, 1), whole.last)
        return cls(date(year, 1, 1), date(year, 12, 31))

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read `2016`, `2022-01` or `2022-01-31`."""
        return cls.of(*(int(part) for part in text.split("-")))

    @classmethod
    def on(cls, day: date) -> Self:
        return cls(day, day)

    @property
    def is_exact(self) -> bool:
        return self.earliest == self.latest

    @property
    def words(self) -> str:
        """27 March 2027, March 2027, 2027; other spans as their two ends."""
        first, last = self.earliest, self.latest
        if first == last:
            return in_words(first)
        if (first, last) == (date(first.year, 1, 1), date(first.year, 12, 31)):
            return str(first.year)
        month = Month.of(first)
        if (first, last) == (month.first, month.last):
            return month.words
        return f"between {in_words(first)} and {in_words(last)}"


def days_after(day: date, number: int) -> date:
    return day + timedelta(days=number)


def quarter_of(day: date) -> tuple[date, date]:
    """First and last day of the calendar quarter a day lies in."""
    first = Month(day.year, day.month - (day.month - 1) % 3)
    return first.first, first.shift(2).last
