"""Forms of loops: closing listening, and the filter of the ledger."""

from core.models import Organisation, Place
from core.nhsuk import forms

OWED, LATE, ANSWERED, LISTENING, ALL = "owed", "late", "answered", "listening", "all"


class CloseListeningForm(forms.NHSForm):
    """The last day on which people were heard."""

    on = forms.DateField(
        "When did listening close?",
        hint="The last day people could tell you something. For example, 27 3 2027",
    )


class LoopFilterForm(forms.NHSForm):
    """Which loops to list."""

    # An empty choice means what is owed.
    state = forms.SelectField(
        "Status",
        choices=[
            (LATE, "Overdue only"),
            (ANSWERED, "Answered"),
            (LISTENING, "Still listening"),
            (ALL, "All"),
        ],
        required=False,
        empty="Feedback due, overdue first",
        params={"optional": False},
    )
    place = forms.RowField(
        "Place",
        queryset=Place.objects.all(),
        to_field_name="key",
        required=False,
        empty="All places",
        params={"optional": False},
    )
    organisation = forms.RowField(
        "Lead organisation",
        queryset=Organisation.objects.filter(activities_led__loops__isnull=False).distinct(),
        to_field_name="key",
        required=False,
        empty="All organisations",
        params={"optional": False},
    )
    mine = forms.TickField("Only activities I work on")
