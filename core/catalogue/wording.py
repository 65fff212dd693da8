"""A field's value in words: on pages, in the cells of exports and in what is published."""

from datetime import date, datetime, time
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db.models import Model
from django.utils import timezone

from core.nhsuk.environment import NOT_RECORDED, in_clock, in_day, in_moment
from core.periods import RoughDate

if TYPE_CHECKING:
    from core.catalogue.entries import Entry


def in_words(row: Model, entry: "Entry") -> str:
    """A row's value as a page says it; what is empty is “Not recorded”."""
    if entry.said is not None:
        return entry.said(row) or NOT_RECORDED
    return words_of(_with_labels(row, entry.name))


def cell(row: Model, entry: "Entry") -> Any:
    """A row's value as an export says it: days and numbers as they are, moments in London time,
    all else in words; what is empty is empty.
    """
    if entry.said is not None:
        return entry.said(row)
    value = _with_labels(row, entry.name)
    if value is None or value in ("", []):
        return ""
    if isinstance(value, datetime):
        return f"{timezone.localtime(value):%Y-%m-%d %H:%M}"
    if isinstance(value, date | int | Decimal) and not isinstance(value, bool):
        return value
    return words_of(value)


def words_of(value: Any) -> str:
    """A value in words: lists with commas, money with its pound sign, nothing as not recorded."""
    if value is None or value == "":
        return NOT_RECORDED
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, Decimal):
        return f"£{value:,.2f}"
    if isinstance(value, int):
        return f"{value:,}"
    if isinstance(value, RoughDate):
        return value.words
    if isinstance(value, datetime):
        return in_moment(value)
    if isinstance(value, date):
        return in_day(value)
    if isinstance(value, time):
        return in_clock(value)
    if hasattr(value, "all"):
        value = list(value.all())
    if isinstance(value, list | tuple):
        return ", ".join(str(one) for one in value) or NOT_RECORDED
    return value.name if isinstance(value, Model) and hasattr(value, "name") else str(value)


def published_value(row: Model, name: str) -> Any:
    """A row's value as it is published: choices by their label, rows by their name."""
    value = _with_labels(row, name)
    if isinstance(value, list):
        return [words_of(one) for one in value]
    return words_of(value) if isinstance(value, Model) else value


def _with_labels(row: Model, name: str) -> Any:
    """The value, choices by their labels, related rows as a list."""
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
