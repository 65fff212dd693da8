"""The one command, run for real in a copy of the project: refusals, Ctrl-C, kill -9."""

import os
import re
import signal
import socket
from collections.abc import Iterator
from pathlib import Path

import psycopg2
import pytest

from tests.faults.processes import wait_until, working_in
from tests.faults.sites import Site, copied_site, read_until_ready


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    with copied_site() as made:
        yield made


def test_up_when_killed_then_no_process_is_left_and_the_next_start_has_every_row(
    site: Site,
) -> None:
    unready = site.up()
    assert wait_until((site.folder / "var" / "run" / "embedded.json").exists)
    with psycopg2.connect(site.database_url()) as connection:
        connection.cursor().execute("CREATE TABLE kept AS SELECT generate_series(1, 50) AS n")
    connection.close()
    unready.kill()
    unready.wait(30)
    assert wait_until(site.has_stopped)

    first = site.up()
    said = read_until_ready(first)
    with psycopg2.connect(site.database_url()) as connection:
        connection.cursor().execute("INSERT INTO kept SELECT generate_series(51, 100)")
    connection.close()

    first.kill()
    first.wait(30)

    assert f"Ready: http://127.0.0.1:{site.port}/" in said
    assert f"Messages are kept in {site.folder / 'var' / 'mail'}" in said
    assert not any("officer@example.org" in line for line in said)
    assert wait_until(site.has_stopped)

    second = site.up()
    read_until_ready(second)
    with psycopg2.connect(site.database_url()) as connection, connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM kept")
        counted = cursor.fetchone()
        cursor.execute("DROP TABLE kept")
    connection.close()
    again = site.run("-m", "nel_participation.embedded", PORT="1025")
    # The worker is first heard from a moment after the site is ready.
    heard_from = wait_until(lambda: "worker: well" in site.run("manage.py", "health").stdout, 60)
    beside = site.run("manage.py", "health")
    second.send_signal(signal.SIGINT)

    assert counted == (100,)
    assert again.returncode == 1
    assert re.search("already runs from this folder .* stop that one first", again.stderr)
    assert heard_from, beside.stdout
    assert beside.returncode == 0, beside.stdout
    assert second.wait(60) == 0
    assert site.has_stopped()


def test_up_when_a_process_dies_then_everything_stops_and_says_which(site: Site) -> None:
    process = site.up()
    read_until_ready(process)
    web = next(
        pid
        for pid in working_in(site.folder)
        if b"embedded.web" in Path(f"/proc/{pid}/cmdline").read_bytes()
        and str(process.pid) in Path(f"/proc/{pid}/stat").read_text().split()[3:4]
    )

    os.kill(web, signal.SIGKILL)

    _, errors = process.communicate(timeout=60)
    assert process.returncode == 1
    assert "The web server ended by itself" in errors
    assert wait_until(site.has_stopped)


def test_up_when_port_is_taken_then_refused_before_anything_starts(site: Site) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        taken = str(other.getsockname()[1])

        done = site.run("-m", "nel_participation.embedded", PORT=taken)

    assert done.returncode == 1
    assert f"Port {taken} cannot be used" in done.stderr
    assert "Traceback" not in done.stderr
    assert site.has_stopped()


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("PORT", "eighty", "PORT is not the number of a port"),
        ("DATABASE_URL", "mysql://x@y/z", "DATABASE_URL is not the address of a PostgreSQL"),
        ("DATABASE_URL", "postgresql://x:hush@127.0.0.1:1/z", "DATABASE_URL does not answer"),
        ("REDIS_URL", "redis://:hush@127.0.0.1:1/0", "REDIS_URL does not answer"),
        ("EMAIL_URL", "carrier-pigeon://x", "EMAIL_URL is not the address of a mail server"),
        ("BASE_URL", "example", "BASE_URL is not the address of a site"),
    ],
)
def test_up_when_a_setting_is_bad_then_refused_with_a_sentence_and_nothing_is_left(
    site: Site, name: str, value: str, sentence: str
) -> None:
    done = site.run("-m", "nel_participation.embedded", **{name: value})

    assert done.returncode != 0
    assert sentence in done.stderr
    assert "Traceback" not in done.stderr
    assert "hush" not in done.stderr
    assert wait_until(site.has_stopped)


def test_up_when_folder_cannot_be_written_then_refused_with_a_sentence(site: Site) -> None:
    var = site.folder / "var"
    aside = site.folder / "aside"
    if var.exists():
        var.rename(aside)
    # Not even root may make a folder where a file is.
    var.write_text("")

    try:
        done = site.run("-m", "nel_participation.embedded")
    finally:
        var.unlink()
        if aside.exists():
            aside.rename(var)

    assert done.returncode == 1
    assert re.search("var cannot be written .*: give yourself the right", done.stderr)
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    "command",
    [
        ("manage.py", "migrate"),
        ("-m", "gunicorn", "nel_participation.wsgi", "--bind", "127.0.0.1:0"),
        ("-m", "celery", "-A", "nel_participation", "worker"),
    ],
    ids=["manage", "gunicorn", "celery"],
)
def test_every_door_when_a_setting_is_bad_then_says_the_sentence_without_a_traceback(
    site: Site, command: tuple[str, ...]
) -> None:
    done = site.run(*command, DATABASE_URL="postgresql://x@y/z", SECRET_KEY="short")

    assert done.returncode != 0
    assert "SECRET_KEY is too short to be safe" in done.stderr
    assert "Traceback" not in done.stderr


def test_production_when_secrets_are_not_set_then_refused(site: Site) -> None:
    done = site.run("manage.py", "check", DATABASE_URL="postgresql://x@y/z")

    assert done.returncode == 3
    assert "SECRET_KEY is not set" in done.stderr
