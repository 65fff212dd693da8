"""A public page of twenty rows against a bare view on the same server."""

from tests.bench.lines import Line, side_by_side
from tests.bench.servers import free_port, get, gunicorn, running

PAGE = "/you-said-we-did/"
TIMES = 40


def measure() -> list[Line]:
    """Made anew each time, and asked for again by a browser that has it already."""
    port = free_port()
    with running(
        gunicorn("nel_participation.wsgi", port),
        port,
        DJANGO_SETTINGS_MODULE="tests.bench.settings",
    ):
        tag = get(port, PAGE, 1).getheader("ETag") or ""
        bare, page = side_by_side(
            lambda: get(port, "/bare/", TIMES), lambda: get(port, PAGE, TIMES)
        )
        again = side_by_side(
            lambda: get(port, "/bare/", TIMES),
            lambda: get(port, PAGE, TIMES, {"If-None-Match": tag}),
        )
    note = f"{TIMES} requests a run, one sync worker, a new connection each"
    return [
        Line(
            "page",
            "Public page of 20",
            "bare view",
            bare / TIMES,
            page / TIMES,
            True,
            0.12,
            0.22,
            note,
        ),
        Line(
            "page-again",
            "The same, asked again",
            "bare view",
            again[0] / TIMES,
            again[1] / TIMES,
            True,
            0.5,
            0.75,
        ),
    ]
