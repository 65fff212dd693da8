"""The files a frozen report is given out as, in one table for pages and commands."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from insight.reports import canonical, pdf
from insight.reports.shape import FrozenReport


@dataclass(frozen=True)
class Format:
    """A kind of file: how its name ends, what a browser is told it is, and how it is made."""

    extension: str
    title: str
    content_type: str
    make: Callable[[Any], bytes]


FORMATS: dict[str, Format] = {
    kind.extension: kind
    for kind in (
        Format("pdf", "PDF, accessible", "application/pdf", pdf.render),
        Format("json", "Data (JSON)", "application/json", canonical.to_bytes),
    )
}


def file_name(frozen: FrozenReport, extension: str) -> str:
    """The name a reader saves the file under; a draft says that it is one."""
    draft = "" if frozen["approved_at"] else "-draft"
    return f"participation-report-{frozen['period']}{draft}.{extension}"
