"""What staff fill in about a session: its day and times, where it is and what it offers."""

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone

from core import catalogue
from core.nhsuk import forms
from core.nhsuk.constraint_errors import add_constraint_errors
from engagement.activities import catalogue as _entries  # noqa: F401  # registers the questions
from engagement.activities.models import Activity, Session


class SessionForm(forms.NHSForm):
    """A session on one day, with times in London. `details` gives what the actions take."""

    asks_for = catalogue.asked_names(Session)

    def __init__(self, activity: Activity, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.activity = activity
        self.fields.update(catalogue.form_fields(Session, "session"))

    def clean(self) -> dict[str, Any]:
        """Add what the model refuses to the other errors, so that all show at once."""
        moments = {}
        if {"day", "begins", "ends"} <= self.cleaned_data.keys():
            moments = _moments(self.cleaned_data)
        row = Session(activity=self.activity, **moments)
        add_constraint_errors(self, row, set_already=moments)
        if "day" in self.cleaned_data:
            try:
                self.activity.check_day(self.cleaned_data["day"])
            except ValidationError as refusal:
                forms.add_errors(self, refusal)
        return self.cleaned_data

    @property
    def details(self) -> dict[str, Any]:
        """The values as the actions take them, with day and times made into two moments."""
        values = dict(self.cleaned_data)
        moments = _moments(values)
        return {
            name: value for name, value in values.items() if name not in {"day", "begins", "ends"}
        } | moments

    def recorded(self, row: Session) -> dict[str, Any]:
        """Its day and times besides the values of the same name."""
        starts, ends = timezone.localtime(row.starts_at), timezone.localtime(row.ends_at)
        moments = {"day": starts.date(), "begins": starts.time(), "ends": ends.time()}
        return super().recorded(row) | moments


class CancelSessionForm(forms.NHSForm):
    """Why a session does not take place."""

    asks_for = {"cancelled_reason": "reason"}
    reason = forms.TextField(
        "Why is it cancelled?",
        hint="The public can read this at once, for example “The hall is closed”.",
        max_length=500,
        missing="Say why the session is cancelled.",
    )


def _moments(values: dict[str, Any]) -> dict[str, datetime]:
    return {
        moment: timezone.make_aware(datetime.combine(values["day"], values[name]))
        for moment, name in (("starts_at", "begins"), ("ends_at", "ends"))
    }
