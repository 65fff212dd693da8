"""Where the public reads what is published: the wing of the public pages registers it.

Wings below say “see the public page” without naming an address that is not theirs.
"""

from django.conf import settings
from django.urls import reverse

_names: dict[str, str] = {}


def register(kind: str, name: str) -> None:
    """Say which named address shows what is published of this kind; refuses one taken already."""
    if kind in _names:
        raise RuntimeError(f"The public address of “{kind}” is registered already.")
    _names[kind] = name


def path(kind: str, key: str) -> str:
    """The path of a public page on this site; `key` is a slug or a period."""
    return reverse(_names[kind], args=[key])


def address(kind: str, key: str) -> str:
    """The full address of a public page, for a message."""
    return settings.BASE_URL.rstrip("/") + path(kind, key)
