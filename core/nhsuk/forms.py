"""Forms and form fields of the NHS design system.

How to use it
-------------
A form only validates; an action writes::

    from core.nhsuk import forms

    class SessionForm(forms.NHSForm):
        title = forms.TextField("What is it called?", hint="People see this", max_length=120)
        about = forms.TextareaField("What is it about?", count=2000, required=False)
        place = forms.SelectField("Where?", choices=[("hackney", "Hackney")])
        level = forms.RadiosField("Level", choices=[("inform", "Inform", "We tell people")])
        held_on = forms.DateField("When?")
        began = forms.RoughDateField("When did it begin?", required=False)

In the view::

    form = SessionForm(request.POST or None)
    if accepted(form, lambda: sessions.add(by=request.user, **form.cleaned_data)):
        return redirect(...)
    return render(request, "activities/session-add.html.jinja", {"form": form})

In the template (with a form named `form` in the context, the title begins with “Error: ” if it
has errors)::

    {% from "layout/forms.html.jinja" import error_summary, field, hidden, submit %}
    {% block content %}
      {{ error_summary(form) }}
      <form method="post" novalidate>{{ csrf_input }}{{ hidden(form) }}
        {{ field(form["title"]) }} {{ field(form["held_on"]) }} {{ submit("Save") }}
      </form>
    {% endblock %}

Choices are pairs, or triples with a hint, or the `choices` of a Django `Choices` class. The label
of a field that is not required ends with “(optional)”. `missing` is the error message for an empty
value. Fields for rows (`RowField`, `RowsField`) take a query set. There are no conditional radios,
because the design system's script breaks an accessibility rule with them.
"""

from collections.abc import Callable, Mapping
from typing import ClassVar, TypeVar

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError

from core.nhsuk.date_fields import DateField, RoughDateField
from core.nhsuk.fields import (
    CheckboxesField,
    EmailField,
    FileField,
    HiddenField,
    LinesField,
    MoneyField,
    NumberField,
    PasswordField,
    RadiosField,
    RowField,
    RowsField,
    SearchField,
    SelectField,
    TelField,
    TextareaField,
    TextField,
    TickField,
    TimeField,
    VersionField,
    YesNoField,
)

__all__ = [
    "CheckboxesField",
    "DateField",
    "EmailField",
    "FileField",
    "HiddenField",
    "LinesField",
    "MoneyField",
    "NHSForm",
    "NumberField",
    "PasswordField",
    "RadiosField",
    "RoughDateField",
    "RowField",
    "RowsField",
    "SearchField",
    "SelectField",
    "TelField",
    "TextField",
    "TextareaField",
    "TickField",
    "TimeField",
    "VersionField",
    "YesNoField",
    "accepted",
    "add_errors",
]


R = TypeVar("R")


class NHSForm(forms.Form):
    """A form of the design system. It only validates; an action writes.

    `asks_for` maps model fields to form fields where the names differ.
    """

    use_required_attribute = False
    asks_for: ClassVar[Mapping[str, str]] = {}


def accepted(form: forms.BaseForm, act: Callable[[], R]) -> R | None:
    """Perform an act if the form is valid, and give its result; None if the act was not performed.

    A `ValidationError` of the act is added to the errors of the form. The act has to return
    something true, or it would look as if it was not performed.
    """
    if not form.is_valid():
        return None
    try:
        return act()
    except ValidationError as refusal:
        add_errors(form, refusal)
        return None


def add_errors(form: forms.BaseForm, refusal: ValidationError) -> None:
    """Add the errors of an action to the fields they are about, or to the form as a whole.

    For a database constraint that is the field named by its `violation_error_code`.
    """
    if not hasattr(refusal, "error_dict"):
        form.add_error(None, refusal)
        return
    asks_for = getattr(form, "asks_for", {})
    for name, errors in refusal.error_dict.items():
        for error in errors:
            of = str(error.code) if name == NON_FIELD_ERRORS else name
            field = asks_for.get(of, of)
            form.add_error(field if field in form.fields else None, error)
