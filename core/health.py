"""Health checks: whether the site can serve. Wings register their own."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.cache import cache
from django.db import connection

from core import clock

# The timetable asks the worker for a sign of life every thirty seconds.
WORKER_SILENCE = timedelta(seconds=100)
_HEARD = "worker-heard-at"

logger = logging.getLogger(__name__)

Check = Callable[[], str | None]


@dataclass(frozen=True)
class Result:
    """What one check found: `fault` is a sentence, or None when all is well."""

    name: str
    fault: str | None


_checks: dict[str, Check] = {}


def register(name: str, check: Check) -> None:
    """Add a check to /health/ready; it returns None, or a sentence saying what is wrong.

    Refuses a name that is taken.
    """
    if name in _checks:
        raise RuntimeError(f"There is a health check “{name}” already.")
    _checks[name] = check


def results(*names: str) -> list[Result]:
    """Run these checks, or all; one that raises is a fault, and the others still run."""
    found = []
    for name, check in _checks.items():
        if names and name not in names:
            continue
        try:
            fault = check()
        except Exception as error:  # noqa: BLE001  # whatever a driver raises is a fault
            logger.warning("health check failed: %s, %s", name, type(error).__name__)
            fault = "It does not answer."
        found.append(Result(name, fault))
    return found


def note_worker() -> None:
    """Remember that a worker is alive."""
    cache.set(_HEARD, clock.now().isoformat(), timeout=3600)


def database() -> str | None:
    """The database answers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        cursor.fetchone()
    return None


def broker() -> str | None:
    """The broker, which is the cache as well, keeps what it is told."""
    cache.set("health", "kept", timeout=10)
    return None if cache.get("health") == "kept" else "It does not keep what it is told."


def worker() -> str | None:
    """A worker was heard from not long ago."""
    heard = cache.get(_HEARD)
    if heard is None:
        return "No worker has been heard from."
    if clock.now() - datetime.fromisoformat(heard) > WORKER_SILENCE:
        return "The worker was not heard from for some time."
    return None


register("database", database)
register("broker", broker)
register("worker", worker)
