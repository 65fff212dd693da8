"""Exports whose cells cannot run: a spreadsheet shows what somebody typed and never acts on it."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Model, QuerySet
from import_export import resources
from import_export.fields import Field

#: A cell that begins so is a formula, or becomes one in some programs.
_RUNS = ("=", "+", "-", "@", "\t", "\r")


def harmless(cell: Any) -> Any:
    """Text that would run gets an apostrophe before it, which an import takes off again."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_RUNS) else cell


class HarmlessResource(resources.Resource):
    """A file of rows whose every cell has been made harmless."""

    def export_field(self, field: Field, instance: Model, **kwargs: Any) -> Any:
        return harmless(super().export_field(field, instance, **kwargs))

    def iter_queryset(self, queryset: QuerySet[Any]) -> Iterator[Any]:
        """One pass over the rows, with what they need fetched for many at a time."""
        yield from queryset.iterator(chunk_size=2000)

    def as_csv(self, rows: QuerySet[Any]) -> bytes:
        """The rows as CSV in UTF-8, marked so that spreadsheet programs read it as such."""
        return str(self.export(rows).csv).encode("utf-8-sig")
