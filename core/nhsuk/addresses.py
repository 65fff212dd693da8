"""Addresses for links, by name."""

import functools
from typing import Any

from django.conf import settings
from django.urls import get_resolver, get_script_prefix, reverse


def address(name: str, *args: Any, **kwargs: Any) -> str:
    """The address of a named page; one that does not exist is an error (`NoReverseMatch`).

    Public pages are looked up in their own URL configuration: looking through all addresses would
    import every view, which slows down the first public page after a start.
    """
    return _address(get_script_prefix(), settings.ROOT_URLCONF, name, args, tuple(kwargs.items()))


# A list of twenty rows needs thirty addresses, and most of them again on the next page.
@functools.lru_cache(maxsize=2048)
def _address(
    _prefix: str, _urlconf: str, name: str, args: tuple[Any, ...], kwargs: tuple[Any, ...]
) -> str:
    public = settings.PUBLIC_URLCONF
    is_public = name in get_resolver(public).reverse_dict
    return reverse(name, urlconf=public if is_public else None, args=args, kwargs=dict(kwargs))
