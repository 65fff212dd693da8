"""Periods (months, quarters, financial years, any two days), and rough dates."""

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
class Period:
    """Days that follow each other, from `first` to `last`, both included, in London.

    Months, quarters and financial years are periods with shorter keys and words. `parse` reads the
    key of any of them. Refuses a last day before the first.
    """

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError(
                f"A period cannot end on {in_words(self.last)} "
                f"when it begins on {in_words(self.first)}."
            )

    @property
    def key(self) -> str:
        """The period in an address: 2026-10-01..2026-10-15."""
        return f"{self.first.isoformat()}..{self.last.isoformat()}"

    @property
    def words(self) -> str:
        """The period in words: 1 October 2026 to 15 October 2026."""
        if self.first == self.last:
            return in_words(self.first)
        return f"{in_words(self.first)} to {in_words(self.last)}"

    @property
    def starts_at(self) -> datetime:
        """The first moment of the period in London."""
        return clock.start_of(self.first)

    @property
    def ends_before(self) -> datetime:
        """The first moment after the period in London."""
        return clock.start_of(days_after(self.last, 1))

    @property
    def is_over(self) -> bool:
        """Whether its last day has passed."""
        return self.last < clock.today()

    def previous(self) -> "Period":
        """The same number of days, ending on the day before this period begins."""
        length = self.last - self.first
        last = self.first - timedelta(days=1)
        return Period(last - length, last)

    def __str__(self) -> str:
        return self.key


class Month(Period):
    """One calendar month: 2026-10."""

    def __init__(self, year: int, number: int) -> None:
        super().__init__(
            date(year, number, 1), date(year, number, calendar.monthrange(year, number)[1])
        )

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read `YYYY-MM`; refuses anything else with a sentence."""
        if not (found := re.fullmatch(r"(\d{4})-(\d{2})", text, re.ASCII)):
            raise ValueError(f"Give the month as YYYY-MM, for example 2026-10, not “{text}”.")
        year, number = int(found[1]), int(found[2])
        if not (_YEARS[0] <= year <= _YEARS[1] and 1 <= number <= 12):
            raise ValueError(f"There is no month {text}. Give a month such as 2026-10.")
        return cls(year, number)

    @classmethod
    def of(cls, day: date) -> Self:
        """The month that a day is in."""
        return cls(day.year, day.month)

    @property
    def year(self) -> int:
        return self.first.year

    @property
    def number(self) -> int:
        """1 for January to 12 for December."""
        return self.first.month

    @property
    def key(self) -> str:
        return f"{self.year:04}-{self.number:02}"

    @property
    def words(self) -> str:
        return f"{MONTHS[self.number]} {self.year}"

    def shift(self, months: int) -> Self:
        """The month this many months later, or earlier when negative."""
        years, number = divmod(self.number - 1 + months, 12)
        return type(self)(self.year + years, number + 1)

    def previous(self) -> Self:
        return self.shift(-1)


class Quarter(Period):
    """Three months of the calendar year, the first beginning in January: 2026-Q3."""

    def __init__(self, year: int, number: int) -> None:
        if number not in range(1, 5):
            raise ValueError(f"There is no quarter {number}. A year has quarters 1 to 4.")
        last_month = Month(year, 3 * number)
        super().__init__(last_month.shift(-2).first, last_month.last)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read `YYYY-Qn`; refuses anything else with a sentence."""
        found = re.fullmatch(r"(\d{4})-Q([1-4])", text, re.ASCII)
        if not found or not _YEARS[0] <= int(found[1]) <= _YEARS[1]:
            raise ValueError(f"Give the quarter as YYYY-Qn, for example 2026-Q3, not “{text}”.")
        return cls(int(found[1]), int(found[2]))

    @classmethod
    def of(cls, day: date) -> Self:
        """The quarter that a day is in."""
        return cls(day.year, (day.month + 2) // 3)

    @property
    def year(self) -> int:
        return self.first.year

    @property
    def number(self) -> int:
        """1 for January to March, up to 4."""
        return self.last.month // 3

    @property
    def key(self) -> str:
        return f"{self.year:04}-Q{self.number}"

    @property
    def words(self) -> str:
        return f"{MONTHS[self.first.month]} to {MONTHS[self.last.month]} {self.year}"

    def previous(self) -> Self:
        return type(self).of(self.first - timedelta(days=1))


class FinancialYear(Period):
    """1 April to 31 March, named by both years: 2025-26.

    Refuses years other than 2012-13 to 2099-00: the key of an earlier one, such as 2011-12, would
    be read as a month.
    """

    def __init__(self, begins: int) -> None:
        if not 2012 <= begins <= 2099:
            raise ValueError("Give a financial year from 2012-13 to 2099-00.")
        super().__init__(date(begins, 4, 1), date(begins + 1, 3, 31))

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read `YYYY-YY`, the second year following the first; refuses anything else."""
        found = re.fullmatch(r"(\d{4})-(\d{2})", text, re.ASCII)
        if not found or (int(found[1]) + 1) % 100 != int(found[2]):
            raise ValueError(
                f"Give the financial year as two years that follow each other, "
                f"for example 2025-26, not “{text}”."
            )
        return cls(int(found[1]))

    @classmethod
    def of(cls, day: date) -> Self:
        """The financial year that a day is in."""
        return cls(day.year if day.month >= 4 else day.year - 1)

    @property
    def key(self) -> str:
        return f"{self.first.year:04}-{self.last.year % 100:02}"

    @property
    def words(self) -> str:
        return f"April {self.first.year} to March {self.last.year}"

    def previous(self) -> Self:
        return type(self)(self.first.year - 1)


#: The first and the last year that a key may name.
_YEARS = (2000, 2199)


def parse(text: str) -> Period:
    """Read a key; refuses anything else with a sentence.

    2026-10 is a month, 2026-Q3 a quarter, 2025-26 a financial year, and 2026-10-01..2026-10-15 the
    days between two, both included.
    """
    if re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", text, re.ASCII):
        return Month.parse(text)
    if re.fullmatch(r"\d{4}-Q\d", text, re.ASCII):
        return Quarter.parse(text)
    if re.fullmatch(r"\d{4}-\d{2}", text, re.ASCII):
        return FinancialYear.parse(text)
    if found := re.fullmatch(r"(\d{4}-\d{2}-\d{2})\.\.(\d{4}-\d{2}-\d{2})", text, re.ASCII):
        period = Period(date.fromisoformat(found[1]), date.fromisoformat(found[2]))
        if _YEARS[0] <= period.first.year and period.last.year <= _YEARS[1]:
            return period
    raise ValueError(
        f"“{text}” is not a period. Give a month such as 2026-10, a quarter such as 2026-Q3, "
        "a financial year such as 2025-26, or two days such as 2026-10-01..2026-10-15."
    )


@dataclass(frozen=True)
class RoughDate:
    """A date known to the day, the month or the year.

    `earliest` and `latest` are the first and the last day that it can be.
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
        """27 March 2027, March 2027, or 2027; any other span by its first and last day."""
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
    """The first and last day of the calendar quarter that a day is in."""
    quarter = Quarter.of(day)
    return quarter.first, quarter.last
