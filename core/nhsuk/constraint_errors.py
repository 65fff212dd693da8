"""Errors of database constraints, shown together with the other errors of a form."""

from collections.abc import Iterable, Mapping

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model

from core.nhsuk.forms import add_errors


def add_constraint_errors(
    form: forms.BaseForm,
    row: Model,
    spans: Mapping[str, tuple[str, str]] | None = None,
    *,
    set_already: Iterable[str] = (),
) -> None:
    """Check the valid values of a form against the constraints of its model, and add the errors.

    `row` is a new row to try the values on; `spans` names the two date columns of each rough date,
    and `set_already` the columns that the row has values for. A constraint on a field whose own
    value is invalid is not checked.
    """
    columns = {field.name for field in row._meta.concrete_fields}
    spans = spans or {}
    checked = set(set_already)
    for name, value in form.cleaned_data.items():
        if name in spans:
            for column, day in zip(
                spans[name],
                (value.earliest, value.latest) if value else (None, None),
                strict=True,
            ):
                setattr(row, column, day)
                checked.add(column)
        elif name in columns:
            setattr(row, name, value)
            checked.add(name)
    defaults = {field.name for field in row._meta.concrete_fields if field.has_default()}
    try:
        row.validate_constraints(exclude=columns - checked - defaults)
    except ValidationError as refusal:
        add_errors(form, refusal)
