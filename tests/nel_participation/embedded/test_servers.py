"""The file of addresses, its lock, and the database that a single command is given."""

import os
import stat
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg2
import pytest

from nel_participation.embedded import command_database, state
from nel_participation.embedded.processes import remove_server_folder


@pytest.fixture
def var(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder for data of its own, and nothing in the environment that names a database."""
    made = Path(tempfile.mkdtemp(prefix="nel-var-"))
    made.chmod(0o755)
    monkeypatch.setattr(command_database, "VAR", made)
    # Set first, so that what a command puts there is taken back at the end as well.
    for name in ("DATABASE_URL", "NEL_RUN"):
        monkeypatch.setenv(name, "")
    yield made
    if os.path.lexists(made / "postgres"):
        remove_server_folder(made / "postgres")
    for path in sorted(made.rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()
    made.rmdir()


def test_state_when_written_then_read_by_its_owner_only_until_removed(var: Path) -> None:
    state.acquire_lock(var).close()
    assert state.read(var) == {}

    state.write(var, database_url="postgresql://a", redis_url="redis://b")

    assert state.database_url(var) == "postgresql://a"
    assert state.redis_url(var) == "redis://b"
    assert stat.S_IMODE((var / "run" / "embedded.json").stat().st_mode) == 0o600
    state.remove(var)
    assert state.database_url(var) == "postgresql://postgres@%2Fnonexistent/participation"


def test_state_when_file_is_not_json_then_read_as_empty(var: Path) -> None:
    state.acquire_lock(var).close()
    (var / "run" / "embedded.json").write_text("[1, 2")

    assert state.read(var) == {}


def test_lock_when_another_process_holds_it_then_refused_until_released(var: Path) -> None:
    lock = state.acquire_lock(var)

    with pytest.raises(state.InUse):
        state.acquire_lock(var)

    lock.close()
    state.acquire_lock(var).close()


def test_database_for_when_nothing_runs_then_starts_one_for_the_command(var: Path) -> None:
    with command_database.database_for(["board_report", "2026-10"]):
        url = os.environ["DATABASE_URL"]
        assert os.environ["NEL_RUN"] == "embedded"
        with psycopg2.connect(url) as connection, connection.cursor() as cursor:
            cursor.execute("SELECT current_database()")
            assert cursor.fetchone() == ("participation",)
        connection.close()

    with pytest.raises(psycopg2.OperationalError):
        psycopg2.connect(url)


def test_database_for_when_one_runs_already_then_starts_none(
    var: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(command_database, "_accepts_connections", lambda url: True)

    with command_database.database_for(["board_report", "2026-10"]):
        assert os.environ["DATABASE_URL"] == ""

    assert not (var / "postgres").exists()


def test_database_for_when_another_is_starting_then_asks_to_try_again(var: Path) -> None:
    lock = state.acquire_lock(var)

    with pytest.raises(SystemExit, match="try again"), command_database.database_for(["reconcile"]):
        pass

    lock.close()


@pytest.mark.parametrize("arguments", [[], ["help"], ["check"]])
def test_database_for_when_command_asks_nothing_then_starts_none(
    arguments: list[str], var: Path
) -> None:
    with command_database.database_for(arguments):
        assert os.environ["DATABASE_URL"] == ""

    assert not (var / "postgres").exists()


@pytest.mark.parametrize(("url", "run"), [("", "embedded"), ("postgresql://x@y/z", "own-database")])
def test_database_for_when_command_is_up_then_settings_are_told_whose_database_it_is(
    url: str, run: str, var: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", url)

    with command_database.database_for(["up"]):
        assert os.environ["NEL_RUN"] == run
