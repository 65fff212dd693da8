"""Form fields for dates in three inputs: exact dates, and rough ones."""

import calendar
import re
from datetime import date
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError

from core.nhsuk.nhs_field import NHSField, refuse_hidden
from core.periods import Month, RoughDate

_YEARS = range(1900, 2101)


class DateParts(forms.Widget):
    """Three inputs, posted as `name-day`, `name-month` and `name-year`."""

    parts = ("day", "month", "year")

    def value_from_datadict(self, data: Any, files: Any, name: str) -> dict[str, str]:
        return {part: str(data.get(f"{name}-{part}", "") or "").strip() for part in self.parts}

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return not any(f"{name}-{part}" in data for part in self.parts)

    def inputs(self, value: Any) -> dict[str, str]:
        """The content of each input for a value: typed parts, a date, a rough date or none."""
        if isinstance(value, dict):
            return {part: str(value.get(part, "")) for part in self.parts}
        if isinstance(value, date):
            return {"day": str(value.day), "month": str(value.month), "year": str(value.year)}
        if isinstance(value, RoughDate):
            return _inputs_of_rough(value)
        return dict.fromkeys(self.parts, "")


class DateField(NHSField, forms.Field):
    """One date. `earliest` and `latest` are both allowed."""

    macro = "dateInput"
    default_missing = "Enter the day, month and year of “{label}”"
    widget = DateParts
    allows_rough = False

    def __init__(
        self,
        label: str,
        *,
        hint: str = "For example, 27 3 2027",
        earliest: date | None = None,
        latest: date | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(label, hint=hint, **kwargs)
        self.earliest, self.latest = earliest, latest

    def clean(self, value: Any) -> Any:
        typed = self._inputs(value)
        for text in typed.values():
            refuse_hidden(text)
        if not any(typed.values()):
            if self.required:
                raise ValidationError(self.error_messages["required"], code="required")
            return None
        return self._within(self._read(typed))

    def has_changed(self, initial: Any, data: Any) -> bool:
        return self._inputs(initial) != self._inputs(data)

    def _inputs(self, value: Any) -> dict[str, str]:
        # In the types of Django a widget may be a class; that of a form field is an instance.
        return cast(DateParts, self.widget).inputs(value)

    def _read(self, typed: dict[str, str]) -> Any:
        missing = [part for part in DateParts.parts if not typed[part]]
        if missing:
            raise ValidationError(
                f"The date must include a {' and a '.join(missing)}", code=missing[0]
            )
        return _real_date(typed)

    def _within(self, value: Any) -> Any:
        first, last = (
            (value.earliest, value.latest) if isinstance(value, RoughDate) else (value, value)
        )
        if self.earliest and last < self.earliest:
            raise ValidationError(
                f"The date must be {RoughDate.on(self.earliest).words} or later", code="day"
            )
        if self.latest and first > self.latest:
            raise ValidationError(
                f"The date must be {RoughDate.on(self.latest).words} or earlier", code="day"
            )
        return value


class RoughDateField(DateField):
    """A date known to the day, the month or only the year. Its value is a `RoughDate`."""

    default_missing = "Enter at least the year of “{label}”"
    allows_rough = True

    def __init__(
        self,
        label: str,
        *,
        hint: str = (
            "For example, 27 3 2027. "
            "Leave the day, or the day and the month, empty if you do not know them."
        ),
        **kwargs: Any,
    ) -> None:
        super().__init__(label, hint=hint, **kwargs)

    def _read(self, typed: dict[str, str]) -> RoughDate:
        if not typed["year"]:
            raise ValidationError("The date must include a year", code="year")
        if typed["day"] and not typed["month"]:
            raise ValidationError("Enter a month, or leave the day empty", code="month")
        if typed["day"]:
            return RoughDate.on(_real_date(typed))
        return RoughDate.of(
            _year(typed["year"]), _month(typed["month"]) if typed["month"] else None
        )


def _real_date(typed: dict[str, str]) -> date:
    year, month = _year(typed["year"]), _month(typed["month"])
    day = int(typed["day"]) if re.fullmatch(r"\d{1,2}", typed["day"], re.ASCII) else 0
    try:
        return date(year, month, day)
    except ValueError:
        raise ValidationError("The day must be a real day of that month", code="day") from None


def _year(text: str) -> int:
    if not re.fullmatch(r"\d{4}", text, re.ASCII) or int(text) not in _YEARS:
        raise ValidationError(
            f"The year must have 4 numbers and be between {_YEARS[0]} and {_YEARS[-1]}, like 2027",
            code="year",
        )
    return int(text)


def _month(text: str) -> int:
    if re.fullmatch(r"\d{1,2}", text, re.ASCII) and 1 <= int(text) <= 12:
        return int(text)
    # Names such as “March” and “mar” are accepted.
    for number, name in enumerate(calendar.month_name):
        if number and len(text) >= 3 and name.lower().startswith(text.lower().rstrip(".")):
            return number
    raise ValidationError(
        "The month must be a number from 1 to 12, or a name like March", code="month"
    )


def _inputs_of_rough(value: RoughDate) -> dict[str, str]:
    first, last = value.earliest, value.latest
    inputs = {"day": "", "month": "", "year": str(first.year)}
    if value.is_exact:
        return inputs | {"day": str(first.day), "month": str(first.month)}
    whole = Month.of(first)
    if (first, last) == (whole.first, whole.last):
        return inputs | {"month": str(first.month)}
    return inputs
