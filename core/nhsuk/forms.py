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

A form that changes a row is given it, `SessionForm(request.POST or None, row=session)`: it then
shows what is recorded, and whoever saves second sees what the first one saved.

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

import hashlib
from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from typing import Any, ClassVar, TypeVar, cast

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db.models import Model, QuerySet
from django.http import QueryDict

from core.brought_back import is_only_filled
from core.nhsuk.date_fields import DateField, DateParts, RoughDateField
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
    WebAddressField,
    YesNoField,
)
from core.nhsuk.words import words_of
from core.seen import Stale, shown

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
    "WebAddressField",
    "YesNoField",
    "accepted",
    "add_errors",
]


R = TypeVar("R")

#: What is said above a form whose row somebody else has saved since it was opened.
SAVED_BY_ANOTHER = (
    "Someone else has changed this since you opened it. Their changes are shown below, and nothing "
    "you typed is lost. If you save again, your answers will replace theirs where you both changed "
    "the same one."
)
#: Where that is nothing the form asks, but something it has to agree with.
CHANGED_MEANWHILE = (
    "Someone else has changed what this is about since you opened it. Nothing you typed is lost. "
    "Check that it is still right before you save it again."
)


class NHSForm(forms.Form):
    """A form of the design system. It only validates; an action writes.

    `asks_for` maps model fields to form fields where the names differ. A form that changes
    something is given its `row`, and shows what `recorded` reads of it. It carries in the hidden
    field `seen` what it showed: where somebody else has changed any of that when the act locks the
    row, the act is refused and `conflicts` has what they wrote (see `accepted`).
    """

    use_required_attribute = False
    changed_meanwhile = CHANGED_MEANWHILE
    asks_for: ClassVar[Mapping[str, str]] = {}

    def __init__(self, *args: Any, row: Model | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.row = row
        #: The question and the recorded value of each field that somebody else has changed.
        self.conflicts: list[tuple[str, str]] = []
        self._seen: dict[str, str] | None = None
        if row is not None:
            # Without an id: a page may have several forms.
            hidden = forms.HiddenInput(attrs={"id": False})
            self.fields["seen"] = HiddenField(required=False, max_length=10_000, widget=hidden)

    def recorded(self, row: Any) -> dict[str, Any]:
        """The values that the row has for the fields of this form, none if nothing is recorded.

        Here those of the same name; related rows as lists.
        """
        return {
            name: list(value.all()) if hasattr(value, "all") else value
            for name in self.fields
            if name != "seen" and hasattr(row, name)
            for value in [getattr(row, name)]
        }

    def get_initial_for_field(self, field: forms.Field, field_name: str) -> Any:
        """The value of the row, unless another is given."""
        if self.row is None or field_name in self.initial:
            return super().get_initial_for_field(field, field_name)
        if field_name == "seen":
            return _write_seen(self._recorded)
        return self._recorded.get(field_name, super().get_initial_for_field(field, field_name))

    @property
    def seen_now(self) -> dict[str, str]:
        """What a script that stays on the page has to send as `seen` from now on."""
        if self.row is None:
            return {}
        current = type(self.row)._default_manager.get(pk=self.row.pk)
        return {"seen": _write_seen(self.recorded(current))}

    def is_unchanged(self, current: Model) -> bool:
        """Whether a row, as it is now, still has what this form showed of it."""
        return self._seen in (None, _fingerprints(self.recorded(current)))

    def show_conflict(self, current: Model) -> None:
        """Show what somebody else saved beside what was typed. Sent again, the form replaces it,
        apart from answers left as they were shown: those become what somebody else saved.
        """
        theirs = self.recorded(current)
        now = _fingerprints(theirs)
        seen = self._seen or {}
        changed = {name for name in now | seen if now.get(name) != seen.get(name)}
        self.conflicts = [
            (str(self.fields[name].label), _in_words(self.fields[name], theirs.get(name)))
            for name in self.fields
            if name in changed
        ]
        data = cast(QueryDict, self.data).copy()
        data[self.add_prefix("seen")] = _write_seen(theirs)
        mine = _fingerprints(self.cleaned_data)
        for name in changed & theirs.keys() & set(self.fields):
            if mine.get(name) == seen.get(name):
                _put(data, self.add_prefix(name), self.fields[name], theirs[name])
        self.data = data
        if self.conflicts:
            self.add_error(None, SAVED_BY_ANOTHER)
        if changed - set(self.fields):
            self.add_error(None, self.changed_meanwhile)

    @cached_property
    def _recorded(self) -> dict[str, Any]:
        return self.recorded(self.row)

    def _post_clean(self) -> None:
        # An action takes the answers, and what was seen is none of them.
        super()._post_clean()  # type: ignore[misc]  # a hook of Django that its types leave out
        if self.row is not None:
            self._seen = _read_seen(self.cleaned_data.pop("seen", ""))


def accepted(form: forms.BaseForm, act: Callable[[], R]) -> R | None:
    """Perform an act if the form is valid, and give its result; None if the act was not performed.

    Nor is it for a form that is brought back after a sign-in: it is only filled. A
    `ValidationError` of the act is added to the errors of the form. Where somebody else has saved
    the row of the form since it was opened, it is not performed and the form shows what they wrote.
    The act has to return something true, or it would look as if it was not performed.
    """
    if is_only_filled() or not form.is_valid():
        return None
    try:
        if isinstance(form, NHSForm) and form.row is not None:
            with shown(form.row, form.is_unchanged):
                return act()
        return act()
    except ValidationError as refusal:
        add_errors(form, refusal)
    except Stale as refusal:
        if not isinstance(form, NHSForm) or form.row is None:
            raise
        form.show_conflict(refusal.current)
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


def _fingerprints(recorded: Mapping[str, Any]) -> dict[str, str]:
    """A short fingerprint of each value."""
    return {
        name: hashlib.sha256(_canonical(value).encode("utf-8", "surrogatepass")).hexdigest()[:12]
        for name, value in recorded.items()
    }


def _canonical(value: Any) -> str:
    if isinstance(value, Model):
        return f"{value._meta.label} {value.pk}"
    if isinstance(value, QuerySet | list | tuple | set):
        return repr(sorted(_canonical(one) for one in value))
    return repr(value)


def _write_seen(recorded: Mapping[str, Any]) -> str:
    """Never empty: that nothing was recorded was seen as well."""
    return ",".join(f"{name}:{mark}" for name, mark in _fingerprints(recorded).items()) or ":"


def _read_seen(text: str) -> dict[str, str] | None:
    """None where the form did not say, as one that a program sends."""
    parts = (part.partition(":") for part in text.split(","))
    return {name: mark for name, _, mark in parts if name} if text else None


def _put(data: QueryDict, key: str, field: forms.Field, value: Any) -> None:
    """Put a recorded value where the field looks for what was typed."""
    value = field.prepare_value(value)
    if isinstance(field.widget, DateParts):
        for part, typed in field.widget.inputs(value).items():
            data[f"{key}-{part}"] = typed
    elif isinstance(value, list | tuple | set):
        data.setlist(key, [str(one) for one in value])
    elif value is None or value is False:
        data.pop(key, None)
    else:
        data[key] = str(value)


def _in_words(field: forms.Field, value: Any) -> str:
    labels = {} if isinstance(field, forms.ModelChoiceField) else dict(_choices(field))
    if isinstance(value, list | tuple):
        return words_of([labels.get(str(one), words_of(one)) for one in value])
    return labels.get(str(value), words_of(value)) if value not in (None, "") else words_of(value)


def _choices(field: forms.Field) -> Iterable[tuple[str, str]]:
    return ((str(key), str(label)) for key, label in getattr(field, "choices", ()))
