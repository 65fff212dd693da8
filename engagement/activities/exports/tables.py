"""Files of rows: the columns that the catalogue exports, in the order of its entries."""

from typing import Any, ClassVar

from django.core.exceptions import FieldDoesNotExist
from django.db.models import Field as ModelField
from django.db.models import Model, QuerySet
from import_export.fields import Field

from core import catalogue
from core.catalogue import Audience, Entry
from core.exports import HarmlessResource
from engagement.activities import catalogue as _entries  # noqa: F401  # registers the columns
from engagement.activities.models import Activity, Session


class _Column(Field):
    """A column that says a field of the catalogue; what is not recorded stays empty."""

    def __init__(self, entry: Entry) -> None:
        super().__init__(column_name=entry.column)
        self.entry = entry

    def export(self, instance: Any, **kwargs: Any) -> Any:
        return catalogue.cell(instance, self.entry)


class TableResource(HarmlessResource):
    """One row of the file for each row of `model`, with what all staff may see.

    The columns are those of the catalogue, for the page and the command alike.
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
        """Fetch what the columns need at once, however many rows there are."""
        columns = [column for entry in self.exported() if (column := self._column(entry))]
        one = [column.name for column in columns if column.many_to_one or column.one_to_one]
        many = [column.name for column in columns if column.many_to_many]
        return (queryset.select_related(*one) if one else queryset).prefetch_related(*many)

    def _column(self, entry: Entry) -> "ModelField[Any, Any] | None":
        try:
            return self.model._meta.get_field(entry.name)  # type: ignore[return-value]  # forward fields only
        except FieldDoesNotExist:
            return None  # a property made of several fields


class ActivityResource(TableResource):
    """Activities: what is recorded of each, without its people."""

    model = Activity


class SessionResource(TableResource):
    """Sessions: when, where and what each offers, without who came."""

    model = Session
