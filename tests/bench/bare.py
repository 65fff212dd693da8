"""The least a WSGI server can start with: the floor of the first page after start."""

from collections.abc import Callable, Iterable
from typing import Any


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Answer everything with one word."""
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [b"bare"]
