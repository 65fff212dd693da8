"""The supervisor of `make run`: starts every process of the site, monitors them and stops them."""

import importlib
import json
import os
import pwd
import secrets
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

import psycopg2
import redis

from nel_participation.embedded import state
from nel_participation.embedded.broker import Broker
from nel_participation.embedded.postgres import CannotStart, Postgres
from nel_participation.embedded.processes import (
    Account,
    server_folder,
    service_account,
    spawn,
    terminate,
)

BASE_DIR = Path(__file__).resolve().parent.parent.parent
VAR = BASE_DIR / "var"
STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
_READY_SECONDS = 300.0
_STARTED_BY_MAKE = os.environ.get("NEL_STARTED_BY_MAKE") == "1"
_PARENT = os.getppid()
#: Health checks without which no page is served.
_NEEDED = {"database", "broker", "worker"}


class StopRequested(Exception):
    """Raised when a stop signal arrives."""


@dataclass
class ManagedProcess:
    """One running process and the name it has in messages."""

    name: str
    process: subprocess.Popen[bytes]


@dataclass(frozen=True)
class Answer:
    """What answers at the address of the site: its status or why there is none, whether it is the
    server started here, and the faults it finds.
    """

    status: str
    is_ours: bool = False
    faults: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Options:
    """What the environment asks of the supervisor."""

    port: int
    demo: bool
    database_url: str
    redis_url: str

    @classmethod
    def read(cls) -> "Options":
        """Read PORT, DEMO, DATABASE_URL and REDIS_URL; raises `CannotStart` for a bad value."""
        port = os.environ.get("PORT", "").strip() or "8000"
        if not port.isascii() or not port.isdigit() or not 0 < int(port) < 65536:
            raise CannotStart(
                "PORT is not the number of a port: write a number from 1024 to 65535, "
                "for example PORT=8001."
            )
        demo = os.environ.get("DEMO", "").strip() or "1"
        if demo not in {"0", "1"}:
            raise CannotStart("DEMO is neither 0 nor 1: write DEMO=0 to leave the demo data out.")
        return cls(
            int(port),
            demo == "1",
            os.environ.get("DATABASE_URL", "").strip(),
            os.environ.get("REDIS_URL", "").strip(),
        )


def run() -> int:
    """Run the site until a stop signal arrives or a process ends; returns the exit code."""
    for stop_signal in STOP_SIGNALS:
        signal.signal(stop_signal, _raise_stop)
    with ExitStack() as stack:
        try:
            options = Options.read()
            _require_free_port(options.port)
            stack.enter_context(_locked_folder())
            return _run(options, stack)
        except StopRequested:
            if _STARTED_BY_MAKE and os.getppid() != _PARENT:
                # make was killed, so nobody waits for an ordered stop, which may take half a
                # minute. The children end as they do when this process is killed.
                os.kill(os.getpid(), signal.SIGKILL)
            _print("Stopping …")
            return 0
        except CannotStart as error:
            sys.stderr.write(f"{error}\n")
            return 1
        finally:
            # A second signal must not interrupt the ordered stop; each step has a time limit.
            for stop_signal in STOP_SIGNALS:
                signal.signal(stop_signal, signal.SIG_IGN)


def _run(options: Options, stack: ExitStack) -> int:
    mode = "own-database" if options.database_url else "embedded"
    os.environ.update(NEL_RUN=mode, PORT=str(options.port))
    # A bad setting is refused here, before anything has started.
    settings = importlib.import_module("nel_participation.settings")
    processes: list[ManagedProcess] = []
    token = secrets.token_urlsafe(16)
    environment = {
        **os.environ,
        "NEL_START_TOKEN": token,
        "DJANGO_SETTINGS_MODULE": "nel_participation.settings",
        "PYTHONUNBUFFERED": "1",
    }
    if options.database_url:
        environment["DATABASE_URL"] = options.database_url
    else:
        server = Postgres(VAR / "postgres")
        stack.callback(server.stop)
        server.start()
        processes.append(ManagedProcess("database", server.process))
        environment["DATABASE_URL"] = server.url
    if options.redis_url:
        environment["REDIS_URL"] = options.redis_url
    else:
        broker = Broker(VAR / "broker")
        stack.callback(broker.stop)
        broker.start()
        processes.append(ManagedProcess("broker", broker.process))
        environment["REDIS_URL"] = broker.url
    _require_servers(environment)
    state.write(
        VAR,
        supervisor=os.getpid(),
        port=options.port,
        database_url="" if options.database_url else environment["DATABASE_URL"],
        redis_url="" if options.redis_url else environment["REDIS_URL"],
    )
    stack.callback(state.remove, VAR)
    run_as = _serving_account()
    mail_folder = Path(settings.EMAIL_FILE_PATH) if settings.EMAIL_FILE_PATH else None
    _prepare_folders(run_as, mail_folder)
    _prepare(options, environment)

    def start(name: str, argv: list[str | Path], stop_timeout: float) -> None:
        process = spawn(
            argv,
            run_as=run_as,
            cwd=BASE_DIR,
            env=environment,
            signal_on_parent_death=signal.SIGTERM,
        )
        stack.callback(terminate, process, signal.SIGTERM, stop_timeout)
        processes.append(ManagedProcess(name, process))

    if run_as is None and service_account() is not None:
        # Celery warns of running as root because of pickle, which this project does not accept.
        environment["PYTHONWARNINGS"] = "ignore:You're running the worker"
    celery: list[str | Path] = [sys.executable, "-m", "celery", "-A", "nel_participation", "-q"]
    alone = ["--without-gossip", "--without-mingle"]
    start("worker", [*celery, "worker", *alone, "--concurrency=2", "--loglevel=WARNING"], 20)
    start("timetable", [*celery, "beat", "--loglevel=WARNING", "--pidfile="], 10)
    web: list[str | Path] = [
        *(sys.executable, "-m", "nel_participation.embedded.web", str(options.port))
    ]
    start("web server", web, 10)
    address = f"http://127.0.0.1:{options.port}"
    faults = _wait_until_ready(address, token, processes)
    _print_ready_message(address, options, settings.DEMO_PASSWORD, mail_folder)
    for name, fault in faults.items():
        _print(f"Not well: {name}. {fault}")
    _monitor(processes)
    return 1


def _raise_stop(_signal: int, _frame: FrameType | None) -> None:
    raise StopRequested


def _print(line: str) -> None:
    # The terminal may have closed; the processes must still be stopped.
    with suppress(OSError):
        print(line, flush=True)


def _require_free_port(port: int) -> None:
    with socket.socket() as line:
        line.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            line.bind(("127.0.0.1", port))
        except OSError as error:
            raise CannotStart(
                f"Port {port} cannot be used ({(error.strerror or 'refused').lower()}): stop the "
                "program that has it, or choose another, for example "
                f"PORT={_suggested_port(port)} make run."
            ) from error


def _suggested_port(port: int) -> int:
    return port + 1 if 1023 < port < 65535 else 8001


def _locked_folder() -> ExitStack:
    """Lock var/; refuses when it cannot be written or another supervisor has locked it."""
    lock = ExitStack()
    try:
        VAR.mkdir(exist_ok=True)
        probe = VAR / f"probe.{os.getpid()}"
        probe.write_text("")
        probe.unlink()
        lock.enter_context(state.acquire_lock(VAR))
    except state.InUse:
        raise CannotStart(
            f"The project already runs from this folder (its data is in {VAR}): stop that one "
            "first, with Ctrl-C where it runs."
        ) from None
    except OSError as error:
        raise CannotStart(
            f"{VAR} cannot be written ({error.strerror}): give yourself the right to write there, "
            "or copy the project to a folder of your own."
        ) from error
    return lock


def _require_servers(environment: dict[str, str]) -> None:
    """Refuse, with how to mend the address, when database or broker do not answer."""
    try:
        psycopg2.connect(environment["DATABASE_URL"], connect_timeout=5).close()
    except (psycopg2.Error, UnicodeError) as error:
        raise CannotStart(
            "The database in DATABASE_URL does not answer "
            f"({_first_line(error)}): check its host, port, name and password, or leave "
            "DATABASE_URL unset to use the embedded one."
        ) from error
    try:
        with redis.Redis.from_url(
            environment["REDIS_URL"], socket_connect_timeout=5, socket_timeout=5
        ) as client:
            client.ping()
    except (redis.RedisError, ValueError, OSError) as error:
        raise CannotStart(
            f"The broker in REDIS_URL does not answer ({_first_line(error)}): check its host, "
            "port and password, or leave REDIS_URL unset to use the embedded one."
        ) from error


def _first_line(error: Exception) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0].rstrip(".")


def _serving_account() -> Account | None:
    """The account of web server and worker: `nobody` for root, where it can load the project."""
    run_as = service_account()
    load_project = [
        sys.executable,
        "-c",
        "import django, celery, nel_participation.embedded.supervisor",
    ]
    return run_as if run_as is not None and run_as.can_run(load_project, cwd=BASE_DIR) else None


def _prepare_folders(run_as: Account | None, mail: Path | None) -> None:
    """Let web server and worker write messages and read the signing key.

    Refuses when messages are to be kept in a folder and it cannot be written.
    """
    if mail is not None:
        _prepare_mail_folder(run_as, mail)
    key = VAR / "secret_key"
    if run_as is not None and key.exists():
        run_as.give(key)


def _prepare_mail_folder(run_as: Account | None, mail: Path) -> None:
    try:
        if run_as is None:
            mail.mkdir(parents=True, exist_ok=True)
            writable = os.access(mail, os.W_OK | os.X_OK)
        else:
            # A folder that somebody named in EMAIL_URL keeps its owner.
            is_ours = mail == VAR / "mail"
            folder = server_folder(mail, run_as) if is_ours else mail
            writable = run_as.can_run(["test", "-w", "."], cwd=folder)
    except OSError:
        writable = False
    if not writable:
        raise CannotStart(
            f"Messages cannot be kept in {mail}: remove it, or give {_account_name(run_as)} the "
            "right to write there, or set EMAIL_URL to a mail server."
        )


def _account_name(run_as: Account | None) -> str:
    return "yourself" if run_as is None else f"the account {pwd.getpwuid(run_as.uid).pw_name}"


def _prepare(options: Options, environment: dict[str, str]) -> None:
    """Migrate, load the facts, and load demo data into an empty embedded database.

    Each migration, the facts and the demo data are there whole or not at all, so what a start that
    ended early has left undone is done by the next. Refuses when any of it fails.
    """
    demo = ["--demo"] if options.demo and not options.database_url else []
    process = spawn(
        [sys.executable, "manage.py", "prepare", *demo],
        run_as=None,
        cwd=BASE_DIR,
        env=environment,
        signal_on_parent_death=signal.SIGTERM,
    )
    try:
        code = process.wait()
    finally:
        terminate(process, signal.SIGTERM, 5)
    if code:
        raise CannotStart("The database could not be made ready: the lines above say why.")


def _wait_until_ready(address: str, token: str, processes: list[ManagedProcess]) -> dict[str, str]:
    """Wait until pages can be served. Gives what else is wrong, by the name of the health check: a
    mail server that does not answer, for example, keeps nobody from the site.
    """
    deadline = time.monotonic() + _READY_SECONDS
    answer = Answer("no answer")
    while time.monotonic() < deadline:
        _require_running(processes)
        answer = _probe(f"{address}/health/ready", token)
        if answer.is_ours and not answer.faults.keys() & _NEEDED:
            return answer.faults
        if not answer.is_ours and answer.status.isdigit():
            raise CannotStart(f"Another program answers at {address}: stop it, or set PORT.")
        time.sleep(0.1)
    why = "; ".join(f"{name}: {fault}" for name, fault in answer.faults.items()) or answer.status
    raise CannotStart(
        f"The site did not become ready within {_READY_SECONDS:.0f} seconds ({why.rstrip('.')})."
    )


def _probe(url: str, token: str) -> Answer:
    """What the web server answers, and whether it is the one started here.

    Only that one knows the token, and shows it only to who sends it.
    """
    # A proxy named in the environment must not be used for loopback.
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    request = urllib.request.Request(url, headers={"X-Start-Token": token})  # noqa: S310  # http, loopback
    try:
        try:
            answer = opener.open(request, timeout=10)
        except urllib.error.HTTPError as error:
            answer = error
        with answer:
            is_ours = answer.headers.get("X-Start-Token") == token
            checks = json.load(answer)["checks"] if is_ours else {}
    except OSError as error:
        return Answer(_first_line(error))
    faults = {name: fault for name, fault in checks.items() if fault != "well"}
    return Answer(str(answer.status), is_ours, faults)


def _print_ready_message(address: str, options: Options, password: str, mail: Path | None) -> None:
    _print("")
    _print(f"Ready: {address}/")
    if not options.database_url and options.demo:
        names = ("officer", "lead", "analyst", "secretary", "reviewer", "admin")
        _print(f"Sign in at {address}/accounts/login/ with the password {password} as")
        _print("  " + ", ".join(f"{name}@example.org" for name in names))
    else:
        _print("Make the first administrator, if there is none yet:")
        _print('  .venv/bin/python manage.py make_administrator you@example.org "Your Name"')
    if mail is not None:
        _print(f"Messages are kept in {mail}")
        _print(f"  Officers and leads read them at {address}/staff/outbox/")
    _print("Press Ctrl-C to stop.")


def _monitor(processes: list[ManagedProcess]) -> None:
    """Wait until make is interrupted; raises `CannotStart` when a process ends by itself."""
    interrupted = _make_was_interrupted()
    while True:
        _require_running(processes)
        if interrupted():
            raise StopRequested
        time.sleep(0.5)


def _require_running(processes: list[ManagedProcess]) -> None:
    for managed in processes:
        code = managed.process.poll()
        if code is not None:
            raise CannotStart(
                f"The {managed.name} ended by itself (code {code}), so everything is stopped: "
                "start again with make run."
            )


def _make_was_interrupted() -> Callable[[], bool]:
    """Returns a function that tells whether `make` received a SIGINT that was not passed on.

    make passes SIGTERM on to its children. On SIGINT it removes its own handler and waits for
    them, for ever when the signal was sent to make alone and not to the whole process group.
    """
    if not _STARTED_BY_MAKE or sys.platform != "linux":
        return lambda: False
    make_status = Path(f"/proc/{os.getppid()}/status")

    def handles_interrupts() -> bool:
        try:
            lines = make_status.read_text().splitlines()
        except OSError:
            return False
        caught = next((line.split()[1] for line in lines if line.startswith("SigCgt:")), "0")
        return bool(int(caught, 16) & (1 << (signal.SIGINT - 1)))

    if not handles_interrupts():
        return lambda: False
    return lambda: not handles_interrupts()
