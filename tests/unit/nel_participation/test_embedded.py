"""State on disk, the database borrowed by one command, and what is asked of the environment."""

import os
import stat
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg2
import pytest

from nel_participation.embedded import borrowed, state
from nel_participation.embedded.processes import clear_room


@pytest.fixture
def var(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder for data of its own, and nothing in the environment that names a database."""
    made = Path(tempfile.mkdtemp(prefix="nel-var-"))
    made.chmod(0o755)
    monkeypatch.setattr(borrowed, "VAR", made)
    # Set first, so that what a command puts there is taken back at the end as well.
    for name in ("DATABASE_URL", "NEL_RUN"):
        monkeypatch.setenv(name, "")
    yield made
    if os.path.lexists(made / "postgres"):
        clear_room(made / "postgres")
    for path in sorted(made.rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()
    made.rmdir()


def test_state_when_written_then_read_by_its_owner_only_until_forgotten(var: Path) -> None:
    state.hold(var).close()
    assert state.read(var) == {}

    state.write(var, database_url="postgresql://a", redis_url="redis://b")

    assert state.database_url(var) == "postgresql://a"
    assert state.redis_url(var) == "redis://b"
    assert stat.S_IMODE((var / "run" / "embedded.json").stat().st_mode) == 0o600
    state.forget(var)
    assert state.database_url(var) == "postgresql://postgres@%2Fnonexistent/participation"


def test_state_when_file_is_not_ours_then_taken_as_nothing(var: Path) -> None:
    state.hold(var).close()
    (var / "run" / "embedded.json").write_text("[1, 2")

    assert state.read(var) == {}


def test_hold_when_somebody_has_the_folder_then_refused_until_they_let_go(var: Path) -> None:
    held = state.hold(var)

    with pytest.raises(state.InUse):
        state.hold(var)

    held.close()
    state.hold(var).close()


def test_database_for_when_nothing_runs_then_starts_one_for_the_command(var: Path) -> None:
    with borrowed.database_for(["board_report", "2026-10"]):
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
    monkeypatch.setattr(borrowed, "_answers", lambda url: True)

    with borrowed.database_for(["board_report", "2026-10"]):
        assert os.environ["DATABASE_URL"] == ""

    assert not (var / "postgres").exists()


def test_database_for_when_another_is_starting_then_asks_to_try_again(var: Path) -> None:
    held = state.hold(var)

    with pytest.raises(SystemExit, match="try again"), borrowed.database_for(["reconcile"]):
        pass

    held.close()


@pytest.mark.parametrize("arguments", [[], ["help"], ["check"]])
def test_database_for_when_command_asks_nothing_then_starts_none(
    arguments: list[str], var: Path
) -> None:
    with borrowed.database_for(arguments):
        assert os.environ["DATABASE_URL"] == ""

    assert not (var / "postgres").exists()


@pytest.mark.parametrize(("url", "run"), [("", "embedded"), ("postgresql://x@y/z", "own-database")])
def test_database_for_when_command_is_up_then_settings_are_told_whose_database_it_is(
    url: str, run: str, var: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", url)

    with borrowed.database_for(["up"]):
        assert os.environ["NEL_RUN"] == run
