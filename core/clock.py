"""The current time. All code asks this module, so that demo data and tests can set the clock."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime, time

from django.utils import timezone

_fixed: ContextVar[datetime | None] = ContextVar("fixed_time", default=None)


def now() -> datetime:
    """The current time, with its time zone; or the time set by `set_to`."""
    return _fixed.get() or timezone.now()


def today() -> date:
    """Today's date in London."""
    return timezone.localdate(now())


def start_of(day: date) -> datetime:
    """Midnight at the start of a day, in London."""
    return timezone.make_aware(datetime.combine(day, time.min))


def in_days(day: date) -> str:
    """How far away a day is: today, yesterday, in 3 days, 5 days ago."""
    days = (day - today()).days
    if days == 0:
        return "today"
    if abs(days) == 1:
        return "tomorrow" if days > 0 else "yesterday"
    return f"in {days:,} days" if days > 0 else f"{-days:,} days ago"


@contextmanager
def set_to(moment: datetime) -> Iterator[None]:
    """Stop the clock at this time inside the block; refuses a time without a time zone."""
    if timezone.is_naive(moment):
        raise ValueError("The clock can only be set to a time with a time zone.")
    token = _fixed.set(moment)
    try:
        yield
    finally:
        _fixed.reset(token)
