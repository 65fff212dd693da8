"""The Board report as a PDF: tagged to PDF/UA-1, and the same bytes from the same frozen report.

The frozen report is arranged here into headings, paragraphs, tables and charts; the templates in
`templates/reports/` only lay these out. Words reach typst as JSON in `sys.inputs` and are never
part of its source, so nothing that somebody wrote can be run.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import typst

from insight.reports import fonts
from insight.reports.layout import arrange, moment
from insight.reports.shape import FrozenReport

TEMPLATES = Path(__file__).resolve().parents[2] / "templates" / "reports"


class NotPrintable(RuntimeError):
    """typst would not build the document, or built it with a warning; the reason is in it."""


def render(frozen: FrozenReport) -> bytes:
    """The report as a PDF/UA-1 document, dated by its approval, or its drafting while a draft.

    The same report gives the same bytes, in any process and at any time, as long as the pinned
    versions of typst and the typefaces stay. Refuses (`NotPrintable`) rather than give a document
    that is not accessible or not whole: a warning, such as a missing font, counts as a failure.
    """
    document = arrange(frozen)
    try:
        return _compile(_printable(document, strict=False), frozen)
    except typst.TypstError as error:
        if "could not be displayed" not in str(error.message):
            raise NotPrintable(error.diagnostic) from error
    # A letter and a mark can each have a glyph and not the two together. Rather an unusual word
    # described than no report.
    try:
        return _compile(_printable(document, strict=True), frozen)
    except typst.TypstError as error:
        raise NotPrintable(error.diagnostic) from error


def _compile(document: dict[str, Any], frozen: FrozenReport) -> bytes:
    faces = fonts.typefaces()
    document["families"] = list(faces.families)
    pdf, warnings = typst.compile_with_warnings(
        str(TEMPLATES / "board.typ"),
        root=str(TEMPLATES),
        font_paths=faces.fonts,
        format="pdf",
        pdf_standards=["ua-1"],
        sys_inputs={"document": json.dumps(document, ensure_ascii=False)},
        timestamp=int(moment(frozen).timestamp()),
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
