"""What runs before and beside the pages: preparing, the timetable, settings of a real site."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from io import StringIO
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from django.core.management import call_command

from core.choices import Role
from core.registry import timetable
from nel_participation.celery import VISIBILITY_SECONDS, app
from nel_participation.embedded import supervisor
from nel_participation.embedded.postgres import CannotStart
from nel_participation.install.checks import PRODUCTION
from nel_participation.management.commands import prepare
from tests.factories import engaging, people

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def called(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the commands that preparing called, none of which is run."""
    names: list[str] = []

    def note(name: str, *_: Any, **__: Any) -> None:
        names.append(name)

    monkeypatch.setattr(prepare, "call_command", note)
    return names


@pytest.mark.django_db
def test_prepare_when_database_is_empty_and_demo_is_wished_then_demo_data_is_loaded(
    called: list[str],
) -> None:
    call_command("prepare", "--demo", stdout=StringIO())

    assert called == ["migrate", "load_facts", "seed_demo"]


@pytest.mark.django_db
def test_prepare_when_demo_is_not_wished_then_no_demo_data(called: list[str]) -> None:
    call_command("prepare", stdout=StringIO())

    assert called == ["migrate", "load_facts"]


@pytest.mark.django_db
def test_prepare_when_there_is_an_activity_then_no_demo_data(called: list[str]) -> None:
    engaging.activity(people.user(Role.OFFICER, organisation=people.organisation()))

    call_command("prepare", "--demo", stdout=StringIO())

    assert called == ["migrate", "load_facts"]


@pytest.fixture
def answering() -> Iterator[Callable[[dict[str, str]], str]]:
    """Starts a site whose health checks say this; gives its address."""
    servers = []

    def start(checks: dict[str, str]) -> str:
        class Health(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self.send_response(503)
                self.send_header("X-Start-Token", self.headers["X-Start-Token"])
                self.end_headers()
                self.wfile.write(json.dumps({"checks": checks}).encode())

            def log_message(self, *_: Any) -> None:
                """Write nothing."""

        servers.append(HTTPServer(("127.0.0.1", 0), Health))
        Thread(target=servers[-1].serve_forever, args=[0.01], daemon=True).start()
        return f"http://127.0.0.1:{servers[-1].server_port}"

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


WELL = {"database": "well", "broker": "well", "worker": "well"}


def test_start_when_mail_cannot_be_sent_then_the_site_is_up_and_says_so(
    answering: Callable[[dict[str, str]], str],
) -> None:
    address = answering(WELL | {"messages": "Nothing can be sent now."})

    assert supervisor._wait_until_ready(address, "token", []) == {
        "messages": "Nothing can be sent now."
    }


def test_start_when_no_worker_is_heard_from_then_it_ends_with_what_is_missing(
    answering: Callable[[dict[str, str]], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(supervisor, "_READY_SECONDS", 0.5)
    address = answering(WELL | {"worker": "No worker has been heard from."})

    with pytest.raises(CannotStart, match=r"\(worker: No worker has been heard from\)"):
        supervisor._wait_until_ready(address, "token", [])


@pytest.mark.parametrize(("make_is_gone", "code"), [(True, -signal.SIGKILL), (False, 0)])
def test_site_when_told_to_stop_by_the_death_of_make_then_it_ends_as_if_killed_itself(
    make_is_gone: bool, code: int
) -> None:
    script = f"""
import os
from contextlib import ExitStack
from nel_participation.embedded import supervisor

def stop(*_):
    raise supervisor.StopRequested

supervisor._PARENT = {-1 if make_is_gone else "os.getppid()"}
supervisor._require_free_port = print
supervisor._locked_folder = ExitStack
supervisor._run = stop
raise SystemExit(supervisor.run())
"""

    ended = subprocess.run(
        [sys.executable, "-c", script],
        cwd=ROOT,
        env={**os.environ, "NEL_STARTED_BY_MAKE": "1"},
        capture_output=True,
        check=False,
    )

    assert ended.returncode == code, ended.stderr


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("PORT", "eighty", "PORT is not the number of a port"),
        ("PORT", "0", "PORT is not the number of a port"),
        ("PORT", "70000", "PORT is not the number of a port"),
        ("PORT", "٨٠", "PORT is not the number of a port"),
        ("DEMO", "maybe", "DEMO is neither 0 nor 1"),
    ],
)
def test_options_when_a_value_is_bad_then_refused_with_a_sentence(
    name: str, value: str, sentence: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, value)

    with pytest.raises(CannotStart, match=sentence):
        supervisor.Options.read()


def test_up_command_when_parent_ends_then_its_exit_code_is_the_commands(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(supervisor, "run", lambda: 7)

    with pytest.raises(SystemExit) as ended:
        call_command("up")

    assert ended.value.code == 7


@pytest.mark.parametrize("name", timetable.entries())
def test_timetable_when_a_task_is_due_then_the_worker_knows_it(name: str) -> None:
    app.loader.import_default_modules()

    assert app.conf.beat_schedule[name]["task"] in app.tasks


def test_worker_when_killed_then_its_task_is_given_to_another_soon_enough() -> None:
    options = app.conf.broker_transport_options

    assert app.conf.task_acks_late
    assert app.conf.task_reject_on_worker_lost
    assert options["visibility_timeout"] == VISIBILITY_SECONDS > app.conf.task_time_limit
    assert options["unacked_restore_interval"] * options["unacked_restore_throttle"] == 10


def test_settings_when_for_real_then_nothing_travels_readable() -> None:
    script = (
        "from nel_participation import settings as s;"
        "print(s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE, s.SECURE_SSL_REDIRECT,"
        " s.SECURE_HSTS_SECONDS > 0, s.DEBUG, s.EMBEDDED, s.LOCAL, s.ALLOWED_HOSTS,"
        " 'unsafe-inline' in str(s.CONTENT_SECURITY_POLICY))"
    )

    said = subprocess.run(
        [sys.executable, "-c", script],
        cwd=ROOT,
        env={**os.environ, **PRODUCTION},
        capture_output=True,
        text=True,
        check=True,
    ).stdout

    assert said.split(" ", 7) == [
        *("True", "True", "True", "True", "False", "False", "False"),
        "['participation.example.org'] False\n",
    ]
