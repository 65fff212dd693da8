"""A database with every migration applied, made once for a run and copied for each worker."""

import os
from contextlib import closing

import psycopg2
from django.db import connection

#: Names the template in the environment; unset where the tests use a server they did not start.
TEMPLATE = "NEL_TEST_TEMPLATE"
_LOCK = 1


def ensure(name: str) -> None:
    """Make the database of this name unless another worker has; waits while one is making it."""
    with closing(psycopg2.connect(os.environ["DATABASE_URL"])) as session:
        session.autocommit = True
        with session.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [_LOCK])
            cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
            if cursor.fetchone() is None:
                _make(name)


def _make(name: str) -> None:
    settings = connection.settings_dict
    own, settings["TEST"] = settings["TEST"], {**settings["TEST"], "NAME": name}
    before = settings["NAME"]
    try:
        connection.creation.create_test_db(verbosity=0, autoclobber=True)
    finally:
        # PostgreSQL copies no database that somebody is connected to.
        connection.close()
        settings["TEST"], settings["NAME"] = own, before
