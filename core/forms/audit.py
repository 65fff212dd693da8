"""The form that searches the audit trail."""

from typing import Any

from django.core.exceptions import ValidationError

from core.choices import Event, Outcome
from core.models import User
from core.nhsuk import forms


class AuditFilterForm(forms.NHSForm):
    """Which acts to list."""

    q = forms.SearchField(
        "Words", hint="Whole words, such as a title, a name or a kind of record", max_length=100
    )
    person = forms.RowField(
        "Who",
        queryset=User.objects.all(),
        required=False,
        empty="Everybody",
        look={"optional": False},
    )
    event = forms.SelectField(
        "What happened",
        choices=[(event.value, event.value.capitalize()) for event in sorted(Event)],
        required=False,
        empty="Anything",
        look={"optional": False},
    )
    outcome = forms.SelectField(
        "How it ended",
        choices=Outcome.choices,
        required=False,
        empty="Either way",
        look={"optional": False},
    )
    first = forms.DateField(
        "From", hint="For example, 27 3 2027", required=False, look={"optional": False}
    )
    last = forms.DateField(
        "To, that day included",
        hint="For example, 28 3 2027",
        required=False,
        look={"optional": False},
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        first, last = cleaned.get("first"), cleaned.get("last")
        if first and last and last < first:
            self.add_error(
                "last", ValidationError("This day is before the first one. Check both.", code="day")
            )
        return cleaned
