"""Fixtures of the browser tests: the site, its clock, staff with passwords, windows."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from django.core.cache import caches
from django.core.management import call_command
from django.db import connections
from django.test.utils import modify_settings
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from core import clock
from core.actions import accounts
from core.actors import SERVICE
from core.choices import Role
from core.models import Organisation, User
from nel_participation import demo, walk
from nel_participation.scenario import Person, Scenario, Walkthrough
from tests.browser.clocks import SharedClock
from tests.browser.pages import AXE
from tests.browser.windows import PASSWORD, Windows
from tests.factories.facts import Facts

#: The day these tests take place on, after every step of the scenarios.
TODAY = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "/tests/browser/" in item.path.as_posix():
            item.add_marker("browser")
            item.add_marker(pytest.mark.django_db(transaction=True))


@pytest.fixture
def _django_db_helper(database: None) -> None:
    """Replaces the fixture of pytest-django that empties the database after each test."""


@pytest.fixture(scope="session")
def browser(browser: Browser) -> Iterator[Browser]:
    """The browser, and at the end the closing of connections that Django opened meanwhile."""
    if not AXE.exists():
        pytest.fail("The rules of accessibility are not installed: run make frontend first.")
    expect.set_options(timeout=15_000)
    yield browser
    connections.close_all()


@pytest.fixture(scope="module")
def database(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """A database whose rows stay for a whole module, as the server uses connections of its own."""
    with django_db_blocker.unblock():
        yield
        call_command("flush", verbosity=0, interactive=False)


@pytest.fixture(scope="module")
def shared_clock(database: None) -> Iterator[SharedClock]:
    """The clock of both the site and the test, set to `TODAY`."""
    with pytest.MonkeyPatch.context() as patch:
        shared = SharedClock(TODAY)
        patch.setattr(clock, "_fixed", shared)
        yield shared


@pytest.fixture(scope="module")
def site(loaded_facts: Facts, shared_clock: SharedClock) -> Iterator[str]:
    """The address of the running site, with the facts loaded."""
    loaded_facts.put()
    for cache in caches.all():
        cache.clear()
    server = LiveServer("127.0.0.1")
    with modify_settings(ALLOWED_HOSTS={"append": "127.0.0.1"}):
        yield server.url
        server.stop()


@pytest.fixture(scope="module")
def people(site: str) -> dict[Role, User]:
    """Everybody of NHS North East London, one in each role, with a password."""
    icb = Organisation.objects.get(key="nhs-nel")
    return {
        role: accounts.make(
            by=SERVICE,
            email=f"{role}@example.org",
            name=role.label,
            role=role,
            organisation=icb,
            password=PASSWORD,
        )
        for role in Role
    }


@pytest.fixture(scope="module")
def begin(people: dict[Role, User]) -> Callable[[], Walkthrough]:
    """Starts the next scenario that the organisation of `people` leads, with four people."""
    scenarios: Iterator[Scenario] = (
        replace(scenario, people=_four(scenario.people))
        for scenario in demo.scenarios(months=4)
        if scenario.lead.key == "nhs-nel"
    )
    return lambda: Walkthrough(next(scenarios), people)


@pytest.fixture(scope="module")
def windows(browser: Browser, site: str, people: dict[Role, User]) -> Iterator[Windows]:
    """Opens windows, and closes them at the end."""
    opened = Windows(browser, site, people)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def closed(begin: Callable[[], Walkthrough], shared_clock: SharedClock) -> Walkthrough:
    """A scenario whose listening closed a week ago, without findings."""
    walkthrough = walk.run(begin(), until="close")
    shared_clock.set(walkthrough.scenario.day(walkthrough.scenario.closes_after + 7))
    return walkthrough


@pytest.fixture(scope="module")
def officer(windows: Windows) -> Page:
    """The officer's window."""
    return windows.signed_in(Role.OFFICER)


def _four(people: tuple[Person, ...]) -> tuple[Person, ...]:
    """One with a need, one without email, one who does not agree; then the others."""
    wanted: list[Callable[[Person], bool]] = [
        lambda person: bool(person.needs),
        lambda person: not person.email,
        lambda person: not person.agrees,
    ]
    first = [next(filter(condition, people), people[0]) for condition in wanted]
    return tuple(dict.fromkeys([*first, *people]))[:4]
