"""Documents in `docs/` that `manage.py write_docs` writes from what is registered."""

from collections.abc import Callable

_makers: dict[str, Callable[[], str]] = {}


def register(name: str, make: Callable[[], str]) -> None:
    """Add a file in `docs/` with the function that makes its content; refuses a name in use."""
    if name in _makers:
        raise RuntimeError(f"docs/{name} is written already.")
    _makers[name] = make


def texts() -> dict[str, str]:
    """The current content of each document, by file name."""
    return {name: make() for name, make in sorted(_makers.items())}
