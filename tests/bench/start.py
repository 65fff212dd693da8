"""The first page after start against the first answer of a bare WSGI application."""

from tests.bench.lines import Line, side_by_side
from tests.bench.servers import free_port, get, gunicorn, running


def measure() -> list[Line]:
    """From the start of the process to the whole of the home page."""
    pairs = side_by_side(
        lambda: _first("tests.bench.bare:application", "/"),
        lambda: _first("tests.bench.production:application", "/"),
        runs=5,
    )
    return [Line("start", "First page after start", "bare WSGI", pairs, False, 10, 7)]


def _first(application: str, address: str) -> None:
    port = free_port()
    with running(gunicorn(application, port), port):
        get(port, address, 1)
