"""What staff fill in on a register: people ticked, and the head count."""

from collections.abc import Collection
from typing import Any

from django.db.models import Model, QuerySet

from core import access
from core.models import User
from core.nhsuk import forms
from engagement.activities.actions.registers import NOT_KNOWN
from engagement.activities.models import HeadCount
from engagement.people.models import Contact
from engagement.people.permissions import Permission


class TickForm(forms.NHSForm):
    """The people who came, of those a user may see. Without the page's script, `was_ticked` says
    whom the page showed as ticked, so that one whose tick was taken away is known.

    Another organisation's person is refused in the same words as one who does not exist.
    """

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        seen = access.rows(user, Permission.CONTACT_READ, Contact)
        for name in ("person", "was_ticked"):
            box = forms.RowsField("Who came?", queryset=seen, required=False)
            box.error_messages |= dict.fromkeys(("invalid_choice", "invalid_pk_value"), NOT_KNOWN)
            self.fields[name] = box

    def clean(self) -> dict[str, Any]:
        if not self.errors and not self._chosen("person") and not self._chosen("was_ticked"):
            self.add_error("person", "Select at least 1 person")
        return self.cleaned_data

    @property
    def people(self) -> Collection[Contact]:
        """Everybody whose box is ticked."""
        return self._chosen("person")

    @property
    def new(self) -> list[Contact]:
        """Those ticked whom the page did not show as ticked."""
        return [one for one in self.people if one not in self._chosen("was_ticked")]

    @property
    def taken_off(self) -> list[Contact]:
        """Those whom the page showed as ticked, and who are not any more."""
        return [one for one in self._chosen("was_ticked") if one not in self.people]

    def _chosen(self, name: str) -> QuerySet[Contact]:
        chosen: QuerySet[Contact] = self.cleaned_data[name]
        return chosen


class HeadCountForm(forms.NHSForm):
    """How many more came who were not named, counted or estimated."""

    count = forms.NumberField(
        "How many more people came?",
        max_value=100_000,
        initial=0,
        missing="Enter how many more people came. If no one did, enter 0",
    )
    is_estimated = forms.TickField("This is an estimate")

    def recorded(self, row: Any) -> dict[str, Any]:
        """The count of the session, where there is one."""
        counted: HeadCount | None = getattr(row, "head_count", None)
        return super().recorded(counted) if counted is not None else {}

    def is_unchanged(self, current: Model) -> bool:
        """Nor is there a conflict where the count is recorded already, as after a lost reply."""
        return super().is_unchanged(current) or self.recorded(current) == self.cleaned_data
