"""Frozen reports of every schema number there ever was can still be read, shown and made again."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.template.loader import render_to_string

from core.frozen import FrozenContentError
from insight.reporting.documents import canonical
from insight.reporting.documents.documents import kind_of
from insight.reporting.documents.schema import SCHEMA, TYPE, read

#: One file for each schema number, named `<type>-<schema>.json`. When it is raised, keep an example
#: of the new one; never change a file that is here.
FILES = sorted((Path(__file__).parent / "kept").glob("*.json"))


def kept(file: Path) -> Any:
    return json.loads(file.read_text(encoding="utf-8"))


def test_schema_when_counted_then_each_number_has_a_kept_example() -> None:
    assert [file.stem for file in FILES] == [f"{TYPE}-{at}" for at in range(1, SCHEMA + 1)]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_report_when_kept_then_it_is_shown_and_each_file_is_made_again(file: Path) -> None:
    frozen = kept(file)
    kind = kind_of(frozen)

    page = render_to_string(
        "reporting/_document.html.jinja", {"document": kind.arrange(frozen)}, using="jinja2"
    )
    made = {one.extension: one.make(frozen) for one in kind.formats}

    assert canonical.fingerprint(frozen) == frozen["fingerprint"]
    assert "A quiet room was opened." in page
    assert "5 more are due" in page
    assert made["json"] == canonical.to_bytes(frozen)
    assert all(made.values())


def test_report_when_its_schema_is_younger_than_the_program_then_it_is_refused() -> None:
    frozen = kept(FILES[-1]) | {"schema": SCHEMA + 1}

    with pytest.raises(FrozenContentError, match="update it first"):
        read(frozen)
