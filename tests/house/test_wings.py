"""The checks of the order of wings, each tried on a copy of the source that breaks it."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from nel_participation.install import wings

ROOT = Path(__file__).resolve().parent.parent.parent
PACKAGES = ("core", "standards", "engagement", "insight", "nel_participation")


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the source."""
    for name in (*PACKAGES, "templates"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy2(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def _append(file: Path, text: str) -> None:
    file.write_text(f"{file.read_text(encoding='utf-8')}\n{text}\n", encoding="utf-8")


def _imports_are_kept(root: Path) -> bool:
    program = Path(sys.executable).parent / "lint-imports"
    done = subprocess.run(
        [sys.executable, str(program), "--no-cache"], cwd=root, capture_output=True, check=False
    )
    return done.returncode == 0


def test_wings_when_looked_at_as_they_are_then_no_string_points_up() -> None:
    assert wings.problems() == []


def test_import_when_it_points_up_then_the_check_fails(copy: Path) -> None:
    _append(copy / "engagement/people/selectors/contacts.py", "import insight.loop.models  # noqa")

    assert not _imports_are_kept(copy)


def test_module_when_no_contract_names_it_then_the_check_fails(copy: Path) -> None:
    (copy / "engagement/people/helpers.py").write_text('"""A module of no room."""\n')

    assert not _imports_are_kept(copy)


@pytest.mark.parametrize(
    ("file", "text", "sentence"),
    [
        (
            "engagement/people/models/person.py",
            'up = models.ForeignKey("activities.Activity", on_delete=models.PROTECT)',
            "has a relation to activities",
        ),
        (
            "engagement/activities/actions/sessions.py",
            'up = reverse("finding-board", args=[1])',
            "names the address finding-board",
        ),
        (
            "templates/people/contact-list.html.jinja",
            '<a href="{{ url("activity-list") }}">Up</a>',
            "names the address activity-list",
        ),
        (
            "templates/people/contact-list.html.jinja",
            '{% include "activities/_register-found.html.jinja" %}',
            "takes a template of activities",
        ),
        (
            "templates/loop/loop-list.html.jinja",
            "{% from 'reporting/_figures.html.jinja' import headline %}",
            "takes a template of reporting",
        ),
        (
            "engagement/people/views/contacts.py",
            'up = render(request, "activities/activity-list.html.jinja")',
            "takes a template of activities",
        ),
    ],
    ids=[
        "foreign key",
        "address in a module",
        "address in a template",
        "template included",
        "template imported",
        "template rendered by a module",
    ],
)
def test_string_when_it_points_up_then_the_check_says_where(
    copy: Path, file: str, text: str, sentence: str
) -> None:
    _append(copy / file, text)

    found = wings.problems(copy)

    assert len(found) == 1
    assert found[0].startswith(file)
    assert sentence in found[0]


def test_order_when_read_then_it_is_that_of_the_import_contract() -> None:
    assert wings.order()[0] == "nel_participation"
    assert wings.order()[-1] == "core"
