"""What time it is: asked here only, so that demo data and tests can set it."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime, time

from django.utils import timezone

_fixed: ContextVar[datetime | None] = ContextVar("fixed_moment", default=None)


def now() -> datetime:
    """The present moment, aware; or the moment set by `set_to`."""
    return _fixed.get() or timezone.now()


def today() -> date:
    """Today's date in London."""
    return timezone.localdate(now())


def start_of(day: date) -> datetime:
    """The first moment of a day in London."""
    return timezone.make_aware(datetime.combine(day, time.min))


def in_days(day: date) -> str:
    """Today, yesterday, in 3 days, 5 days ago."""
    days = (day - today()).days
    if days == 0:
        return "today"
    if abs(days) == 1:
        return "tomorrow" if days > 0 else "yesterday"
    return f"in {days:,} days" if days > 0 else f"{-days:,} days ago"


@contextmanager
def set_to(moment: datetime) -> Iterator[None]:
    """Hold the clock at an aware moment while demo data or a test acts in the past."""
    if timezone.is_naive(moment):
        raise ValueError("The clock takes a moment with its time zone.")
    token = _fixed.set(moment)
    try:
        yield
    finally:
        _fixed.reset(token)
