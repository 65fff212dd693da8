"""Links to public pages, registered by the wing of the public pages.

Through them other wings can link to what is published without naming an address of a wing above.
"""

from django.conf import settings
from django.urls import reverse

_names: dict[str, str] = {}


def register(kind: str, name: str) -> None:
    """Register the named address of what is published of this kind; refuses a kind that has one."""
    if kind in _names:
        raise RuntimeError(f"The public address of “{kind}” is registered already.")
    _names[kind] = name


def path(kind: str, key: str = "") -> str:
    """The path of a public page on this site; `key` is a slug or a period, empty where the kind has
    one page.
    """
    # Among public pages alone: to look through all addresses imports every view there is.
    return reverse(_names[kind], urlconf=settings.PUBLIC_URLCONF, args=[key] if key else [])


def address(kind: str, key: str = "") -> str:
    """The full address of a public page, for a message."""
    return settings.BASE_URL.rstrip("/") + path(kind, key)
