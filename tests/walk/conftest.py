"""What the walk needs: the facts, people in each role, and a little of the demo."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from django.core.mail import get_connection
from django.core.management import call_command

from core import clock
from core.actions import accounts
from core.choices import Role
from core.models import Organisation, User
from nel_participation import demo, walk
from nel_participation.story import Journey

#: The day the tests of the walk take place on.
TODAY = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


@pytest.fixture
def facts(db: None) -> None:
    call_command("load_facts")


@pytest.fixture
def today() -> Iterator[datetime]:
    with clock.set_to(TODAY):
        yield TODAY


@pytest.fixture
def people(facts: None) -> dict[Role, User]:
    system = User.objects.system()
    icb = Organisation.objects.get(key="nhs-nel")
    made = {
        role: accounts.make(
            by=system, email=f"{role}@example.org", name=role.label, role=role, organisation=icb
        )
        for role in Role
        if role != Role.SYSTEM
    }
    return made | {Role.SYSTEM: system}


@pytest.fixture
def journey(people: dict[Role, User], today: datetime) -> Journey:
    """The first story of the demo, not yet begun."""
    return Journey(next(iter(demo.stories())), people, mail=get_connection())


@pytest.fixture
def told(journey: Journey) -> Journey:
    """The first story, walked to its end."""
    return walk.walk(journey)
