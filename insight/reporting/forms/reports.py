"""The forms of a Board report."""

from core import clock
from core.nhsuk import forms
from core.periods import Month


class NarrativeForm(forms.NHSForm):
    """The narrative of a report. Each part may stay empty."""

    highlights = forms.TextareaField(
        "The month in a few words",
        hint="Page one begins with this. Leave an empty line between paragraphs.",
        count=8000,
        rows=6,
        required=False,
    )
    story = forms.TextareaField(
        "One story", hint="Four lines at most. Name no one.", count=4000, rows=4, required=False
    )
    to_know = forms.TextareaField("What the Board must know", count=4000, rows=4, required=False)
    asks = forms.TextareaField("What the Board is asked to do", count=4000, rows=4, required=False)
    look_ahead = forms.TextareaField("What comes next", count=4000, rows=4, required=False)


class DraftForm(forms.NHSForm):
    """Which month to draft: one of the last twenty-four that are over."""

    month = forms.SelectField("Which month?", choices=[], missing="Choose a month")

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # as Django's form takes them
        present = Month.of(clock.today())
        months = [present.shift(-back) for back in range(1, 25)]
        self.fields["month"].choices = [(month.key, month.words) for month in months]  # type: ignore[attr-defined]  # a field of choices


class ApproveForm(forms.NHSForm):
    """The button to approve; `read` is the fingerprint of the report as it was read."""

    read = forms.HiddenField(max_length=64)
