"""What is known on disk about the embedded servers: where they listen, and who runs them."""

import fcntl
import json
import os
from pathlib import Path
from typing import IO, Any

# An address nothing listens at: commands that ask nothing of a database may still load settings.
_NO_DATABASE = "postgresql://postgres@%2Fnonexistent/participation"
_NO_BROKER = "redis://127.0.0.1:1/0"


class InUse(Exception):
    """Another process holds the folder."""


def database_url(var: Path) -> str:
    """The address of the embedded database as last written, or one where nothing listens."""
    return str(read(var).get("database_url") or _NO_DATABASE)


def redis_url(var: Path) -> str:
    """The address of the embedded broker as last written, or one where nothing listens."""
    return str(read(var).get("redis_url") or _NO_BROKER)


def read(var: Path) -> dict[str, Any]:
    """The state as last written; empty when nothing runs or it may not be read."""
    try:
        found = json.loads((var / "run" / "embedded.json").read_text())
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def write(var: Path, **facts: Any) -> None:
    """Write the state down for commands run beside the parent; only its owner may read it."""
    path = var / "run" / "embedded.json"
    fresh = path.with_name("embedded.json.new")
    fresh.unlink(missing_ok=True)
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        json.dump(facts, file)
    fresh.replace(path)


def forget(var: Path) -> None:
    """Take the state away when the servers are stopped."""
    (var / "run" / "embedded.json").unlink(missing_ok=True)


def hold(var: Path) -> IO[str]:
    """Take the folder for this process until it ends, however it ends.

    Refuses with `InUse` when another process has it.
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
