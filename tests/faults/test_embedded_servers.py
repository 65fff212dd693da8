"""The embedded PostgreSQL and Valkey servers, killed while they run."""

import os
import signal
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg2
import pytest
import redis

from nel_participation.embedded.broker import Broker
from nel_participation.embedded.postgres import CannotStart, Postgres
from nel_participation.embedded.processes import (
    Account,
    remove_server_folder,
    server_folder,
    service_account,
)
from tests.faults.processes import wait_until, working_in

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder any account may enter, unlike pytest's own."""
    made = Path(tempfile.mkdtemp(prefix="nel-fault-"))
    made.chmod(0o755)
    yield made
    for name in ("postgres", "broker"):
        if os.path.lexists(made / name):
            remove_server_folder(made / name)
    made.rmdir()


def test_database_when_killed_while_written_to_then_every_committed_row_is_there_again(
    folder: Path,
) -> None:
    first = Postgres(folder / "postgres")
    first.start()
    connection = psycopg2.connect(first.url)
    connection.autocommit = True
    cursor = connection.cursor()
    cursor.execute("CREATE TABLE said (number int PRIMARY KEY)")
    for number in range(200):
        cursor.execute("INSERT INTO said VALUES (%s)", [number])
    os.kill(first.process.pid, signal.SIGKILL)
    first.process.wait(30)

    second = Postgres(folder / "postgres")
    second.start()

    try:
        with psycopg2.connect(second.url) as again, again.cursor() as rows:
            rows.execute("SELECT count(*), max(number) FROM said")
            assert rows.fetchone() == (200, 199)
        again.close()
    finally:
        second.stop()
        first.stop()
        connection.close()


def test_database_when_started_then_only_its_owner_may_reach_it(folder: Path) -> None:
    server = Postgres(folder / "postgres")
    server.start()

    try:
        socket_folder = Path(psycopg2.extensions.parse_dsn(server.url)["host"])
        assert stat.S_IMODE(socket_folder.stat().st_mode) == 0o700
        assert stat.S_IMODE((folder / "postgres").stat().st_mode) == 0o700
        with psycopg2.connect(server.url) as connection, connection.cursor() as cursor:
            cursor.execute("SHOW listen_addresses")
            assert cursor.fetchone() == ("",)
        connection.close()
    finally:
        server.stop()
    assert not socket_folder.exists()


def test_database_when_folder_is_from_another_version_then_says_so(folder: Path) -> None:
    data = folder / "postgres" / "data"
    data.mkdir(parents=True)
    (data / "PG_VERSION").write_text("9\n")

    with pytest.raises(CannotStart, match="was made by PostgreSQL 9"):
        Postgres(folder / "postgres").start()


def test_broker_when_killed_and_started_again_then_what_it_was_told_is_there(folder: Path) -> None:
    first = Broker(folder / "broker")
    first.start()
    with redis.Redis.from_url(first.url) as client:
        client.set("told", "yes")
    first.stop()

    second = Broker(folder / "broker")
    second.start()

    try:
        with redis.Redis.from_url(second.url) as client:
            assert client.get("told") == b"yes"
        stranger = second.url.replace("redis://:", "redis://:not-")
        with redis.Redis.from_url(stranger) as client, pytest.raises(redis.RedisError):
            client.ping()
        listed = Path(f"/proc/{second.process.pid}/cmdline")
        if listed.exists():
            assert second.url.split(":")[2].split("@")[0] not in listed.read_text()
    finally:
        second.stop()


@pytest.mark.skipif(
    sys.platform != "linux", reason="only Linux signals the children of a killed process"
)
def test_servers_when_their_parent_is_killed_then_none_is_left(folder: Path) -> None:
    script = (
        "import sys, time; from pathlib import Path\n"
        "from nel_participation.embedded.postgres import Postgres\n"
        "from nel_participation.embedded.broker import Broker\n"
        f"folder = Path({str(folder)!r})\n"
        "servers = Postgres(folder / 'postgres'), Broker(folder / 'broker')\n"
        "[server.start() for server in servers]\n"
        "print('started', flush=True); time.sleep(600)\n"
    )
    parent = subprocess.Popen(
        [sys.executable, "-c", script], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    assert parent.stdout is not None
    with parent.stdout:
        assert parent.stdout.readline() == "started\n"
    assert working_in(folder)

    parent.kill()
    parent.wait(30)

    assert wait_until(lambda: not working_in(folder))


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a folder to another account")
def test_server_folder_when_its_parent_is_closed_to_the_account_then_made_elsewhere_and_linked(
    folder: Path,
) -> None:
    closed = folder / "closed"
    closed.mkdir(mode=0o700)
    run_as = service_account()
    assert isinstance(run_as, Account)

    real = server_folder(closed / "postgres", run_as)

    assert (closed / "postgres").resolve() == real
    assert run_as.can_run(["/bin/sh", "-c", "touch here"], cwd=real)
    assert server_folder(closed / "postgres", run_as) == real
    remove_server_folder(closed / "postgres")
    assert not real.exists()
    closed.rmdir()
