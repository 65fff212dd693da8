"""Form fields for text, numbers, times, choices, rows and files."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import time
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator, RegexValidator, URLValidator
from django.db.models import Model, QuerySet

from core.nhsuk.nhs_field import NHSField, refuse_hidden

#: Letters and signs that Unicode draws as nothing: Hangul fillers and the blank Braille pattern.
_BLANK_LETTERS = "\u115f\u1160\u3164\uffa0\u2800"


class TextField(NHSField, forms.CharField):
    """One line of text, at most `max_length` characters."""

    def __init__(self, label: str, *, max_length: int = 200, **kwargs: Any) -> None:
        super().__init__(label, max_length=max_length, **kwargs)
        self.error_messages["max_length"] = (
            "Use %(limit_value)d characters or fewer. You have used %(show_value)d."
        )
        for check in self.validators:
            if hasattr(check, "limit_value"):
                setattr(check, "message", self.error_messages["max_length"])  # noqa: B010  validators are typed as functions
        # `refuse_hidden` covers more characters, and its message says where they are.
        self.validators = [
            v for v in self.validators if type(v).__name__ != "ProhibitNullCharactersValidator"
        ]
        self.validators.insert(0, refuse_hidden)

    def to_python(self, value: Any) -> str:
        text = unicodedata.normalize("NFC", super().to_python(value) or "")
        if not _has_something_to_see(text):
            return ""
        return re.sub(r"[\r\n\u2028\u2029]+", " ", text) if self.macro == "input" else text


class TextareaField(TextField):
    """Text of several lines. With `count`, at most so many characters, counted on the page."""

    macro = "textarea"
    widget = forms.Textarea

    def __init__(
        self, label: str, *, count: int = 0, max_length: int = 5000, rows: int = 5, **kwargs: Any
    ) -> None:
        super().__init__(label, max_length=count or max_length, **kwargs)
        self.params["rows"] = rows
        if count:
            self.params |= {"macro": "characterCount", "maxlength": count}

    def to_python(self, value: Any) -> str:
        return super().to_python(value).replace("\r\n", "\n").replace("\r", "\n")


class LinesField(TextareaField):
    """Several short texts, one on each line. Its value is a list without repeats."""

    def __init__(self, label: str, *, each: int = 100, **kwargs: Any) -> None:
        super().__init__(label, max_length=4000, **kwargs)
        self.each = each

    def clean(self, value: Any) -> Any:
        lines = list(
            dict.fromkeys(line.strip() for line in super().clean(value).split("\n") if line.strip())
        )
        for number, line in enumerate(lines, start=1):
            if len(line) > self.each:
                raise ValidationError(f"Line {number} must be {self.each} characters or fewer")
        return lines

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value


class EmailField(TextField):
    """An email address."""

    default_missing = "Enter an email address"
    widget = forms.EmailInput

    def __init__(
        self, label: str = "Email address", *, autocomplete: str = "email", **kwargs: Any
    ) -> None:
        super().__init__(
            label, max_length=kwargs.pop("max_length", 254), autocomplete=autocomplete, **kwargs
        )
        self.params |= {"type": "email", "spellcheck": False, "autocapitalize": "none"}
        self.validators.append(
            EmailValidator("Enter an email address in the correct format, like name@example.com")
        )


class TelField(TextField):
    """A telephone number in any usual form; kept as typed."""

    default_missing = "Enter a telephone number"

    def __init__(
        self, label: str = "Telephone number", *, autocomplete: str = "tel", **kwargs: Any
    ) -> None:
        super().__init__(
            label, max_length=kwargs.pop("max_length", 30), autocomplete=autocomplete, **kwargs
        )
        self.params |= {"type": "tel", "width": "20"}
        self.validators.append(
            RegexValidator(
                r"\A\+?[0-9 ()\-]{7,29}\Z",
                "Enter a telephone number, like 020 7946 0000 or +44 20 7946 0000",
            )
        )


class WebAddressField(TextField):
    """The address of a page on the web."""

    def __init__(self, label: str, **kwargs: Any) -> None:
        super().__init__(label, max_length=kwargs.pop("max_length", 500), **kwargs)
        self.params |= {"type": "url", "spellcheck": False, "autocapitalize": "none"}
        self.validators.append(
            URLValidator(
                ["https", "http"],
                message="Enter a web address that begins with https://, like "
                "https://www.example.org/join",
            )
        )


class SearchField(TextField):
    """Words to search for; may be empty."""

    def __init__(self, label: str = "Search", **kwargs: Any) -> None:
        super().__init__(label, required=False, **kwargs)
        self.params |= {"type": "search", "optional": False}


class NumberField(NHSField, forms.IntegerField):
    """A whole number, with or without commas; `min_value` and `max_value` are both allowed."""

    widget = forms.TextInput

    def __init__(
        self, label: str, *, min_value: int = 0, max_value: int = 1_000_000, **kwargs: Any
    ) -> None:
        super().__init__(label, min_value=min_value, max_value=max_value, **kwargs)
        self.error_messages["invalid"] = "Enter a whole number, like 12"
        self.params = {"inputmode": "numeric", "width": "5", **self.params}
        _limit_messages(
            self.validators, f"Enter {min_value:,} or more", f"Enter {max_value:,} or less"
        )

    def to_python(self, value: Any) -> int | None:
        return super().to_python(
            value.replace(",", "").strip() if isinstance(value, str) else value
        )


class MoneyField(NHSField, forms.DecimalField):
    """Pounds and pence."""

    default_missing = "Enter an amount in pounds"
    widget = forms.TextInput

    def __init__(self, label: str, *, max_value: int = 100_000_000, **kwargs: Any) -> None:
        super().__init__(
            label, min_value=0, max_value=max_value, decimal_places=2, max_digits=12, **kwargs
        )
        self.error_messages["invalid"] = "Enter an amount in pounds, like 120 or 120.50"
        self.params = {"inputmode": "decimal", "width": "10", "prefix": "£", **self.params}
        _limit_messages(self.validators, "Enter £0 or more", f"Enter £{max_value:,} or less")

    def to_python(self, value: Any) -> Decimal | None:  # type: ignore[override]  # the stubs take it for an integer
        return super().to_python(
            value.replace(",", "").strip().lstrip("£") if isinstance(value, str) else value
        )


class TimeField(NHSField, forms.Field):
    """A time of day in any usual form: 6:30pm, 18:30, 6pm, midday. Refuses 6:30, which may be in
    the morning or in the evening.
    """

    default_missing = "Enter a time, like 6:30pm"
    widget = forms.TextInput

    def __init__(
        self, label: str, *, hint: str = "For example, 6:30pm or 18:30", **kwargs: Any
    ) -> None:
        super().__init__(label, hint=hint, **kwargs)
        self.params = {"width": "5", **self.params}

    def to_python(self, value: Any) -> time | None:
        if isinstance(value, time) or value in self.empty_values:
            return value or None
        words = re.sub(r"\s", "", str(value)).lower()
        if words in ("midday", "noon", "midnight"):
            return time(0 if words == "midnight" else 12)
        found = re.fullmatch(r"(\d{1,2})(?:[:.]?(\d{2}))?(am|pm)?", words, re.ASCII)
        if not found or not (found[2] or found[3]):
            raise ValidationError("Enter a time, like 6:30pm or 18:30", code="invalid")
        hour, minute, half = int(found[1]), int(found[2] or 0), found[3]
        if half and not 1 <= hour <= 12:
            raise ValidationError("Enter a time, like 6:30pm or 18:30", code="invalid")
        if half:
            hour = hour % 12 + (12 if half == "pm" else 0)
        if hour > 23 or minute > 59:
            raise ValidationError("Enter a time, like 6:30pm or 18:30", code="invalid")
        if not half and 1 <= hour <= 9 and len(found[1]) == 1:
            clock = f"{hour}:{minute:02}" if minute else f"{hour}"
            raise ValidationError(
                f"Say whether it is in the morning or not: {clock}am or {clock}pm", code="half"
            )
        return time(hour, minute)

    def prepare_value(self, value: Any) -> Any:
        return f"{value:%H:%M}" if isinstance(value, time) else value


class SelectField(NHSField, forms.ChoiceField):
    """One of many choices, in a drop-down list. `empty` is the text of the empty choice."""

    macro = "select"
    default_missing = "Select an answer to “{label}”"

    def __init__(
        self, label: str, *, choices: Iterable[Any], empty: str = "Select an option", **kwargs: Any
    ) -> None:
        pairs, hints = _with_hints(choices)
        super().__init__(label, choices=[("", empty), *pairs], **kwargs)
        self.error_messages["invalid_choice"] = "Select an option from the list"
        self.params["hints"] = hints


class RadiosField(NHSField, forms.ChoiceField):
    """One of a few choices, as radio buttons."""

    macro = "radios"
    default_missing = "Select an answer to “{label}”"
    widget = forms.RadioSelect

    def __init__(self, label: str, *, choices: Iterable[Any], **kwargs: Any) -> None:
        pairs, hints = _with_hints(choices)
        super().__init__(label, choices=pairs, **kwargs)
        self.error_messages["invalid_choice"] = "Select an option from the list"
        self.params["hints"] = hints


class CheckboxesField(NHSField, forms.MultipleChoiceField):
    """Any number of a few choices, as checkboxes."""

    macro = "checkboxes"
    default_missing = "Select at least 1 answer to “{label}”"
    widget = forms.CheckboxSelectMultiple

    def __init__(self, label: str, *, choices: Iterable[Any], **kwargs: Any) -> None:
        pairs, hints = _with_hints(choices)
        super().__init__(label, choices=pairs, **kwargs)
        self.error_messages["invalid_choice"] = "Select only options from the list"
        self.params["hints"] = hints


class YesNoField(RadiosField):
    """Yes or no, as radio buttons; neither is chosen at first. Its value is true or false."""

    default_missing = "Select yes or no for “{label}”"

    def __init__(self, label: str, *, yes: str = "", no: str = "", **kwargs: Any) -> None:
        super().__init__(label, choices=[("yes", "Yes", yes), ("no", "No", no)], **kwargs)
        self.params["hints"] = {key: words for key, words in self.params["hints"].items() if words}

    def clean(self, value: Any) -> Any:
        return super().clean(value) == "yes"

    def prepare_value(self, value: Any) -> Any:
        return {True: "yes", False: "no"}.get(value, value) if isinstance(value, bool) else value


class TickField(NHSField, forms.BooleanField):
    """One checkbox. If it is required it must be ticked."""

    macro = "tick"
    default_missing = "Select “{label}” to continue"

    def __init__(self, label: str, *, required: bool = False, **kwargs: Any) -> None:
        super().__init__(label, required=required, **kwargs)


class RowField(NHSField, forms.ModelChoiceField):
    """One row of a query set, in a drop-down list, or with `radios=True` as radio buttons."""

    macro = "select"
    default_missing = "Select an answer to “{label}”"

    def __init__(
        self,
        label: str,
        *,
        queryset: QuerySet[Any],
        radios: bool = False,
        empty: str = "Select an option",
        **kwargs: Any,
    ) -> None:
        if radios:
            kwargs["widget"] = forms.RadioSelect
        super().__init__(label, queryset=queryset, empty_label=None if radios else empty, **kwargs)
        self.error_messages["invalid_choice"] = "Select an option from the list"
        if radios:
            self.params["macro"] = "radios"


class RowsField(NHSField, forms.ModelMultipleChoiceField):
    """Any number of rows of a query set, as checkboxes."""

    macro = "checkboxes"
    default_missing = "Select at least 1 answer to “{label}”"
    widget = forms.CheckboxSelectMultiple

    def __init__(self, label: str, *, queryset: QuerySet[Any], **kwargs: Any) -> None:
        super().__init__(label, queryset=queryset, **kwargs)
        for code in ("invalid_choice", "invalid_pk_value", "list"):
            self.error_messages[code] = "Select only options from the list"

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, QuerySet) or (
            isinstance(value, list) and value and isinstance(value[0], Model)
        ):
            return [row.pk for row in value]
        return super().prepare_value(value)


class PasswordField(NHSField, forms.CharField):
    """A password; not trimmed, and never shown again."""

    macro = "passwordInput"
    default_missing = "Enter a password"
    widget = forms.PasswordInput

    def __init__(
        self, label: str = "Password", *, autocomplete: str = "current-password", **kwargs: Any
    ) -> None:
        super().__init__(label, strip=False, max_length=200, autocomplete=autocomplete, **kwargs)


class FileField(NHSField, forms.FileField):
    """A file of limited size. Its content is checked by the import that reads it."""

    default_missing = "Choose a file"

    def __init__(self, label: str, *, max_megabytes: int = 10, **kwargs: Any) -> None:
        super().__init__(label, **kwargs)
        self.max_megabytes = max_megabytes
        # Not the design system's file upload, whose script gives it a name that fails axe.
        self.params |= {"type": "file", "classes": "app-file"}
        self.error_messages["empty"] = "The selected file is empty. Choose another file"

    def clean(self, data: Any, initial: Any = None) -> Any:
        upload = super().clean(data, initial)
        if upload and upload.size > self.max_megabytes * 1024 * 1024:
            raise ValidationError(
                f"The selected file must be smaller than {self.max_megabytes} megabytes",
                code="large",
            )
        return upload


class HiddenField(forms.CharField):
    """A hidden value of the page."""

    widget = forms.HiddenInput

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=kwargs.pop("max_length", 100), **kwargs)


def _has_something_to_see(text: str) -> bool:
    """Whether a text has more than spaces, zero-width and other characters that show nothing."""
    return any(
        unicodedata.category(one)[0] not in "ZC" and one not in _BLANK_LETTERS for one in text
    )


def _with_hints(choices: Iterable[Any]) -> tuple[list[tuple[str, str]], dict[str, str]]:
    rows: list[Sequence[Any]] = [tuple(choice) for choice in choices if choice[0] not in ("", None)]
    return [(str(row[0]), row[1]) for row in rows], {
        str(row[0]): row[2] for row in rows if len(row) > 2
    }


def _limit_messages(validators: list[Any], low: str, high: str) -> None:
    for check in validators:
        if getattr(check, "code", "") == "min_value":
            check.message = low
        elif getattr(check, "code", "") == "max_value":
            check.message = high
