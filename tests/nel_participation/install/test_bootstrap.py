"""Which tests `make test` runs, and whether it needs a browser for them."""

from pathlib import Path

import pytest

from nel_participation.install import bootstrap


def test_selection_when_nothing_is_named_then_every_test_and_a_browser() -> None:
    selected = bootstrap.selected_tests("", "")

    assert selected == []
    assert bootstrap.needs_browser(selected)


def test_selection_when_a_wing_is_named_then_each_folder_of_its_name_and_no_browser() -> None:
    selected = bootstrap.selected_tests("core", "")

    assert "tests/core" in selected
    assert all(path.endswith("/core") for path in selected)
    assert not bootstrap.needs_browser(selected)


def test_selection_when_no_folder_has_the_name_of_the_wing_then_refused_with_a_sentence() -> None:
    with pytest.raises(bootstrap.CannotSetUp, match="no tests in a folder named 'nowhere'"):
        bootstrap.selected_tests("nowhere", "")


@pytest.mark.parametrize(
    ("only", "arguments", "browser"),
    [
        ("tests/walk", ["tests/walk"], False),
        ("tests/walk/test_walk.py::test_x", ["tests/walk/test_walk.py::test_x"], False),
        ("tests/walk  tests/core/views", ["tests/walk", "tests/core/views"], False),
        ("tests/walk/test_walk.py::test_x[a b]", ["tests/walk/test_walk.py::test_x[a b]"], False),
        ("tests/browser/test_walk.py", ["tests/browser/test_walk.py"], True),
        ("refused and not api", ["-k", "refused and not api"], True),
    ],
)
def test_selection_when_only_a_part_is_named_then_a_path_or_an_expression(
    only: str, arguments: list[str], browser: bool
) -> None:
    selected = bootstrap.selected_tests("", only)

    assert selected == arguments
    assert bootstrap.needs_browser(selected) is browser


@pytest.mark.parametrize("only", ["tests/walk tests/nowhere", "tests/nowhere", "core or tests/x"])
def test_selection_when_a_path_does_not_exist_then_refused_with_a_sentence(only: str) -> None:
    with pytest.raises(bootstrap.CannotSetUp, match=r"no .*tests/(nowhere|x)"):
        bootstrap.selected_tests("", only)


def test_environment_when_it_is_a_link_to_nothing_then_the_link_gives_way_to_a_real_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    link = tmp_path / ".venv"
    link.symlink_to(tmp_path / "gone")
    monkeypatch.setattr(bootstrap, "VENV", link)
    monkeypatch.setattr(bootstrap, "PYTHON", link / "bin" / "python")

    bootstrap._make_environment()

    assert not link.is_symlink()
    assert (link / "bin" / "python").exists()


@pytest.mark.parametrize(("cores", "workers"), [(None, 2), (1, 2), (2, 3), (64, 6)])
def test_workers_when_cores_are_counted_then_one_more_within_limits(
    cores: int | None, workers: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("os.cpu_count", lambda: cores)

    assert bootstrap.test_workers() == workers
