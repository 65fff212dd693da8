"""Kinds of document: what each gives out, under which name, and what is refused."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from insight.reporting.documents import canonical, documents, pdf
from insight.reporting.documents.blocks import Text
from insight.reporting.documents.documents import (
    Document,
    DocumentKind,
    Format,
    Section,
    kind_of,
    register,
)
from insight.reporting.documents.kinds.board_report import KIND
from tests.insight.reporting.documents.months import a_month
from tests.insight.reporting.documents.printed import runs_of, words


def _arranged(frozen: Any) -> Document:
    return Document(
        title=frozen["title"],
        organisation="NHS North East London",
        dated=datetime(2026, 11, 3, tzinfo=UTC),
        status="For information.",
        sections=(Section("Purpose", (Text([[frozen["purpose"]]]),)),),
    )


def _front_sheet(frozen: Any) -> bytes:
    return pdf.render(_arranged(frozen))


@pytest.fixture
def front_sheet(monkeypatch: pytest.MonkeyPatch) -> DocumentKind:
    """A kind of document that nothing else knows of."""
    monkeypatch.setattr(documents, "_KINDS", dict(documents.kinds()))
    return register(
        DocumentKind(
            key="front_sheet",
            title="Front sheet",
            arrange=_arranged,
            formats=(Format("pdf", "PDF", "A paper", "application/pdf", _front_sheet),),
            stem=lambda frozen: "front-sheet",
        )
    )


def test_file_name_when_a_draft_then_it_says_so() -> None:
    month: Any = a_month()
    approved = KIND.file_name(month, "pdf")
    month["approved_at"] = None

    assert approved == "participation-report-2026-10.pdf"
    assert KIND.file_name(month, "pdf") == "participation-report-2026-10-draft.pdf"


def test_board_report_when_each_file_is_made_then_it_is_what_it_says() -> None:
    month = a_month()

    made = {one.extension: one.make(month) for one in kind_of(month).formats}

    assert made["pdf"].startswith(b"%PDF-")
    assert json.loads(made["json"]) == month
    assert made["json"] == canonical.to_bytes(month)


def test_kind_when_it_is_one_new_module_then_its_files_can_be_made(
    front_sheet: DocumentKind,
) -> None:
    frozen = {"type": "front_sheet", "title": "A paper", "purpose": "To agree the date."}

    found = kind_of(frozen)
    text = words(runs_of(found.format("pdf").make(frozen)))

    assert found.file_name(frozen, "pdf") == "front-sheet.pdf"
    assert text.index("A paper") < text.index("For information.") < text.index("To agree the date.")


def test_kind_when_frozen_words_name_one_that_is_not_known_then_it_is_refused() -> None:
    with pytest.raises(LookupError, match="no kind of document called “poem”"):
        kind_of({"type": "poem"})


def test_kind_when_another_has_its_key_then_it_is_refused(front_sheet: DocumentKind) -> None:
    other = DocumentKind("front_sheet", "Another", _arranged, (), lambda frozen: "other")

    with pytest.raises(ValueError, match="two kinds of document called “front_sheet”"):
        register(other)


def test_kind_when_it_gives_a_format_twice_then_it_is_refused() -> None:
    twice = Format("pdf", "PDF", "A paper", "application/pdf", _front_sheet)

    with pytest.raises(ValueError, match="one format twice"):
        register(DocumentKind("twice", "Twice", _arranged, (twice, twice), lambda frozen: "twice"))


def test_format_when_the_kind_does_not_have_it_then_it_is_refused() -> None:
    with pytest.raises(KeyError):
        KIND.format("odt")
