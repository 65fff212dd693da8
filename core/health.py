"""Health checks: whether the site can serve requests. Wings register their own."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.cache import cache
from django.db import connection

from core import clock

# The timetable sends the worker a heartbeat task every thirty seconds.
WORKER_SILENCE = timedelta(seconds=100)
_HEARTBEAT_KEY = "worker-heartbeat"

logger = logging.getLogger(__name__)

Check = Callable[[], str | None]


@dataclass(frozen=True)
class Result:
    """The result of one check. `fault` is a sentence, or None when nothing is wrong."""

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
    """Run these checks, or all of them. A check that raises an error is reported as a fault."""
    found = []
    for name, check in _checks.items():
        if names and name not in names:
            continue
        try:
            fault = check()
        except Exception:
            # Whatever a driver raises, what it was asked for cannot be had now.
            logger.warning("health check failed: %s", name, exc_info=True)
            fault = "It does not answer."
        found.append(Result(name, fault))
    return found


def record_heartbeat() -> None:
    """Store that a worker is running now."""
    cache.set(_HEARTBEAT_KEY, clock.now().isoformat(), timeout=3600)


def database() -> str | None:
    """Whether the database responds."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        cursor.fetchone()
    return None


def broker() -> str | None:
    """Whether the broker, which is also the cache, stores a value."""
    cache.set("health", "kept", timeout=10)
    return None if cache.get("health") == "kept" else "It does not keep what is stored in it."


def worker() -> str | None:
    """Whether a worker has run a heartbeat task lately."""
    last = cache.get(_HEARTBEAT_KEY)
    if last is None:
        return "No worker has been heard from."
    if clock.now() - datetime.fromisoformat(last) > WORKER_SILENCE:
        return "The worker was not heard from for some time."
    return None


register("database", database)
register("broker", broker)
register("worker", worker)
