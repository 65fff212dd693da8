"""A document as a PDF: tagged to PDF/UA-1, and the same bytes from the same document.

The templates in `templates/reporting/documents/` lay the blocks out. Words reach typst as JSON in
`sys.inputs` and are never part of its source, so nothing that somebody wrote can be run.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import typst

from insight.reporting.documents import fonts
from insight.reporting.documents.blocks import Block, Picture
from insight.reporting.documents.documents import Document, Section
from insight.reporting.documents.wording import breakable

TEMPLATES = Path(__file__).resolve().parents[3] / "templates" / "reporting" / "documents"
#: How many characters of a fingerprint are printed at the foot of a page.
_MARK_LENGTH = 12
_DOTS_PER_INCH = 200
#: The longest word that stays whole, in letters, by the kind of block; elsewhere that of `_PLAIN`.
_PLAIN = 60
_LONGEST = {
    "table": 18,
    "chart": 18,
    "figures": 12,
    "stories": 24,
    "columns": 24,
    "heading": 30,
    "fingerprint": 100,
}
_NOT_WORDS = {"kind", "style", "target"}


class NotPrintable(RuntimeError):
    """typst refused the document or warned about it; the message says why."""


def render(document: Document) -> bytes:
    """The document as a PDF/UA-1 file, dated by the document.

    The same document gives the same bytes, in any process and at any time, as long as the pinned
    versions of typst and the typefaces stay. Refuses (`NotPrintable`) rather than give a file that
    is not accessible or not whole: a warning, such as a missing font, counts as a failure.
    """
    made = _typeset(
        "document.typ",
        _data(document),
        format="pdf",
        pdf_standards=["ua-1"],
        timestamp=int(document.dated.timestamp()),
    )
    return bytes(made)


def pictures(document: Document) -> list[bytes]:
    """Each chart of the document as a PNG, in order, for files that cannot hold our drawings."""
    charts = [_block(block) for block in _pictures(document)]
    if not charts:
        return []
    made = _typeset("pictures.typ", {"charts": charts}, format="png", ppi=_DOTS_PER_INCH)
    return [made] if isinstance(made, bytes) else list(made)


def _pictures(document: Document) -> Iterator[Picture]:
    waiting = [*document.front, *(block for one in document.sections for block in one.blocks)]
    return (block for block in waiting if isinstance(block, Picture))


def _data(document: Document) -> dict[str, Any]:
    dated = document.dated
    return {
        "title": document.title,
        "heading": breakable(document.title, 24),
        "organisation": document.organisation,
        "status": breakable(document.status, 40),
        "draft": document.is_draft,
        "date": [dated.year, dated.month, dated.day],
        "mark": document.fingerprint[:_MARK_LENGTH],
        "contents": document.has_contents,
        "front": [_block(block) for block in document.front],
        "short_front": [_block(block) for block in document.short_front.blocks],
        "in_full": [_section(section) for section in document.short_front.in_full],
        "sections": [_section(section) for section in document.sections],
    }


def _section(section: Section) -> dict[str, Any]:
    return {
        "title": section.title,
        "label": section.label,
        "blocks": [_block(block) for block in section.blocks],
    }


def _block(block: Block) -> dict[str, Any]:
    data: dict[str, Any] = _breaking(block.as_data(), _PLAIN)
    data.pop("chart", None)
    return data


def _breaking(value: Any, longest: int) -> Any:
    """The same value with places to break in words that are too long for where they stand."""
    if isinstance(value, str):
        return breakable(value, longest)
    if isinstance(value, list):
        return [_breaking(item, longest) for item in value]
    if isinstance(value, dict):
        longest = _LONGEST.get(value.get("kind", ""), longest)
        # What only the program reads stays as it is; a fingerprint is copied from the page.
        return {
            key: item if key in _NOT_WORDS else _breaking(item, longest)
            for key, item in value.items()
        }
    return value


def _typeset(template: str, data: dict[str, Any], **options: Any) -> Any:
    try:
        return _compile(template, _printable(data, strict=False), options)
    except typst.TypstError as error:
        if "could not be displayed" not in str(error.message):
            raise NotPrintable(error.diagnostic) from error
    # A letter and a mark can each have a glyph and the two together none: then marks are described.
    try:
        return _compile(template, _printable(data, strict=True), options)
    except typst.TypstError as error:
        raise NotPrintable(error.diagnostic) from error


def _compile(template: str, data: dict[str, Any], options: dict[str, Any]) -> Any:
    faces = fonts.typefaces()
    data["families"] = list(faces.families)
    made, warnings = typst.compile_with_warnings(
        str(TEMPLATES / template),
        root=str(TEMPLATES),
        font_paths=faces.fonts,
        sys_inputs={"document": json.dumps(data, ensure_ascii=False)},
        **options,
    )
    if warnings:
        raise NotPrintable("; ".join(warning.message for warning in warnings))
    return made


def _printable(value: Any, *, strict: bool) -> Any:
    if isinstance(value, str):
        return fonts.printable(value, strict=strict)
    if isinstance(value, dict):
        return {key: _printable(item, strict=strict) for key, item in value.items()}
    if isinstance(value, list):
        return [_printable(item, strict=strict) for item in value]
    return value
