"""What staff fill in about a session: its day and times, where it is and what it offers."""

from datetime import datetime
from typing import Any

from django.utils import timezone

from core import catalogue
from core.nhsuk import forms
from engagement.activities import catalogue as _entries  # noqa: F401  # registers the questions
from engagement.activities.models import Session


class SessionForm(forms.NHSForm):
    """A session on one day, with times in London. `details` gives what the actions take."""

    asks_for = catalogue.asked_names(Session)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.update(catalogue.form_fields(Session, "session"))

    @property
    def details(self) -> dict[str, Any]:
        """The values as the actions take them, with day and times made into two moments."""
        values = dict(self.cleaned_data)
        day, begins, ends = values.pop("day"), values.pop("begins"), values.pop("ends")
        return values | {
            "starts_at": timezone.make_aware(datetime.combine(day, begins)),
            "ends_at": timezone.make_aware(datetime.combine(day, ends)),
        }

    @staticmethod
    def recorded(session: Session) -> dict[str, Any]:
        """The values that a session has for the fields of this form."""
        starts, ends = timezone.localtime(session.starts_at), timezone.localtime(session.ends_at)
        moments = {"day": starts.date(), "begins": starts.time(), "ends": ends.time()}
        return moments | {
            entry.name: getattr(session, entry.name)
            for entry in catalogue.entries(Session, asked_in="session")
            if entry.name not in SessionForm.asks_for
        }
