"""What every test may ask for."""

import os
import shutil
from typing import Any

import pytest
from pytest_django import DjangoDbBlocker

from tests.factories.facts import Facts
from tests.factories.fixtures import today, world

__all__ = ["today", "world"]

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Start the machine's own Chromium, quiet towards the network; without sandbox for root."""
    named = os.environ.get("NEL_CHROMIUM", "")
    path = named or next((found for name in _NAMES if (found := shutil.which(name))), None)
    if not path:
        pytest.fail("There is no Chromium on the path: install it, or run make test, which does.")
    quiet = ["--disable-background-networking", "--disable-component-update", "--no-first-run"]
    alone = ["--no-sandbox"] if os.geteuid() == 0 else []
    return {
        **browser_type_launch_args,
        "executable_path": path,
        # /dev/shm of containers is too small for pages.
        "args": [*quiet, *alone, "--disable-dev-shm-usage"],
    }


@pytest.fixture(scope="session")
def loaded_facts(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Facts:
    """The facts as `load_facts` writes them, loaded once for the run."""
    with django_db_blocker.unblock():
        return Facts()


@pytest.fixture
def facts(loaded_facts: Facts, db: None) -> None:
    """The facts, in the database of this test."""
    loaded_facts.put()
