"""Documents under `docs/` made from what is registered; `manage.py write_docs` writes them."""

from collections.abc import Callable

_makers: dict[str, Callable[[], str]] = {}


def register(name: str, make: Callable[[], str]) -> None:
    """Let `make` write the file of this name in `docs/`; refuses a name that is taken."""
    if name in _makers:
        raise RuntimeError(f"docs/{name} is written already.")
    _makers[name] = make


def texts() -> dict[str, str]:
    """What each document should say now, by file name."""
    return {name: make() for name, make in sorted(_makers.items())}
