"""What staff fill in on a register: people ticked, and the head count."""

from core.nhsuk import forms
from engagement.people.models import Contact


class TickForm(forms.NHSForm):
    """The people who came."""

    person = forms.RowsField(
        "Who came?",
        queryset=Contact.objects.all(),
        missing="Tick at least one person, then save the ticks.",
    )


class HeadCountForm(forms.NHSForm):
    """How many more came who were not named, counted or estimated."""

    count = forms.NumberField(
        "How many more came?",
        max_value=100_000,
        missing="Enter how many more came, 0 if nobody did",
    )
    is_estimated = forms.TickField("This is an estimate")
