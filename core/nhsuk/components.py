"""The macro of the NHS design system, with its parameters, for each bound form field."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.html import format_html_join

#: The macro for Django's own widgets, as in the forms of packages.
_MACROS = {
    forms.PasswordInput: "passwordInput",
    forms.CheckboxSelectMultiple: "checkboxes",
    forms.RadioSelect: "radios",
    forms.SelectMultiple: "checkboxes",
    forms.Select: "select",
    forms.CheckboxInput: "tick",
    forms.Textarea: "textarea",
}
_GROUPS = {"radios", "checkboxes", "dateInput", "tick"}


@dataclass(frozen=True)
class Component:
    """The name of the macro that draws a field, and its parameters."""

    macro: str
    params: dict[str, Any]


@dataclass(frozen=True)
class FormError:
    """One line of the error summary: its message, and the address of the input it is about."""

    text: str
    href: str


def component(
    bound: BoundField,
    *,
    label: str | None = None,
    hint: str | None = None,
    size: str = "s",
    heading: bool = False,
    **extra: Any,
) -> Component:
    """How a bound field is drawn.

    `label` and `hint` replace the field's own (an empty hint takes it away), `size` is s, m, l or
    xl, `heading` makes the label the page's h1. Anything else is passed to the macro.
    """
    given = {**getattr(bound.field, "params", {}), **extra}
    macro = given.pop("macro", "") or _macro_of(bound.field.widget)
    hints = given.pop("hints", {})
    optional = given.pop("optional", not bound.field.required and macro != "tick")
    words = (bound.label if label is None else label) + (" (optional)" if optional else "")
    label_params: dict[str, Any] = {"text": words, "size": size}
    if heading:
        label_params["isPageHeading"] = True
    params: dict[str, Any] = {"name": bound.html_name, **given}
    if text := bound.help_text if hint is None else hint:
        params["hint"] = {"text": text}
    if bound.errors:
        params["errorMessage"] = _error(bound)
    if macro in _GROUPS:
        params["idPrefix"] = bound.auto_id or bound.html_name
        params["fieldset"] = {"legend": label_params}
    else:
        params |= {"id": bound.auto_id or bound.html_name, "label": label_params}
    value = bound.value()
    if macro == "dateInput":
        return Component(macro, params | _date_inputs(bound, value))
    if macro == "tick":
        return Component("checkboxes", _tick(bound, params, words))
    if macro in ("radios", "checkboxes", "select"):
        return Component(macro, params | {"items": list(_options(bound, value, hints, macro))})
    return Component(macro, params | _plain(bound, macro, value, given))


def error_list(*subjects: Any) -> list[FormError]:
    """The lines of the error summary for these forms and form sets, in the order of the fields."""
    found: list[FormError] = []
    for form in _forms(subjects):
        found += [FormError(str(error), "") for error in form.non_field_errors()]
        for bound in form:
            if bound.is_hidden:
                found += [FormError(str(error), "") for error in bound.errors]
            else:
                found += [
                    FormError(str(error), f"#{_first_input(bound)}") for error in bound.errors
                ]
    for subject in subjects:
        if isinstance(subject, forms.BaseFormSet):
            found += [FormError(str(error), "") for error in subject.non_form_errors()]
    return found


def conflict_list(*subjects: Any) -> list[tuple[str, str]]:
    """What somebody else has saved since these forms were opened: questions and their answers."""
    return [one for form in _forms(subjects) for one in getattr(form, "conflicts", ())]


def has_errors(*subjects: Any) -> bool:
    """Whether any of these forms and form sets has errors."""
    return bool(error_list(*subjects))


def _forms(subjects: Iterable[Any]) -> Iterable[forms.BaseForm]:
    for subject in subjects:
        if isinstance(subject, forms.BaseForm):
            if subject.is_bound:
                yield subject
        elif isinstance(subject, forms.BaseFormSet | list | tuple):
            yield from _forms(subject)


def _macro_of(widget: forms.Widget) -> str:
    return next((macro for kind, macro in _MACROS.items() if isinstance(widget, kind)), "input")


def _error(bound: BoundField) -> dict[str, Any]:
    sentences = [str(error) for error in bound.errors]
    if len(sentences) == 1:
        return {"text": sentences[0]}
    return {
        "html": format_html_join(
            "\n", '<span class="app-error-line">{}</span>', ((s,) for s in sentences)
        )
    }


def _first_input(bound: BoundField) -> str:
    if getattr(bound.field, "params", {}).get("macro") != "dateInput":
        return bound.auto_id or bound.html_name
    return f"{bound.auto_id}-{(_wrong_parts(bound) or ['day'])[0]}"


def _wrong_parts(bound: BoundField) -> list[str]:
    codes = [error.code for error in bound.errors.as_data()]
    return [part for part in ("day", "month", "year") if part in codes]


def _date_inputs(bound: BoundField, value: Any) -> dict[str, Any]:
    typed, wrong = bound.field.widget.inputs(value), _wrong_parts(bound)
    items = []
    for part in ("day", "month", "year"):
        item: dict[str, Any] = {
            "id": f"{bound.auto_id}-{part}",
            "name": f"{bound.html_name}-{part}",
            "label": part.capitalize(),
            "value": typed[part],
            "width": "4" if part == "year" else "2",
        }
        if bound.errors:
            item["error"] = part in wrong or not wrong
        items.append(item)
    return {"id": bound.auto_id, "items": items}


def _tick(bound: BoundField, params: dict[str, Any], words: str) -> dict[str, Any]:
    del params["fieldset"]
    item = {"value": "on", "text": words, "checked": bool(bound.value()), "id": bound.auto_id}
    if hint := params.pop("hint", None):
        item["hint"] = hint
    return params | {"items": [item]}


def _options(
    bound: BoundField, value: Any, hints: dict[str, str], macro: str
) -> Iterable[dict[str, Any]]:
    chosen = {
        str(one)
        for one in (value if isinstance(value, list | tuple | set) else [value])
        if one is not None
    }
    mark = "selected" if macro == "select" else "checked"
    for key, text in bound.field.choices:  # type: ignore[attr-defined]  # these three fields have choices
        # The key of a model choice is an object; it is compared and posted as text.
        item: dict[str, Any] = {"value": str(key), "text": str(text), mark: str(key) in chosen}
        if str(key) in hints:
            item["hint"] = {"text": hints[str(key)]}
        yield item


def _plain(bound: BoundField, macro: str, value: Any, given: dict[str, Any]) -> dict[str, Any]:
    attrs = bound.field.widget.attrs
    params: dict[str, Any] = {}
    for name in ("autocomplete", "inputmode"):
        if name in attrs and name not in given:
            params[name] = attrs[name]
    if macro == "passwordInput" or given.get("type") == "file" or value is None:
        return params
    kind = attrs.get("type") or getattr(bound.field.widget, "input_type", "text")
    if macro == "input" and "type" not in given:
        # The design system uses text inputs with a numeric keyboard instead of number inputs.
        params["type"] = "text" if kind == "number" else kind
    text = str(value)
    # Browsers drop a new line at the start of a text area, so one that was typed is doubled.
    params["value"] = (
        "\n" + text
        if macro in ("textarea", "characterCount") and text[:1] in "\r\n" and text
        else text
    )
    return params
