"""What the database would refuse of the answers that could be read, said with the rest."""

from collections.abc import Mapping

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model

from core.nhsuk.forms import add_errors


def foresee(form: forms.BaseForm, row: Model, spans: Mapping[str, tuple[str, str]]) -> None:
    """Put beside its fields what the database would refuse of the answers that could be read.

    `row` is a new one to try them on; `spans` names the pair of days that holds each rough date.
    Rules that ask for an answer that could not be read are left out.
    """
    columns = {field.name for field in row._meta.concrete_fields}
    tried: set[str] = set()
    for name, answer in form.cleaned_data.items():
        if name in spans:
            for column, day in zip(
                spans[name],
                (answer.earliest, answer.latest) if answer else (None, None),
                strict=True,
            ):
                setattr(row, column, day)
                tried.add(column)
        elif name in columns:
            setattr(row, name, answer)
            tried.add(name)
    settled = {field.name for field in row._meta.concrete_fields if field.has_default()}
    try:
        row.validate_constraints(exclude=columns - tried - settled)
    except ValidationError as refusal:
        add_errors(form, refusal)
