"""The data dictionary, `docs/data.md`: the whole catalogue as a document."""

import inspect
from collections.abc import Iterator

from core.catalogue.entries import Entry, Personal, Table, tables

_INTRODUCTION = """# The data dictionary

Every field that the service keeps. Made from the catalogue by `manage.py write_docs`: do not change
this file by hand. [adding.md](adding.md) says how to add a field.

“Erased” says what happens to the field when the person it is about is erased, “Download” whether
it is in the download of what is held on them. “Kept” is the class that decides how long it is kept.
"""
_HEADINGS = (
    *("Field", "What it is", "Seen by", "Personal", "Asked", "Shown", "Exported", "Published"),
    *("Erased", "Download", "Kept"),
)


def document() -> str:
    """The content of `docs/data.md`."""
    return "\n".join([_INTRODUCTION, *(line for table in tables() for line in _table(table))])


def _table(table: Table) -> Iterator[str]:
    first, _, _ = (inspect.getdoc(table.model) or "").partition("\n\n")
    yield f"## {table.name}\n"
    yield " ".join(first.split()) + "\n"
    yield _row(_HEADINGS)
    yield _row(["---"] * len(_HEADINGS))
    for entry in table.entries.values():
        yield _row(_cells(entry))
    yield ""


def _cells(entry: Entry) -> list[str]:
    handling = entry.handling
    of = f" ({', '.join(entry.made_of)})" if entry.made_of else ""
    return [
        f"`{entry.name}`{of}",
        entry.label,
        handling.seen_by,
        "" if handling.personal == Personal.NO else handling.personal,
        ", ".join(dict.fromkeys(box.section for box in entry.asked)),
        entry.shown,
        entry.column,
        f"`{entry.published_key}`" if entry.published else "",
        handling.erasure,
        "yes" if handling.in_download else "",
        handling.retention,
    ]


def _row(cells: list[str] | tuple[str, ...]) -> str:
    return f"| {' | '.join(cell.replace('|', '/') for cell in cells)} |"
