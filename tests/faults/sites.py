"""Copies of the project that tests start with `make run`, each with its own data."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from nel_participation.embedded import state
from nel_participation.embedded.processes import Account, remove_server_folder
from tests.faults.processes import wait_until, working_in

ROOT = Path(__file__).resolve().parent.parent.parent
# Variables of the tests themselves, which a site under test must not see.
_OF_THE_TESTS = ("DATABASE_URL", "REDIS_URL", "EMAIL_URL", "NEL_", "DJANGO_", "PYTEST", "COV_")
_ALSO_OF_THE_TESTS = ("SECRET_KEY", "PORT", "BASE_URL")
# Seven processes import the copy, so it may keep its compiled modules, and begins with ours.
_SLOW = ("PYTHONDONTWRITEBYTECODE",)
_PACKAGES = ("core", "standards", "engagement", "insight", "nel_participation")
#: Longer than the supervisor's own limit, which is to be reported where it is reached.
_READY_SECONDS = 360.0


@dataclass(frozen=True)
class Python:
    """An interpreter with the project's packages."""

    path: str = sys.executable
    environment: dict[str, str] = field(default_factory=dict)


@dataclass
class Site:
    """A copy of the project; `run_as` is the account that starts it, None for the tests' own."""

    folder: Path
    port: int
    python: Python = field(default_factory=Python)
    run_as: Account | None = None
    started: list[subprocess.Popen[str]] = field(default_factory=list)

    def environment(self, **more: str) -> dict[str, str]:
        """The environment of somebody who has set nothing, and `more`."""
        without = _OF_THE_TESTS + _ALSO_OF_THE_TESTS + _SLOW
        plain = {key: value for key, value in os.environ.items() if not key.startswith(without)}
        return {**plain, **self.python.environment, "DEMO": "0", "PORT": str(self.port), **more}

    def up(self, **more: str) -> subprocess.Popen[str]:
        """Start the supervisor, as `make run` does."""
        process = subprocess.Popen(
            [self.python.path, "-m", "nel_participation.embedded"],
            cwd=self.folder,
            env=self.environment(**more),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            user=self.run_as.uid if self.run_as else None,
            group=self.run_as.gid if self.run_as else None,
            extra_groups=[] if self.run_as else None,
        )
        self.started.append(process)
        return process

    def stop(self) -> None:
        """Stop what still runs, as Ctrl-C does, and close the pipes it was read through."""
        for process in self.started:
            if process.poll() is None:
                process.send_signal(signal.SIGINT)
                process.wait(60)
            for pipe in (process.stdout, process.stderr):
                if pipe is not None:
                    pipe.close()

    def run(self, *command: str, **more: str) -> subprocess.CompletedProcess[str]:
        """Run Python in the copy to its end."""
        return subprocess.run(
            [self.python.path, *command],
            cwd=self.folder,
            env=self.environment(**more),
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
            user=self.run_as.uid if self.run_as else None,
            group=self.run_as.gid if self.run_as else None,
            extra_groups=[] if self.run_as else None,
        )

    def database_url(self) -> str:
        """The address of its database while it runs."""
        return state.database_url(self.folder / "var")

    def has_stopped(self) -> bool:
        """Whether none of its processes is left."""
        return not working_in(self.folder)


@contextmanager
def copied_site(python: Python | None = None, run_as: Account | None = None) -> Iterator[Site]:
    """Copy the project to a folder any account may enter; stopped and removed at the end."""
    folder = Path(tempfile.mkdtemp(prefix="nel-up-"))
    folder.chmod(0o755)
    # Beside us other workers may just be writing a compiled module under a passing name.
    passing = shutil.ignore_patterns("*.pyc.*")
    for name in (*_PACKAGES, "templates", "static", "var/frontend"):
        shutil.copytree(ROOT / name, folder / name, ignore=passing)
    shutil.copy2(ROOT / "manage.py", folder)
    if run_as is not None:
        run_as.give(folder, *folder.rglob("*"))
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    site = Site(folder, port, python or Python(), run_as)
    try:
        yield site
    finally:
        site.stop()
        assert wait_until(site.has_stopped)
        for name in ("postgres", "broker", "mail"):
            if os.path.lexists(folder / "var" / name):
                remove_server_folder(folder / "var" / name)
        shutil.rmtree(folder)


def read_until_ready(process: subprocess.Popen[str]) -> list[str]:
    """The lines the supervisor prints until the site is ready.

    Fails the test when it ends before, and kills it when it is not ready in time.
    """
    assert process.stdout is not None
    lines = []
    limit = threading.Timer(_READY_SECONDS, process.kill)
    limit.start()
    try:
        for line in process.stdout:
            lines.append(line.strip())
            if line.startswith("Press Ctrl-C"):
                return lines
    finally:
        limit.cancel()
    assert process.stderr is not None
    pytest.fail("\n".join(lines) + process.stderr.read())


def python_for(account: Account, folder: Path) -> Python | None:
    """An interpreter with the project's packages that another account can run, or None.

    It is the tests' own; where a closed folder lies on the way to it, as below the home folder of
    root, it is a copy made in `folder`, which uses the packages of the tests' own.
    """
    own = Python()
    if _can_be_run_by(account, own):
        return own
    base, version = Path(sys.base_prefix), f"python{sys.version_info[0]}.{sys.version_info[1]}"
    (folder / "bin").mkdir(parents=True)
    (folder / "lib").mkdir()
    shutil.copy2(base / "bin" / version, folder / "bin")
    for library in (base / "lib").glob("libpython*.so*"):
        shutil.copy2(library, folder / "lib")
    shutil.copytree(
        base / "lib" / version,
        folder / "lib" / version,
        ignore=shutil.ignore_patterns("site-packages", "test", "idlelib", "lib2to3", "config-*"),
    )
    packages = next(path for path in sys.path if path.endswith("site-packages"))
    environment = {"PYTHONPATH": packages, "LD_LIBRARY_PATH": str(folder / "lib")}
    copy = Python(str(folder / "bin" / version), environment)
    return copy if _can_be_run_by(account, copy) else None


def _can_be_run_by(account: Account, python: Python) -> bool:
    variables = [f"{name}={value}" for name, value in python.environment.items()]
    command = ["env", *variables, python.path, "-c", "import django, celery, redis, psycopg2"]
    return account.can_run(command, cwd=Path("/"))
