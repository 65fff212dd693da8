"""Fixtures for all tests."""

import os
import shutil
from typing import Any

import pytest
from django.conf import settings
from pytest_django import DjangoDbBlocker

from tests import template_database
from tests.factories.facts import Facts
from tests.factories.fixtures import today, world

__all__ = ["today", "world"]

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Use the installed Chromium, without network requests of its own; without sandbox for root."""
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
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None, django_db_blocker: DjangoDbBlocker
) -> None:
    """Have the database of this worker copied from the template of the run, where there is one."""
    if name := os.environ.get(template_database.TEMPLATE):
        with django_db_blocker.unblock():
            template_database.ensure(name)
        settings.DATABASES["default"]["TEST"]["TEMPLATE"] = name


@pytest.fixture(scope="session")
def loaded_facts(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Facts:
    """The facts as `load_facts` writes them, loaded once for the run."""
    with django_db_blocker.unblock():
        return Facts()


@pytest.fixture
def facts(loaded_facts: Facts, db: None) -> None:
    """The facts, in the database of this test."""
    loaded_facts.put()
