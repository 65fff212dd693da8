"""A document as a PDF: tagged to PDF/UA-1, and the same bytes from the same document.

The templates in `templates/reporting/documents/` lay the blocks out. Words reach typst as JSON in
`sys.inputs` and are never part of its source, so nothing that somebody wrote can be run.
"""

import json
from pathlib import Path
from typing import Any

import typst

from insight.reporting.documents import fonts
from insight.reporting.documents.documents import Document, Section
from insight.reporting.documents.wording import breakable

TEMPLATES = Path(__file__).resolve().parents[3] / "templates" / "reporting" / "documents"
#: How many characters of a fingerprint are printed at the foot of a page.
_MARK_LENGTH = 12


class NotPrintable(RuntimeError):
    """typst refused the document or warned about it; the message says why."""


def render(document: Document) -> bytes:
    """The document as a PDF/UA-1 file, dated by the document.

    The same document gives the same bytes, in any process and at any time, as long as the pinned
    versions of typst and the typefaces stay. Refuses (`NotPrintable`) rather than give a file that
    is not accessible or not whole: a warning, such as a missing font, counts as a failure.
    """
    data = _data(document)
    dated = int(document.dated.timestamp())
    try:
        return _compile(_printable(data, strict=False), dated)
    except typst.TypstError as error:
        if "could not be displayed" not in str(error.message):
            raise NotPrintable(error.diagnostic) from error
    # A letter and a mark can each have a glyph and the two together none: then marks are described.
    try:
        return _compile(_printable(data, strict=True), dated)
    except typst.TypstError as error:
        raise NotPrintable(error.diagnostic) from error


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
        "front": [block.as_data() for block in document.front],
        "sections": [_section(section) for section in document.sections],
    }


def _section(section: Section) -> dict[str, Any]:
    return {
        "title": section.title,
        "page": section.on_new_page,
        "label": section.label,
        "blocks": [block.as_data() for block in section.blocks],
    }


def _compile(data: dict[str, Any], dated: int) -> bytes:
    faces = fonts.typefaces()
    data["families"] = list(faces.families)
    pdf, warnings = typst.compile_with_warnings(
        str(TEMPLATES / "document.typ"),
        root=str(TEMPLATES),
        font_paths=faces.fonts,
        format="pdf",
        pdf_standards=["ua-1"],
        sys_inputs={"document": json.dumps(data, ensure_ascii=False)},
        timestamp=dated,
    )
    if warnings:
        raise NotPrintable("; ".join(warning.message for warning in warnings))
    return pdf


def _printable(value: Any, *, strict: bool) -> Any:
    if isinstance(value, str):
        return fonts.printable(value, strict=strict)
    if isinstance(value, dict):
        return {key: _printable(item, strict=strict) for key, item in value.items()}
    if isinstance(value, list):
        return [_printable(item, strict=strict) for item in value]
    return value
