"""Channels: ways of getting a message to a person, one module each, which registers itself.

`channel` has the interface. A new channel is a new module here; nothing else names it.
"""

import importlib
import pkgutil


def load() -> None:
    """Import every channel, so that each registers itself."""
    for module in pkgutil.iter_modules(__path__):
        importlib.import_module(f"{__name__}.{module.name}")
