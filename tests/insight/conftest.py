"""One story of the demo, and somebody in each role."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from core import clock
from core.actions import accounts
from core.actors import SERVICE
from core.choices import Role
from core.models import Organisation, User
from nel_participation import demo, walk
from nel_participation.scenario import Walkthrough

#: The day these tests take place on, after every step of the story.
TODAY = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


@pytest.fixture
def people(facts: None) -> Iterator[dict[Role, User]]:
    """Everybody of NHS North East London, one in each role."""
    icb = Organisation.objects.get(key="nhs-nel")
    made = {
        role: accounts.make(
            by=SERVICE, email=f"{role}@example.org", name=role.label, role=role, organisation=icb
        )
        for role in Role
    }
    with clock.set_to(TODAY):
        yield made


@pytest.fixture
def stranger(people: dict[Role, User]) -> User:
    """An officer of another organisation."""
    elsewhere = Organisation.objects.filter(kind="healthwatch").first()
    return accounts.make(
        by=SERVICE,
        email="stranger@example.org",
        name="Officer of another organisation",
        role=Role.OFFICER,
        organisation=elsewhere,
    )


@pytest.fixture
def walkthrough(people: dict[Role, User]) -> Walkthrough:
    """The first story of the demo, not yet begun, led by the organisation of `people`."""
    story = next(story for story in demo.scenarios() if story.lead.key == "nhs-nel")
    return Walkthrough(story, people)


@pytest.fixture
def heard(walkthrough: Walkthrough) -> Walkthrough:
    """Listening is closed; nothing is written yet."""
    return walk.run(walkthrough, until="close")


@pytest.fixture
def query_count() -> Callable[[Client, str], int]:
    """Opens an address and returns the number of queries made."""

    def count(client: Client, address: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        return len(queries)

    return count
