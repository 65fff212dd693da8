"""Form fields that carry the NHS design system: each says how it looks, and refuses in a sentence.

How to use it
-------------
A form cleans, an action writes::

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
    return render(request, "engagement/session-add.html.jinja", {"form": form})

In the template (the context name `form` gives the title its “Error: ” by itself)::

    {% from "layout/forms.html.jinja" import error_summary, field, hidden, submit %}
    {% block content %}
      {{ error_summary(form) }}
      <form method="post" novalidate>{{ csrf_input }}{{ hidden(form) }}
        {{ field(form["title"]) }} {{ field(form["held_on"]) }} {{ submit("Save") }}
      </form>
    {% endblock %}

Choices are pairs, or triples with a hint; `Choices.choices` of a model do as well. A field not
required says “(optional)” by itself. `missing` is the sentence for an empty answer. Fields that
choose rows (`RowField`, `RowsField`) take a query set. There are no conditional radios: the design
system's script breaks an accessibility rule with them.
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
    """A form in the look of the design system. It only cleans: an action does the writing.

    `asks_for` names the fields of a model that the form asks for under another name.
    """

    use_required_attribute = False
    asks_for: ClassVar[Mapping[str, str]] = {}


def accepted(form: forms.BaseForm, act: Callable[[], R]) -> R | None:
    """What the act gave, once the answers are good and it took them; None where it did not.

    What it refuses then stands beside the fields. The act has to give something, or it
    would look refused.
    """
    if not form.is_valid():
        return None
    try:
        return act()
    except ValidationError as refusal:
        add_errors(form, refusal)
        return None


def add_errors(form: forms.BaseForm, refusal: ValidationError) -> None:
    """Put what an action refused beside the fields it speaks of; what fits no field goes on top.

    A rule of the database speaks of the field that its `violation_error_code` names.
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
