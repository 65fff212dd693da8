"""The base of all form fields: the macro of the design system, and refused characters."""

import re
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError

if TYPE_CHECKING:
    # A mixin for form fields: for the type checker it is one, so that calls of super() are checked.
    _Field = forms.Field
else:
    _Field = object

HIDDEN_CHARACTER = (
    "Remove the hidden character from “%(text)s”. It may have been added when you pasted the text."
)
#: Characters that no text needs: control characters except tab and new line, lone surrogates, and
#: the mark that Django puts in place of bytes that are no text, such as a surrogate sent alone.
_HIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffd-\uffff]")


def refuse_hidden(value: str) -> None:
    """Refuse text with invisible characters that break documents; the error says where."""
    if found := _HIDDEN.search(value):
        near = _HIDDEN.sub("", value[max(0, found.start() - 12) : found.start() + 12]).strip()
        raise ValidationError(
            HIDDEN_CHARACTER, code="hidden", params={"text": near or "your answer"}
        )


def without_hidden(value: str) -> str:
    """The text without such characters: for words that are only searched for."""
    return _HIDDEN.sub("", value)


class NHSField(_Field):
    """The arguments that every form field takes besides those of Django."""

    macro = "input"
    default_missing = "Enter an answer to “{label}”"

    def __init__(
        self,
        label: str,
        *,
        hint: str = "",
        missing: str = "",
        params: dict[str, Any] | None = None,
        autocomplete: str = "",
        **kwargs: Any,
    ) -> None:
        """`params` adds parameters of the design system’s macro, such as `{"width": "10"}`."""
        messages = {
            "required": missing or self.default_missing.format(label=label.rstrip("?")),
            **kwargs.pop("error_messages", {}),
        }
        super().__init__(label=label, help_text=hint, error_messages=messages, **kwargs)
        self.params: dict[str, Any] = {"macro": self.macro, **(params or {})}
        if autocomplete:
            self.params["autocomplete"] = autocomplete
