"""The timetable: what the worker is asked to do, and when. Celery reads it once all apps are ready.

Times of day are London's.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Every:
    """Again and again, this many seconds apart."""

    seconds: float


@dataclass(frozen=True)
class At:
    """At these minutes, hours and days of the month, written as in a crontab."""

    minute: str = "*"
    hour: str = "*"
    day_of_month: str = "*"


@dataclass(frozen=True)
class Entry:
    """One line of the timetable: the task's full name, and when it runs."""

    task: str
    schedule: Every | At


_entries: dict[str, Entry] = {}


def register(name: str, task: str, schedule: Every | At) -> None:
    """Add a line to the timetable; refuses a name that is taken."""
    if name in _entries:
        raise RuntimeError(f"The timetable has a “{name}” already.")
    _entries[name] = Entry(task, schedule)


def entries() -> dict[str, Entry]:
    """The whole timetable, by name."""
    return dict(_entries)
