"""The file that says where the embedded servers listen, and the lock that admits one supervisor."""

import fcntl
import json
import os
from pathlib import Path
from typing import IO, Any

# Nothing listens at these: commands that use no database must still be able to load settings.
_NO_DATABASE = "postgresql://postgres@%2Fnonexistent/participation"
_NO_BROKER = "redis://127.0.0.1:1/0"


class InUse(Exception):
    """Raised when another process holds the lock of the folder."""


def database_url(var: Path) -> str:
    """The address of the running embedded database, or one at which nothing listens."""
    return str(read(var).get("database_url") or _NO_DATABASE)


def redis_url(var: Path) -> str:
    """The address of the running embedded broker, or one at which nothing listens."""
    return str(read(var).get("redis_url") or _NO_BROKER)


def port(var: Path) -> str:
    """The port of the site while it runs, so that commands beside it name its address."""
    return str(read(var).get("port") or "8000")


def read(var: Path) -> dict[str, Any]:
    """The addresses as last written; empty when nothing runs or the file cannot be read."""
    try:
        found = json.loads((var / "run" / "embedded.json").read_text())
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def write(var: Path, **addresses: Any) -> None:
    """Write the addresses for commands run beside the supervisor, readable by the owner only."""
    path = var / "run" / "embedded.json"
    fresh = path.with_name("embedded.json.new")
    fresh.unlink(missing_ok=True)
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        json.dump(addresses, file)
    fresh.replace(path)


def remove(var: Path) -> None:
    """Remove the file once the servers have stopped."""
    (var / "run" / "embedded.json").unlink(missing_ok=True)


def acquire_lock(var: Path) -> IO[str]:
    """Lock the folder until the returned file is closed or this process ends.

    Raises `InUse` when another process holds the lock.
    """
    folder = var / "run"
    folder.mkdir(parents=True, exist_ok=True)
    file = (folder / "lock").open("a+")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        file.close()
        raise InUse(str(folder)) from error
    return file
