"""Fixtures of the walk: staff in each role, and the first scenario of the demo."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from core import clock
from core.actions import accounts
from core.actors import SERVICE
from core.choices import Role
from core.models import Organisation, User
from nel_participation import demo, walk
from nel_participation.scenario import Walkthrough

#: The date of these tests.
TODAY = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


@pytest.fixture
def today() -> Iterator[datetime]:
    with clock.set_to(TODAY):
        yield TODAY


@pytest.fixture
def people(facts: None) -> dict[Role, User]:
    icb = Organisation.objects.get(key="nhs-nel")
    return {
        role: accounts.make(
            by=SERVICE, email=f"{role}@example.org", name=role.label, role=role, organisation=icb
        )
        for role in Role
    }


@pytest.fixture
def walkthrough(people: dict[Role, User], today: datetime) -> Walkthrough:
    """The first scenario of the demo, before any step."""
    return Walkthrough(next(iter(demo.scenarios())), people)


@pytest.fixture
def finished(walkthrough: Walkthrough) -> Walkthrough:
    """The first scenario after all steps."""
    return walk.run(walkthrough)
