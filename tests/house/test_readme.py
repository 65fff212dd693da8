"""The README shows the walk as it is, and names only commands and files that exist."""

import re
from pathlib import Path

from django.core.management import get_commands

from nel_participation import walk

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_readme_when_compared_with_the_walk_then_it_has_the_same_steps() -> None:
    shown = README.split("<!-- the walk -->")[1].split("<!-- /the walk -->")[0].strip()

    assert shown == walk.in_words()


def test_readme_when_it_names_a_make_target_then_the_makefile_has_it() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.search(r"\.PHONY: (.+)", makefile)[1].split())  # type: ignore[index]  # there is one such line

    assert set(re.findall(r"\bmake ([a-z]+)\b(?! sure)", README)) <= targets


def test_readme_when_it_names_a_command_then_manage_py_has_it() -> None:
    texts = [README, *(path.read_text(encoding="utf-8") for path in (ROOT / "docs").glob("*.md"))]

    named = {command for text in texts for command in re.findall(r"manage\.py ([a-z_]+)", text)}

    assert named <= set(get_commands())


def test_documents_when_they_link_to_a_file_then_it_is_there() -> None:
    for document in [ROOT / "README.md", *(ROOT / "docs").rglob("*.md")]:
        for target in re.findall(
            r"\]\((?!https?:|#)([^)]+)\)", document.read_text(encoding="utf-8")
        ):
            assert (document.parent / target).exists(), f"{document.name} links to {target}"
