"""Fields that only engagement needs: a list typed one a line, and a plain yes or no."""

from typing import Any

from django.core.exceptions import ValidationError

from core.nhsuk.forms import RadiosField, TextareaField


class LinesField(TextareaField):
    """Several short answers, one on each line; gives them as a list without repeats."""

    def __init__(self, label: str, *, each: int = 100, **kwargs: Any) -> None:
        super().__init__(label, max_length=4000, **kwargs)
        self.each = each

    def clean(self, value: Any) -> Any:
        lines = list(
            dict.fromkeys(line.strip() for line in super().clean(value).split("\n") if line.strip())
        )
        for number, line in enumerate(lines, start=1):
            if len(line) > self.each:
                raise ValidationError(
                    f"Line {number} is longer than {self.each} characters. Make it shorter."
                )
        return lines

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value


class YesNoField(RadiosField):
    """Yes or no, neither chosen beforehand unless an answer is known; gives true or false."""

    default_missing = "Choose yes or no for “{label}”"

    def __init__(self, label: str, *, yes: str = "", no: str = "", **kwargs: Any) -> None:
        super().__init__(label, choices=[("yes", "Yes", yes), ("no", "No", no)], **kwargs)
        self.look["hints"] = {key: words for key, words in self.look["hints"].items() if words}

    def clean(self, value: Any) -> Any:
        return super().clean(value) == "yes"

    def prepare_value(self, value: Any) -> Any:
        return {True: "yes", False: "no"}.get(value, value) if isinstance(value, bool) else value
