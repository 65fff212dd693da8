"""What a form showed of a row, compared with the row again once an act has locked it.

A form about a row (`core.nhsuk.forms.NHSForm`) says what it showed; `core.acting.lock` asks here
before it gives the row to an act. So an act that locks what it changes is safe for every form.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from django.db.models import Model


class Stale(Exception):
    """Somebody else saved the same row first. `current` is the row as it is now."""

    def __init__(self, current: Model):
        super().__init__("Someone else has changed this since you opened it.")
        self.current = current


@dataclass
class _Shown:
    """A row that was shown, and how to tell whether it still is as it was."""

    row: Model
    is_unchanged: Callable[[Model], bool]
    is_compared: bool = False


_shown: ContextVar[_Shown | None] = ContextVar("shown_row", default=None)
_conflicts: ContextVar[list[Model] | None] = ContextVar("conflicts", default=None)


@contextmanager
def shown(row: Model, is_unchanged: Callable[[Model], bool]) -> Iterator[None]:
    """While an act runs that changes a row as somebody saw it.

    `is_unchanged` gets the row as locked, and is asked once. Raises an error if the act never
    locked it: what nobody else could change meanwhile was not compared.
    """
    one = _Shown(row, is_unchanged)
    token = _shown.set(one)
    try:
        yield
    finally:
        _shown.reset(token)
    if not one.is_compared:
        raise RuntimeError(
            f"The act did not lock the {row._meta.verbose_name} that its form shows."
        )


@contextmanager
def conflicts() -> Iterator[list[Model]]:
    """The rows that somebody else is found to have saved meanwhile, in a list that grows."""
    found: list[Model] = []
    token = _conflicts.set(found)
    try:
        yield found
    finally:
        _conflicts.reset(token)


def compare(current: Model) -> None:
    """Raises `Stale` if this row, just locked, is not as it was shown."""
    one = _shown.get()
    if one is None or one.is_compared or one.row != current:
        return
    one.is_compared = True
    if one.is_unchanged(current):
        return
    if (found := _conflicts.get()) is not None:
        found.append(current)
    raise Stale(current)
