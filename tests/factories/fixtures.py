"""Fixtures for all tests, imported by `tests/conftest.py`."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from core import clock
from tests.factories.world import World

#: A Wednesday, in the first quarter, outside summer time.
TODAY = datetime(2027, 3, 10, 12, 0, tzinfo=UTC)


@pytest.fixture
def today() -> Iterator[datetime]:
    """The clock, set to noon on 10 March 2027."""
    with clock.set_to(TODAY):
        yield TODAY


@pytest.fixture
def world(db: None, today: datetime) -> World:
    """A small world at noon on 10 March 2027."""
    return World()
