"""Lists of acts, events and permissions, for the tests that go through all of them."""

import importlib
import inspect
import pkgutil
from collections.abc import Iterator
from typing import get_type_hints

from django.apps import apps
from django.db.models import Model

from core import access
from core.acting import Act
from core.acting import all_acts as by_event
from core.choices import Event, Permission, Role
from insight.loop.models import Loop


def all_acts() -> list[Act]:
    """Every act, in the order of its full name."""
    return sorted(by_event().values(), key=lambda act: act.name)


def entity(act: Act) -> type[Model] | None:
    """The model whose row the permission of the act is checked for."""
    if not act.on:
        return None
    found: type[Model] = get_type_hints(inspect.unwrap(act.perform))[act.on]
    # An act on rows of several wings is checked for one of a registered model.
    return Loop if found is Model else found


def public_functions() -> Iterator[str]:
    """The full name of every public function in the modules of actions."""
    for config in apps.get_app_configs():
        if ".venv" in config.path or not hasattr(config.module, "actions"):
            continue
        room = importlib.import_module(f"{config.name}.actions")
        for found in pkgutil.iter_modules(room.__path__):
            module = importlib.import_module(f"{room.__name__}.{found.name}")
            for name, function in inspect.getmembers(module, inspect.isfunction):
                if function.__module__ == module.__name__ and not name.startswith("_"):
                    yield f"{module.__name__}.{name}"


def every_event() -> list[Event]:
    """Every event of every wing."""
    kinds: list[type[Event]] = [Event, *Event.__subclasses__()]
    return [event for kind in kinds for event in kind]


def every_permission() -> list[Permission]:
    """Every permission of every wing."""
    kinds: list[type[Permission]] = [Permission, *Permission.__subclasses__()]
    return [permission for kind in kinds for permission in kind]


def is_for_the_service_alone(act: Act) -> bool:
    """Whether no role holds the permission that the act needs."""
    return all(act.needs not in access.permissions_of(role) for role in Role)
