"""Two organisations with an officer each, users of every role, and an activity with a session."""

from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.template.backends.jinja2 import Template
from django.test import Client

from core import clock
from core.choices import OrganisationKind, Role
from core.models import Organisation, Place, User
from core.periods import RoughDate
from engagement.activities.actions import activities, sessions
from engagement.activities.models import Activity, Session
from engagement.people.actions import contacts
from engagement.people.models import Contact


@pytest.fixture
def house(db: None) -> SimpleNamespace:
    """One place, two organisations, and one user of each role."""
    place = Place.objects.create(
        key="hackney", name="Hackney", group_key="north", group_name="North"
    )
    own, other = (
        Organisation.objects.create(key=key, name=name, kind=OrganisationKind.HEALTHWATCH)
        for key, name in (("own", "Healthwatch Own"), ("other", "Healthwatch Other"))
    )
    people = {
        role: User.objects.create(
            email=f"{role}@example.org", name=f"Ada {role}", role=role, organisation=own
        )
        for role in Role
    }
    stranger = User.objects.create(
        email="stranger@example.org", name="Sam Stranger", role=Role.OFFICER, organisation=other
    )
    return SimpleNamespace(
        place=place,
        own=own,
        other=other,
        people=people,
        officer=people[Role.OFFICER],
        stranger=stranger,
    )


@pytest.fixture
def sign_in(client: Client) -> Callable[[User], Client]:
    """The test client, signed in as somebody."""

    def signed_in(user: User) -> Client:
        client.force_login(user)
        return client

    return signed_in


@pytest.fixture
def log(house: SimpleNamespace) -> Callable[..., Activity]:
    """Logs an activity of the officer's organisation."""

    def logged(
        title: str = "Help plan the clinic", by: User | None = None, **details: Any
    ) -> Activity:
        who = by or house.officer
        values = {
            "purpose": "To decide its opening hours",
            "scope_of_influence": "The hours, not the building",
            "level": "involve",
            "level_reason": "The hours are open",
            "start": RoughDate.on(clock.today() - timedelta(days=30)),
            "places": [house.place],
            "lead_organisation": who.organisation,
        }
        return activities.log(by=who, title=title, **{**values, **details})

    return logged


@pytest.fixture
def activity(log: Callable[..., Activity]) -> Activity:
    """One activity, open, in Hackney."""
    return log()


@pytest.fixture
def session(house: SimpleNamespace, activity: Activity) -> Session:
    """A session of the activity that began an hour ago."""
    start = clock.now() - timedelta(hours=1)
    return sessions.add(
        by=house.officer,
        activity=activity,
        starts_at=start,
        ends_at=start + timedelta(hours=2),
        venue="Library",
    )


@pytest.fixture
def meet(house: SimpleNamespace) -> Callable[..., Contact]:
    """Adds a contact of the officer's organisation, or of another officer's."""

    def met(name: str = "Rosa Bloom", by: User | None = None, **details: Any) -> Contact:
        who = by or house.officer
        assert who.organisation is not None
        return contacts.add(by=who, organisation=who.organisation, name=name, **details)

    return met


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """The context of the last page; Django's client keeps it for its own templates only."""
    last: dict[str, Any] = {}
    render = Template.render

    def remembered(self: Template, context: Any = None, request: Any = None) -> str:
        last.clear()
        last.update(context or {})
        return str(render(self, context, request))

    monkeypatch.setattr(Template, "render", remembered)
    return last
