"""The timetable: the tasks that the worker runs regularly, registered by wings.

Celery reads it once all apps are ready. Times are in London.
"""

import logging
from dataclasses import dataclass
from importlib import import_module

from kombu.exceptions import OperationalError

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Every:
    """Repeatedly, with this many seconds in between."""

    seconds: float


@dataclass(frozen=True)
class At:
    """At these minutes, hours and days of the month, in crontab syntax."""

    minute: str = "*"
    hour: str = "*"
    day_of_month: str = "*"


@dataclass(frozen=True)
class Entry:
    """One task of the timetable, by its full name, and when it runs."""

    task: str
    schedule: Every | At


_entries: dict[str, Entry] = {}


def register(name: str, task: str, schedule: Every | At) -> None:
    """Add a task to the timetable; refuses a name that is taken."""
    if name in _entries:
        raise RuntimeError(f"The timetable has a “{name}” already.")
    _entries[name] = Entry(task, schedule)


def nudge(name: str) -> None:
    """Ask the worker to run an entry soon. Where it cannot be asked, it runs at its time."""
    # Imported when first needed: public pages do without the worker's library.
    app = import_module("nel_participation.celery").app
    try:
        app.send_task(_entries[name].task, retry=False)
    except (OSError, OperationalError):
        logger.warning("the worker could not be asked to run %s now", name)


def entries() -> dict[str, Entry]:
    """The whole timetable, by name."""
    return dict(_entries)
