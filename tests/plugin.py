"""Loaded before other pytest plugins: starts PostgreSQL and tells Django where it listens.

pytest-randomly imports model-bakery where that is installed, which breaks Django's models when it
is the first to import them. So it does not load by itself (`-p no:randomly` in pyproject.toml): it
is loaded from here.
"""

import atexit
import importlib
import os
import tempfile
from pathlib import Path

import pytest

from nel_participation.embedded.postgres import Postgres
from nel_participation.embedded.processes import remove_server_folder
from tests.template_database import TEMPLATE

_TESTS = Path(__file__).resolve().parent
#: Folders whose files take longest: started first, so that no worker is left with one at the end.
_LONGEST = ("faults", "browser")


def _start_database() -> None:
    """Start one server for the whole run; workers of xdist find its address in the environment."""
    folder = Path(tempfile.mkdtemp(prefix="nel-tests-")) / "postgres"
    server = Postgres(folder, durable=False)
    server.start()
    os.environ["DATABASE_URL"] = server.url
    # A server of one's own may keep databases of earlier runs, so no template is left there.
    os.environ[TEMPLATE] = "test_template"

    @atexit.register
    def _stop() -> None:
        server.stop()
        remove_server_folder(folder)
        folder.parent.rmdir()


os.environ["NEL_RUN"] = "test"
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
os.environ["DJANGO_SETTINGS_MODULE"] = "nel_participation.settings"
if not os.environ.get("DATABASE_URL"):
    _start_database()


def pytest_addoption(pluginmanager: pytest.PytestPluginManager) -> None:
    """Load the random order once Django's models are whole."""
    importlib.import_module("django.db.models")
    pluginmanager.register(importlib.import_module("pytest_randomly"), "random-order")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the longest files first; the order is otherwise left as it is."""
    items.sort(key=lambda item: item.path.relative_to(_TESTS).parts[0] not in _LONGEST)
