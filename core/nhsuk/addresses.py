"""The addresses that pages link to, by name."""

import functools
from typing import Any

from django.conf import settings
from django.urls import get_resolver, get_script_prefix, reverse


def address(name: str, *args: Any, **kwargs: Any) -> str:
    """The address of a named page; one that does not exist is an error (`NoReverseMatch`).

    Names of public pages are looked for among public pages alone: to look through all addresses
    imports every view there is, and a first public page would wait for that.
    """
    return _address(get_script_prefix(), settings.ROOT_URLCONF, name, args, tuple(kwargs.items()))


# A page of twenty rows asks for thirty addresses, most of them those of the page before.
@functools.lru_cache(maxsize=2048)
def _address(
    _prefix: str, _urlconf: str, name: str, args: tuple[Any, ...], kwargs: tuple[Any, ...]
) -> str:
    public = settings.PUBLIC_URLCONF
    is_public = name in get_resolver(public).reverse_dict
    return reverse(name, urlconf=public if is_public else None, args=args, kwargs=dict(kwargs))
