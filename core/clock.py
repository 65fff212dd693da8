"""What time it is, asked in one place so that seeds and tests can say otherwise."""

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
