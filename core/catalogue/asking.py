"""Form fields made from the catalogue and from what the model knows already."""

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
    """A new form field that asks for one entry; `box` is the name of one of several boxes.

    Refuses an entry that no form asks, or whose form declares the field itself.
    """
    one = entry(model, name)
    found = next((part for part in one.asked if box in ("", part.name)), None)
    if found is None or found.make is None:
        raise LookupError(f"{model._meta.label}.{name} is not asked from the catalogue.")
    return _made(model, one, found, found.make)


def form_fields(model: type[Model], section: str) -> dict[str, forms.Field]:
    """The form fields of a section by the name of their box, in the order of the catalogue."""
    return {
        box.name or one.name: _made(model, one, box, box.make)
        for one in entries(model, asked_in=section)
        for box in one.asked
        if box.section == section and box.make is not None
    }


def asked_names(model: type[Model]) -> dict[str, str]:
    """Fields of the model that are asked under another name, each with the box that asks it.

    `core.nhsuk.forms.NHSForm.asks_for` takes it, so that what the database refuses stands beside
    the right box.
    """
    names: dict[str, str] = {}
    for one in entries(model):
        if one.asked:
            box = one.asked[0].name or one.name
            names |= {field: box for field in one.made_of or (one.name,) if field != box}
    return names


def _made(
    model: type[Model], one: Entry, box: Asked, make: Callable[..., forms.Field]
) -> forms.Field:
    known = {} if one.made_of else _known(model._meta.get_field(one.name), box)
    return make(box.question or one.label, **(known | dict(box.options)))


def _known(column: Any, box: Asked) -> dict[str, Any]:
    """What the model says of a field that its form field has to know."""
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
