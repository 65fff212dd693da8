"""Form fields made from the catalogue entry and the model field."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.db.models import Field, Model

from core.catalogue.entries import Asked, Entry, entries, entry
from core.nhsuk.forms import (
    CheckboxesField,
    RadiosField,
    RowField,
    RowsField,
    SelectField,
    TextField,
)


def form_field(model: type[Model], name: str, box: str = "") -> forms.Field:
    """A new form field for one entry; `box` names one of them where the entry has several.

    Refuses an entry that no form asks for, or whose form declares the field itself.
    """
    one = entry(model, name)
    found = next((part for part in one.asked if box in ("", part.name)), None)
    if found is None or found.make is None:
        raise LookupError(f"{model._meta.label}.{name} is not asked from the catalogue.")
    return _build(model, one, found, found.make)


def form_fields(model: type[Model], section: str) -> dict[str, forms.Field]:
    """The form fields of a section by name, in the order of the catalogue."""
    return {
        box.name or one.name: _build(model, one, box, box.make)
        for one in entries(model, asked_in=section)
        for box in one.asked
        if box.section == section and box.make is not None
    }


def asked_names(model: type[Model]) -> dict[str, str]:
    """Model fields whose form field has another name, with that name.

    `core.nhsuk.forms.NHSForm.asks_for` takes it, so that an error of the database is shown at the
    right form field.
    """
    names: dict[str, str] = {}
    for one in entries(model):
        if one.asked:
            box = one.asked[0].name or one.name
            names |= {field: box for field in one.made_of or (one.name,) if field != box}
    return names


def _build(
    model: type[Model], one: Entry, box: Asked, make: Callable[..., forms.Field]
) -> forms.Field:
    options = {} if one.made_of else _from_model(model._meta.get_field(one.name), box)
    return make(box.question or one.label, **(options | dict(box.options)))


def _from_model(column: Any, box: Asked) -> dict[str, Any]:
    """Options of the form field that follow from the model field."""
    make = box.make if isinstance(box.make, type) else None
    options: dict[str, Any] = {}
    if make is None:
        return options
    if isinstance(column, Field) and column.blank:
        options["required"] = False
    if issubclass(make, TextField) and column.max_length and "count" not in box.options:
        options["max_length"] = column.max_length
    if issubclass(make, RowField | RowsField):
        options["queryset"] = column.related_model._default_manager.all()
    choices = getattr(column, "base_field", column).choices
    if issubclass(make, RadiosField | SelectField | CheckboxesField) and choices:
        options["choices"] = choices
    return options
