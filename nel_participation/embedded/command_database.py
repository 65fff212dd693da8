"""Starts the embedded database for a single management command when the site is not running."""

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import psycopg2

from nel_participation.embedded import state
from nel_participation.embedded.postgres import CannotStart, Postgres

VAR = Path(__file__).resolve().parent.parent.parent / "var"
# Commands that use no database, or start it themselves.
_WITHOUT_DATABASE = {
    *("up", "help", "version", "--help", "--version", "-h", "check", "collectstatic"),
    *("findstatic", "spectacular"),
}


@contextmanager
def database_for(arguments: Sequence[str]) -> Iterator[None]:
    """Give a command a database: the one in DATABASE_URL, the running one, or one started for it.

    Exits with a sentence when the database is just being started or stopped, or cannot start.
    """
    if arguments[:1] == ["up"]:
        # `up` runs the site of this machine, whether on the embedded database or on a named one.
        os.environ["NEL_RUN"] = "own-database" if os.environ.get("DATABASE_URL") else "embedded"
    if os.environ.get("DATABASE_URL") or not arguments or arguments[0] in _WITHOUT_DATABASE:
        yield
        return
    if _accepts_connections(state.database_url(VAR)):
        yield
        return
    try:
        lock = state.acquire_lock(VAR)
        server = Postgres(VAR / "postgres")
        server.start()
    except state.InUse:
        raise SystemExit(
            "The project is just starting or stopping: try again in a few seconds."
        ) from None
    except (CannotStart, OSError) as error:
        raise SystemExit(str(error)) from None
    os.environ.update(DATABASE_URL=server.url, NEL_RUN="embedded")
    try:
        yield
    finally:
        server.stop()
        lock.close()


def _accepts_connections(url: str) -> bool:
    try:
        psycopg2.connect(url, connect_timeout=3).close()
    except psycopg2.Error:
        return False
    return True
