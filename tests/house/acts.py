"""Every act of the house, found by looking: its event, its permission, its row."""

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from types import ModuleType
from typing import Any, get_type_hints

from django.db.models import Model

from core.acting import ACTS
from core.choices import Event, Permission

STOREYS = ("core", "standards", "engagement", "insight")


@dataclass(frozen=True)
class Act:
    """One act as its decorator was told of it."""

    name: str
    perform: Callable[..., Any]
    event: Event
    needs: Permission
    on: str | None

    @property
    def entity(self) -> type[Model] | None:
        """The model whose row the permission is asked of."""
        return get_type_hints(inspect.unwrap(self.perform))[self.on] if self.on else None


def modules() -> list[ModuleType]:
    """Every module of every room of actions."""
    return [
        importlib.import_module(f"{storey}.actions.{found.name}")
        for storey in STOREYS
        for found in pkgutil.iter_modules(importlib.import_module(f"{storey}.actions").__path__)
    ]


def public_functions() -> Iterator[tuple[str, Callable[..., Any]]]:
    """Every public function defined in a room of actions, by its full name."""
    for module in modules():
        for name, function in inspect.getmembers(module, inspect.isfunction):
            if function.__module__ == module.__name__ and not name.startswith("_"):
                yield f"{module.__name__}.{name}", function


def all_acts() -> list[Act]:
    """Every act, in the order of its full name."""
    found = []
    for name, function in public_functions():
        said = inspect.getclosurevars(function).nonlocals
        if hasattr(function, "__wrapped__") and isinstance(said.get("event"), Event):
            found.append(Act(name, function, said["event"], said["needs"], said["on"]))
    return sorted(found, key=lambda act: act.name)


def registered() -> set[str]:
    """The full names that the decorator itself has kept."""
    return set(ACTS.values())
