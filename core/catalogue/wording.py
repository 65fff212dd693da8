"""The values of fields in words: on staff pages, in exports and in published content."""

from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db.models import Model
from django.utils import timezone

from core.nhsuk.environment import NOT_RECORDED
from core.nhsuk.words import words_of

if TYPE_CHECKING:
    from core.catalogue.entries import Entry


def in_words(row: Model, entry: "Entry") -> str:
    """The value of a field as shown on a page; an empty one is “Not recorded”."""
    if entry.wording is not None:
        return entry.wording(row) or NOT_RECORDED
    return words_of(_with_labels(row, entry.name))


def cell(row: Model, entry: "Entry") -> Any:
    """The value of a field in an export: dates and numbers as they are, times of London, anything
    else in words; an empty one stays empty.
    """
    if entry.wording is not None:
        return entry.wording(row)
    value = _with_labels(row, entry.name)
    if value is None or value in ("", []):
        return ""
    if isinstance(value, datetime):
        return f"{timezone.localtime(value):%Y-%m-%d %H:%M}"
    if isinstance(value, date | int | Decimal) and not isinstance(value, bool):
        return value
    return words_of(value)


def published_value(row: Model, name: str) -> Any:
    """The value of a field as it is published: choices by their label, rows by their name."""
    value = _with_labels(row, name)
    if isinstance(value, list):
        return [words_of(one) for one in value]
    return words_of(value) if isinstance(value, Model) else value


def _with_labels(row: Model, name: str) -> Any:
    """The value of a field, choices as their labels, related rows as a list."""
    value = getattr(row, name)
    if value is None or value == "":
        return value
    if hasattr(value, "all"):
        return list(value.all())
    if hasattr(row, f"get_{name}_display"):
        return str(getattr(row, f"get_{name}_display")())
    if isinstance(value, list):
        column: Any = row._meta.get_field(name)
        labels = dict(column.base_field.flatchoices)
        return [str(labels.get(one, one)) for one in value]
    return value
