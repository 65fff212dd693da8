"""Files of rows in which no cell is run as a formula by a spreadsheet program."""

from collections.abc import Iterator
from typing import Any, ClassVar

from django.core.exceptions import FieldDoesNotExist
from django.db.models import Field as ModelField
from django.db.models import Model, QuerySet
from import_export import resources
from import_export.fields import Field

from core import catalogue
from core.catalogue import Audience, Entry

#: Some spreadsheet programs take a cell that begins with one of these for a formula.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def escaped(cell: Any) -> Any:
    """The cell, with an apostrophe before text that could be a formula. Imports remove it again."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA_STARTS) else cell


class SafeResource(resources.Resource):
    """A file of rows, each cell of which is escaped."""

    def export_field(self, field: Field, instance: Model, **kwargs: Any) -> Any:
        return escaped(super().export_field(field, instance, **kwargs))

    def iter_queryset(self, queryset: QuerySet[Any]) -> Iterator[Any]:
        """Read the rows in chunks, with their related rows fetched a chunk at a time."""
        yield from queryset.iterator(chunk_size=2000)

    def as_csv(self, rows: QuerySet[Any]) -> bytes:
        """The rows as CSV in UTF-8, with the byte-order mark by which Excel recognises it."""
        return str(self.export(rows).csv).encode("utf-8-sig")


class CatalogueResource(SafeResource):
    """A file with one row for each row of `model`, and the columns that its catalogue exports.

    It has the fields that all staff may see, in the order of the catalogue, for the page and the
    command alike.
    """

    model: ClassVar[type[Model]]

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.fields = {entry.name: _Column(entry) for entry in self.exported()}

    @classmethod
    def exported(cls) -> list[Entry]:
        """The entries that have a column."""
        seen_by = (Audience.ANYBODY, Audience.STAFF)
        return [entry for entry in catalogue.entries(cls.model, seen_by=seen_by) if entry.exported]

    def get_export_order(self, *args: Any, **kwargs: Any) -> list[str]:
        """The columns in the order of the catalogue."""
        return list(self.fields)

    def filter_export(self, queryset: QuerySet[Any], **kwargs: Any) -> QuerySet[Any]:
        """Fetch the related rows that the columns need with a fixed number of queries."""
        fields = [field for entry in self.exported() if (field := self._model_field(entry))]
        single = [field.name for field in fields if field.many_to_one or field.one_to_one]
        many = [field.name for field in fields if field.many_to_many]
        return (queryset.select_related(*single) if single else queryset).prefetch_related(*many)

    def _model_field(self, entry: Entry) -> "ModelField[Any, Any] | None":
        """The model field of an entry; None for a property made of several fields."""
        try:
            return self.model._meta.get_field(entry.name)  # type: ignore[return-value]  # forward fields only
        except FieldDoesNotExist:
            return None


class _Column(Field):
    """A column with the value of one entry; empty where nothing is recorded."""

    def __init__(self, entry: Entry) -> None:
        super().__init__(column_name=entry.column)
        self.entry = entry

    def export(self, instance: Any, **kwargs: Any) -> Any:
        return catalogue.cell(instance, self.entry)
