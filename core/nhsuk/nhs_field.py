"""What every form field of ours has: its macro of the design system, and what it never takes."""

import re
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError

if TYPE_CHECKING:
    # Mixed into a field: to the checker it is one, so that what it hands on is checked.
    _Field = forms.Field
else:
    _Field = object

HIDDEN_CHARACTER = (
    "Remove the hidden character from “%(text)s”. It may have come along when the text was pasted."
)
#: Characters no answer needs: control characters other than tab and new line, and half characters.
_HIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def refuse_hidden(value: str) -> None:
    """Refuse text with characters that cannot be seen and break documents, saying where."""
    if found := _HIDDEN.search(value):
        near = _HIDDEN.sub("", value[max(0, found.start() - 12) : found.start() + 12]).strip()
        raise ValidationError(
            HIDDEN_CHARACTER, code="hidden", params={"text": near or "your answer"}
        )


class NHSField(_Field):
    """What every form field of ours takes besides Django's own arguments."""

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
