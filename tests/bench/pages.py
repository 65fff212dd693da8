"""A public page of twenty rows against a bare view on the same server."""

import itertools

from tests.bench.lines import Line, Pairs, side_by_side
from tests.bench.servers import free_port, get, gunicorn, running

PAGE = "/you-said-we-did/"
TIMES = 40


def measure() -> list[Line]:
    """By a reader who has nothing, by one who has the page already, and made anew each time.

    The server keeps the page in memory between the first two; an address that it has never been
    asked for is made from the rows, with each answer of it rendered already in another list.
    """
    port = free_port()
    never_asked = (f"{PAGE}?asked={number}" for number in itertools.count())
    with running(
        gunicorn("nel_participation.wsgi", port),
        port,
        DJANGO_SETTINGS_MODULE="tests.bench.settings",
    ):
        tag = get(port, PAGE, 1).getheader("ETag") or ""

        def bare() -> None:
            get(port, "/bare/", TIMES)

        def made_anew() -> None:
            for _ in range(TIMES):
                get(port, next(never_asked), 1)

        page = side_by_side(bare, lambda: get(port, PAGE, TIMES))
        again = side_by_side(bare, lambda: get(port, PAGE, TIMES, {"If-None-Match": tag}))
        anew = side_by_side(bare, made_anew)
    note = f"{TIMES} requests a run, one sync worker, a new connection each"
    return [
        _line("page", "Public page of 20", page, 0.35, 0.5, note),
        _line("page-again", "The same, asked again", again, 0.6, 0.85),
        _line("page-anew", "The same, made from the rows", anew, 0.12, 0.22),
    ]


def _line(key: str, title: str, pairs: Pairs, must: float, aim: float, note: str = "") -> Line:
    return Line(key, title, "bare view", pairs.per(TIMES), True, must, aim, note)
