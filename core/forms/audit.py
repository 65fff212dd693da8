"""The search form of the audit trail."""

from typing import Any, cast

from django.core.exceptions import ValidationError
from django.forms import ChoiceField

from core.acting import all_acts
from core.choices import ActorKind, CoreEvent, Outcome
from core.models import User
from core.nhsuk import forms


class AuditFilterForm(forms.NHSForm):
    """Filters of the audit trail."""

    q = forms.SearchField(
        "Words", hint="Whole words, such as a title, a name or a kind of record", max_length=100
    )
    person = forms.RowField(
        "Who",
        queryset=User.objects.all(),
        required=False,
        empty="Everybody",
        params={"optional": False},
    )
    kind = forms.SelectField(
        "Done by",
        choices=ActorKind.choices,
        required=False,
        empty="Any",
        params={"optional": False},
    )
    event = forms.SelectField(
        "What happened",
        choices=(),
        required=False,
        empty="Anything",
        params={"optional": False},
    )
    outcome = forms.SelectField(
        "Outcome",
        choices=Outcome.choices,
        required=False,
        empty="Any outcome",
        params={"optional": False},
    )
    first = forms.DateField(
        "From", hint="For example, 27 3 2027", required=False, params={"optional": False}
    )
    last = forms.DateField(
        "To (including this day)",
        hint="For example, 28 3 2027",
        required=False,
        params={"optional": False},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Looked up for each form: the events of all wings are known only once every app is ready.
        events = [
            (event.value, event.value.capitalize())
            for event in sorted([*all_acts(), CoreEvent.PAGE_REFUSED])
        ]
        field = cast(ChoiceField, self.fields["event"])
        field.choices = [("", "Anything"), *events]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        first, last = cleaned.get("first"), cleaned.get("last")
        if first and last and last < first:
            self.add_error(
                "last",
                ValidationError(
                    "The “to” date must be the same as or after the “from” date", code="day"
                ),
            )
        return cleaned
