"""A form that was sent after a sign-in ran out, shown again once its sender has signed in.

While it is shown nothing is done: the form comes back filled (`core.nhsuk.forms.accepted`), and an
act for which there is no such form is not performed (`core.acting`).
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass


class NotPressedAgain(Exception):
    """An act was about to be performed for somebody who has not pressed the button again."""


@dataclass
class Shown:
    """Whether a form has come back filled."""

    is_filled: bool = False


_shown: ContextVar[Shown | None] = ContextVar("form_brought_back", default=None)


@contextmanager
def showing() -> Iterator[Shown]:
    """While a view shows a form that is brought back."""
    shown = Shown()
    token = _shown.set(shown)
    try:
        yield shown
    finally:
        _shown.reset(token)


def is_only_filled() -> bool:
    """Whether a form that is complete is only to be shown; what a view records after that, such as
    who has read the page, is performed.
    """
    shown = _shown.get()
    if shown is not None:
        shown.is_filled = True
    return shown is not None


def require_pressed() -> None:
    """Refuse to perform an act while a form is brought back, unless the form is shown already."""
    shown = _shown.get()
    if shown is not None and not shown.is_filled:
        raise NotPressedAgain
