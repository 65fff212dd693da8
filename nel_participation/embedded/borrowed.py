"""The embedded database for one command line, while nothing else runs it."""

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import psycopg2

from nel_participation.embedded import state
from nel_participation.embedded.postgres import CannotStart, Postgres

VAR = Path(__file__).resolve().parent.parent.parent / "var"
# They ask nothing of a database, or bring their own.
_WITHOUT = {
    *("up", "help", "version", "--help", "--version", "-h", "check", "collectstatic"),
    *("findstatic", "spectacular"),
}


@contextmanager
def database_for(arguments: Sequence[str]) -> Iterator[None]:
    """Run a command on the database named, on the running one, or on one started for it."""
    if arguments[:1] == ["up"]:
        # The site of this machine, whoever's database it uses.
        os.environ["NEL_RUN"] = "own-database" if os.environ.get("DATABASE_URL") else "embedded"
    if os.environ.get("DATABASE_URL") or not arguments or arguments[0] in _WITHOUT:
        yield
        return
    if _answers(state.database_url(VAR)):
        yield
        return
    try:
        held = state.hold(VAR)
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
        held.close()


def _answers(url: str) -> bool:
    try:
        psycopg2.connect(url, connect_timeout=3).close()
    except psycopg2.Error:
        return False
    return True
