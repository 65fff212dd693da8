"""A database server left by a killed supervisor is told from those of others."""

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from subprocess import Popen
from time import sleep

import pytest

from nel_participation.embedded import postgres


@pytest.fixture
def left(tmp_path: Path) -> Iterator[Callable[[str], Popen[bytes]]]:
    """Starts a program that looks like a server on a folder, and has the folder name it."""
    started = []

    def start(data: str) -> Popen[bytes]:
        wait = "import time; time.sleep(60)"
        one = Popen([sys.executable, "-c", wait, "postgres", "-D", str(tmp_path / data), "-h", ""])
        started.append(one)
        (tmp_path / "data").mkdir(exist_ok=True)
        (tmp_path / "data" / "postmaster.pid").write_text(f"{one.pid}\n{tmp_path / 'data'}\n")
        sleep(0.2)
        return one

    yield start
    for one in started:
        one.kill()
        one.wait()


@pytest.mark.parametrize(("data", "is_stopped"), [("data", True), ("data-of-others", False)])
def test_orphan_when_its_number_is_that_of_a_server_of_another_folder_then_that_one_goes_on(
    left: Callable[[str], Popen[bytes]], tmp_path: Path, data: str, is_stopped: bool
) -> None:
    server = left(data)

    postgres._stop_orphan(tmp_path / "data")

    assert (server.poll() is not None) is is_stopped
