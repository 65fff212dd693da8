"""What staff fill in about a session: its day and times, where it is, what it offers."""

from datetime import datetime
from typing import Any

from django.utils import timezone

from core import catalogue
from core.nhsuk import forms
from engagement.activities import catalogue as _entries  # noqa: F401  # registers the questions
from engagement.activities.models import Session


class SessionForm(forms.NHSForm):
    """A session on one day in London time; `details` gives what the actions take."""

    asks_for = catalogue.asked_names(Session)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.update(catalogue.form_fields(Session, "session"))

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
        moments = {"day": starts.date(), "begins": starts.time(), "ends": ends.time()}
        return moments | {
            entry.name: getattr(session, entry.name)
            for entry in catalogue.entries(Session, asked_in="session")
            if entry.name not in SessionForm.asks_for
        }
