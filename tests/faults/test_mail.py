"""Messages of a site started by `make run`: files in var/mail, whichever account started it."""

import os
import re
import shutil
import tempfile
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from http.cookiejar import CookieJar
from pathlib import Path

import pytest

from nel_participation.embedded.processes import service_account
from tests.faults.owed_message import SUBJECT
from tests.faults.processes import wait_until
from tests.faults.sites import (
    ROOT,
    Python,
    Site,
    copied_site,
    python_for,
    read_until_ready,
)

ADMINISTRATOR = "ada@example.org"
RESIDENT = "rosa@example.org"
RESIDENT_AT_ROOT = "ruth@example.org"
ANOTHER_RESIDENT = "raj@example.org"
LATER_RESIDENT = "sam@example.org"
#: The worker is asked at once, and looks by itself every minute.
SECONDS = 90.0


@dataclass
class Run:
    """A running site, and what was in its folder before it was started."""

    site: Site
    before: set[Path]

    @property
    def mail(self) -> Path:
        return self.site.folder / "var" / "mail"

    def messages(self) -> str:
        """The text of all messages that were kept."""
        files = self.mail.iterdir() if self.mail.is_dir() else ()
        return "".join(file.read_text() for file in files)

    def health(self) -> str:
        """What /health/ready says."""
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        page = f"http://127.0.0.1:{self.site.port}/health/ready"
        try:
            with opener.open(page, timeout=30) as answer:
                return str(answer.read().decode())
        except urllib.error.HTTPError as error:
            with error:
                return error.read().decode()

    def in_shell(self, statement: str) -> str:
        """Run a statement about `owed_message` in the site's own shell."""
        script = f"from tests.faults import owed_message; owed_message.{statement}"
        packages = self.site.python.environment.get("PYTHONPATH", "")
        path = os.pathsep.join(filter(None, [packages, str(ROOT)]))
        done = self.site.run("manage.py", "shell", "-v", "0", "-c", script, PYTHONPATH=path)
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    def ask_for_a_password(self) -> tuple[int, str]:
        """Ask by the site's page for a new password; the answer's status and final address."""
        page = f"http://127.0.0.1:{self.site.port}/accounts/password/reset/"
        browser = urllib.request.build_opener(
            urllib.request.ProxyHandler({}), urllib.request.HTTPCookieProcessor(CookieJar())
        )
        with browser.open(page, timeout=30) as form:
            token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', form.read().decode())
        assert token is not None
        sent = urllib.parse.urlencode({"csrfmiddlewaretoken": token[1], "email": ADMINISTRATOR})
        try:
            with browser.open(page, sent.encode(), timeout=30) as answer:
                return answer.status, answer.url
        except urllib.error.HTTPError as error:
            with error:
                return error.code, error.url


@pytest.fixture(scope="module")
def python() -> Iterator[Python | None]:
    """An interpreter that `nobody` can run, or None; as an ordinary account the tests' own."""
    nobody = service_account()
    folder = Path(tempfile.mkdtemp(prefix="nel-python-"))
    folder.chmod(0o755)
    yield python_for(nobody, folder) if nobody else Python()
    shutil.rmtree(folder)


@pytest.fixture(scope="module", params=["own account", "ordinary account"])
def run(request: pytest.FixtureRequest, python: Python | None) -> Iterator[Run]:
    """A site started by the tests' account and, where that is root, also by an ordinary one.

    Started by root its servers run as `nobody`, where that account can run a Python.
    """
    nobody = service_account()
    ordinary = request.param == "ordinary account"
    if ordinary and nobody is None:
        pytest.skip("the tests run as an ordinary account themselves: tried as own account")
    if ordinary and python is None:
        pytest.skip("nobody but root can run a Python with the project's packages here")
    with copied_site(python, nobody if ordinary else None) as site:
        before = set(site.folder.iterdir())
        read_until_ready(site.up())
        # A shell beside the site does not know its port.
        made = site.run("manage.py", "make_administrator", ADMINISTRATOR, "Ada", PORT="")
        assert made.returncode == 0, made.stderr
        assert f"http://127.0.0.1:{site.port}/accounts/password/reset/" in made.stdout
        yield Run(site, before)


def test_password_when_a_new_one_is_asked_for_then_the_message_is_in_the_mail_folder(
    run: Run,
) -> None:
    status, address = run.ask_for_a_password()

    assert (status, urllib.parse.urlsplit(address).path) == (200, "/accounts/password/reset/done/")
    assert wait_until(lambda: f"To: {ADMINISTRATOR}" in run.messages(), SECONDS)
    assert "/accounts/password/reset/key/" in run.messages()


def test_delivery_when_the_worker_sends_it_then_it_is_in_the_mail_folder(run: Run) -> None:
    run.in_shell(f"owe('{RESIDENT}')")

    assert wait_until(lambda: f"To: {RESIDENT}" in run.messages())
    assert f"Subject: {SUBJECT}" in run.messages()


def test_server_when_started_by_root_then_messages_are_written_by_another_account(
    run: Run, python: Python | None
) -> None:
    if python is None:
        pytest.skip("nobody but root can run a Python with the project's packages here")
    run.in_shell(f"owe('{RESIDENT_AT_ROOT}')")
    assert wait_until(lambda: f"To: {RESIDENT_AT_ROOT}" in run.messages())

    owners = {file.stat().st_uid for file in run.mail.iterdir()}

    assert owners
    assert 0 not in owners


def test_message_when_kept_then_nothing_else_appears_in_the_checkout(run: Run) -> None:
    run.in_shell(f"owe('{ANOTHER_RESIDENT}')")
    assert wait_until(lambda: f"To: {ANOTHER_RESIDENT}" in run.messages())

    assert set(run.site.folder.iterdir()) == run.before
    stray = [
        file
        for file in run.site.folder.rglob("*.log")
        if not file.is_relative_to(run.site.folder / "var")
    ]
    assert not stray


@pytest.mark.usefixtures("unwritable")
class TestUnwritable:
    """The mail folder cannot be written, whoever runs the site."""

    @pytest.fixture
    def unwritable(self, run: Run) -> Iterator[None]:
        aside = run.mail.with_name("aside")
        run.mail.rename(aside)
        # Not even root may write into a folder that is a file.
        run.mail.write_text("")
        yield
        run.mail.unlink()
        aside.rename(run.mail)

    def test_delivery_when_sent_then_it_still_waits_and_health_knows(self, run: Run) -> None:
        assert run.in_shell(f"owe_and_print_state('{LATER_RESIDENT}')") == "waiting"
        assert wait_until(lambda: "Nothing can be sent now" in run.health())

    def test_password_when_asked_for_then_the_answer_is_the_usual_one(self, run: Run) -> None:
        assert run.ask_for_a_password()[0] == 200


def test_up_when_messages_cannot_be_kept_then_refused_with_a_sentence() -> None:
    with copied_site() as site:
        (site.folder / "var" / "mail").write_text("")

        done = site.run("-m", "nel_participation.embedded")

        assert done.returncode == 1
        assert "Messages cannot be kept in" in done.stderr
        assert "Traceback" not in done.stderr
        (site.folder / "var" / "mail").unlink()
