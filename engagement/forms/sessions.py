"""What staff fill in about a session: its day and times, where it is, what it offers."""

from datetime import datetime
from typing import Any

from django.utils import timezone

from core.nhsuk import forms
from engagement.choices import AccessFeature
from engagement.models import Session


class SessionForm(forms.NHSForm):
    """A session on one day in London time; `details` gives what the actions take."""

    asks_for = {"starts_at": "day", "ends_at": "ends"}

    day = forms.DateField("Which day?", missing="Enter the day of the session")
    begins = forms.TimeField("Starts at", missing="Enter the time it starts, like 6:30pm")
    ends = forms.TimeField("Ends at", missing="Enter the time it ends, like 8pm")
    venue = forms.TextField("Venue", max_length=300, required=False, look={"autocomplete": "off"})
    link = forms.TextField(
        "Link to join online",
        max_length=500,
        required=False,
        hint="It begins with https://",
        look={"type": "url"},
    )
    capacity = forms.NumberField(
        "How many people can come?", required=False, min_value=1, max_value=100_000
    )
    access_features = forms.CheckboxesField(
        "What does it offer?", choices=AccessFeature.choices, required=False, look={"small": True}
    )
    interpreters = forms.TextField("Interpreters booked", max_length=300, required=False)
    note = forms.TextField("Note for colleagues", max_length=500, required=False)

    @property
    def details(self) -> dict[str, Any]:
        """The answers as an action takes them, with the two moments in London time."""
        answers = dict(self.cleaned_data)
        day, begins, ends = answers.pop("day"), answers.pop("begins"), answers.pop("ends")
        return answers | {
            "starts_at": timezone.make_aware(datetime.combine(day, begins)),
            "ends_at": timezone.make_aware(datetime.combine(day, ends)),
        }

    @staticmethod
    def recorded(session: Session) -> dict[str, Any]:
        """What a session has, as this form asks for it."""
        starts, ends = timezone.localtime(session.starts_at), timezone.localtime(session.ends_at)
        same = ("venue", "link", "capacity", "access_features", "interpreters", "note")
        return {"day": starts.date(), "begins": starts.time(), "ends": ends.time()} | {
            name: getattr(session, name) for name in same
        }
