"""What the walk needs: the facts, people in each role, and a little of the demo."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from core import clock
from core.actions import accounts
from core.actors import SERVICE
from core.choices import Role
from core.models import Organisation, User
from nel_participation import demo, walk
from nel_participation.story import Journey

#: The day the tests of the walk take place on.
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
def journey(people: dict[Role, User], today: datetime) -> Journey:
    """The first story of the demo, not yet begun."""
    return Journey(next(iter(demo.stories())), people)


@pytest.fixture
def told(journey: Journey) -> Journey:
    """The first story, walked to its end."""
    return walk.walk(journey)
