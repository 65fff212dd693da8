"""Which tests `make test` runs, and whether it needs a browser for them."""

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
