"""Helpers for running processes."""

import os
import time
from collections.abc import Callable
from pathlib import Path


def wait_until(true: Callable[[], bool], seconds: float = 30.0) -> bool:
    """Whether something comes true in time."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if true():
            return True
        time.sleep(0.05)
    return true()


def working_in(folder: Path) -> list[int]:
    """The processes whose current folder is below this one."""
    found = []
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        try:
            where = Path(os.readlink(entry / "cwd"))
        except OSError:
            continue
        if where.is_relative_to(folder):
            found.append(int(entry.name))
    return found
