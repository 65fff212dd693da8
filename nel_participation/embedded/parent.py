"""The one parent of all processes: starts them in order, watches them, stops them in order."""

import importlib
import os
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
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

import psycopg2
import redis

from nel_participation.embedded import state
from nel_participation.embedded.broker import Broker
from nel_participation.embedded.postgres import CannotStart, Postgres
from nel_participation.embedded.processes import Account, account, end, room, spawn

BASE_DIR = Path(__file__).resolve().parent.parent.parent
VAR = BASE_DIR / "var"
_PATIENCE = 120.0


class Stop(Exception):
    """Somebody asked us to stop."""


@dataclass
class Child:
    """One running process and what people call it."""

    name: str
    process: subprocess.Popen[bytes]


@dataclass(frozen=True)
class Wishes:
    """What the person who started it asked for, from the environment."""

    port: int
    demo: bool
    database_url: str
    redis_url: str

    @classmethod
    def read(cls) -> "Wishes":
        """Read PORT, DEMO, DATABASE_URL and REDIS_URL; refuses with `CannotStart`."""
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
    """Run the project until it is told to stop; returns the exit code of the command."""
    for sent in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(sent, _asked_to_stop)
    with ExitStack() as stack:
        try:
            wishes = Wishes.read()
            _test_port(wishes.port)
            stack.enter_context(_folder())
            return _run(wishes, stack)
        except Stop:
            _say("Stopping …")
            return 0
        except CannotStart as error:
            sys.stderr.write(f"{error}\n")
            return 1
        finally:
            # Asked again while stopping: the order is kept, and every wait has an end.
            for sent in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
                signal.signal(sent, signal.SIG_IGN)


def _run(wishes: Wishes, stack: ExitStack) -> int:
    run_as = "own-database" if wishes.database_url else "embedded"
    os.environ.update(NEL_RUN=run_as, PORT=str(wishes.port))
    # A bad value ends us here, with its sentence, before anything is begun.
    settings = importlib.import_module("nel_participation.settings")
    children: list[Child] = []
    token = secrets.token_urlsafe(16)
    environment = {
        **os.environ,
        "NEL_START_TOKEN": token,
        "DJANGO_SETTINGS_MODULE": "nel_participation.settings",
        "PYTHONUNBUFFERED": "1",
    }
    if wishes.database_url:
        environment["DATABASE_URL"] = wishes.database_url
    else:
        server = Postgres(VAR / "postgres")
        stack.callback(server.stop)
        server.start()
        children.append(Child("database", server.process))
        if _first_time().exists():
            # The very first start ended in the middle of loading, before anybody was served.
            server.empty()
        elif server.is_new:
            _first_time().write_text("")
        environment["DATABASE_URL"] = server.url
    if wishes.redis_url:
        environment["REDIS_URL"] = wishes.redis_url
    else:
        broker = Broker(VAR / "broker")
        stack.callback(broker.stop)
        broker.start()
        children.append(Child("broker", broker.process))
        environment["REDIS_URL"] = broker.url
    _test_servers(environment)
    state.write(
        VAR,
        parent=os.getpid(),
        database_url="" if wishes.database_url else environment["DATABASE_URL"],
        redis_url="" if wishes.redis_url else environment["REDIS_URL"],
    )
    stack.callback(state.forget, VAR)
    who = _serving_account()
    _own_folders(who)
    _prepare(wishes, environment)

    def start(name: str, argv: list[str | Path], patience: float) -> None:
        process = spawn(argv, who=who, cwd=BASE_DIR, env=environment, when_we_die=signal.SIGTERM)
        stack.callback(end, process, signal.SIGTERM, patience)
        children.append(Child(name, process))

    if who is None and account() is not None:
        # Celery's alarm at being root is about pickle, which we do not take.
        environment["PYTHONWARNINGS"] = "ignore:You're running the worker"
    celery: list[str | Path] = [sys.executable, "-m", "celery", "-A", "nel_participation", "-q"]
    alone = ["--without-gossip", "--without-mingle"]
    start("worker", [*celery, "worker", *alone, "--concurrency=2", "--loglevel=WARNING"], 20)
    start("timetable", [*celery, "beat", "--loglevel=WARNING", "--pidfile="], 10)
    start("web server", _gunicorn(wishes.port), 10)
    address = f"http://127.0.0.1:{wishes.port}"
    _wait_until_ready(address, token, children)
    _greet(address, wishes, settings.DEMO_PASSWORD)
    _watch(children)
    return 1


def _asked_to_stop(_signal: int, _frame: FrameType | None) -> None:
    raise Stop


def _say(line: str) -> None:
    # The terminal may be gone: there is still a lot to stop.
    with suppress(OSError):
        print(line, flush=True)


def _test_port(port: int) -> None:
    with socket.socket() as line:
        line.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            line.bind(("127.0.0.1", port))
        except OSError as error:
            raise CannotStart(
                f"Port {port} cannot be used ({(error.strerror or 'refused').lower()}): stop the "
                "program that has it, or choose another, for example "
                f"PORT={_another(port)} make run."
            ) from error


def _another(port: int) -> int:
    return port + 1 if 1023 < port < 65535 else 8001


def _folder() -> ExitStack:
    """Hold var/ for ourselves; refuses when it cannot be written or another parent has it."""
    held = ExitStack()
    try:
        VAR.mkdir(exist_ok=True)
        probe = VAR / f"probe.{os.getpid()}"
        probe.write_text("")
        probe.unlink()
        held.enter_context(state.hold(VAR))
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
    return held


def _test_servers(environment: dict[str, str]) -> None:
    """Ask the named database and broker for an answer; refuses with how to mend their addresses."""
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
    """Whom web server and worker run as: not root, where another account can read the project."""
    who = account()
    loads = [sys.executable, "-c", "import django, celery, nel_participation.embedded.parent"]
    return who if who is not None and who.can_run(loads, cwd=BASE_DIR) else None


def _own_folders(who: Account | None) -> None:
    """Make the folder that messages are kept in, and let web server and worker sign."""
    if who is None:
        (VAR / "mail").mkdir(exist_ok=True)
    else:
        room(VAR / "mail", who)
    key = VAR / "secret_key"
    if who is not None and key.exists():
        who.own(key)


def _prepare(wishes: Wishes, environment: dict[str, str]) -> None:
    """Bring tables and facts up to date, and load demo data into an empty embedded database."""
    demo = ["--demo"] if wishes.demo and not wishes.database_url else []
    process = spawn(
        [sys.executable, "manage.py", "prepare", *demo],
        who=None,
        cwd=BASE_DIR,
        env=environment,
        when_we_die=signal.SIGTERM,
    )
    try:
        code = process.wait()
    finally:
        end(process, signal.SIGTERM, 5)
    if code:
        raise CannotStart("The database could not be made ready: the lines above say why.")
    _first_time().unlink(missing_ok=True)


def _first_time() -> Path:
    """A file that is there from the making of the database until it was first ready."""
    return VAR / "run" / "first-time"


def _gunicorn(port: int) -> list[str | Path]:
    return [
        *(sys.executable, "-m", "gunicorn", "nel_participation.wsgi"),
        *("--bind", f"127.0.0.1:{port}", "--workers", "2"),
        *("--worker-class", "gthread", "--threads", "4"),
        # Imported once and shared by both: half the time to the first page.
        *("--preload", "--graceful-timeout", "5", "--no-control-socket", "--log-level", "warning"),
    ]


def _wait_until_ready(address: str, token: str, children: list[Child]) -> None:
    until = time.monotonic() + _PATIENCE
    said = "no answer"
    while time.monotonic() < until:
        _refuse_if_dead(children)
        said, mine = _ask(f"{address}/health/ready", token)
        if said == "200" and mine:
            return
        if not mine and said.isdigit():
            raise CannotStart(f"Another program answers at {address}: stop it, or set PORT.")
        time.sleep(0.1)
    raise CannotStart(f"The site did not become ready within {_PATIENCE:.0f} seconds ({said}).")


def _ask(url: str, token: str) -> tuple[str, bool]:
    """The status of an answer, and whether it comes from our own child."""
    # Never by a proxy named in the environment.
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(url, timeout=10) as answer:
            return str(answer.status), answer.headers.get("X-Start-Token") == token
    except urllib.error.HTTPError as error:
        with error:
            return str(error.code), error.headers.get("X-Start-Token") == token
    except OSError as error:
        return _first_line(error), False


def _greet(address: str, wishes: Wishes, password: str) -> None:
    _say("")
    _say(f"Ready: {address}/")
    if not wishes.database_url and wishes.demo:
        names = ("officer", "lead", "analyst", "secretary", "reviewer", "admin")
        _say(f"Sign in at {address}/accounts/login/ with the password {password} as")
        _say("  " + ", ".join(f"{name}@example.org" for name in names))
    if not os.environ.get("EMAIL_URL", "").strip():
        _say(f"Messages are kept in {VAR / 'mail'}")
    _say("Press Ctrl-C to stop.")


def _watch(children: list[Child]) -> None:
    """Wait until a child dies, which is an end nobody asked for."""
    interrupted = _starter_was_interrupted()
    while True:
        _refuse_if_dead(children)
        if interrupted():
            raise Stop
        time.sleep(0.5)


def _refuse_if_dead(children: list[Child]) -> None:
    for child in children:
        code = child.process.poll()
        if code is not None:
            raise CannotStart(
                f"The {child.name} ended by itself (code {code}), so everything is stopped: "
                "start again with make run."
            )


def _starter_was_interrupted() -> Callable[[], bool]:
    """Whether `make` got a Ctrl-C that did not reach us.

    make tells its children of SIGTERM only; on SIGINT it takes off its own handler and waits for
    us. Sent to make alone, not by a terminal to the whole group, it would wait for ever.
    """
    if os.environ.get("NEL_STARTED_BY_MAKE") != "1" or sys.platform != "linux":
        return lambda: False
    starter = Path(f"/proc/{os.getppid()}/status")

    def catches() -> bool:
        try:
            lines = starter.read_text().splitlines()
        except OSError:
            return False
        caught = next((line.split()[1] for line in lines if line.startswith("SigCgt:")), "0")
        return bool(int(caught, 16) & (1 << (signal.SIGINT - 1)))

    if not catches():
        return lambda: False
    return lambda: not catches()
