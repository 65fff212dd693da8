"""The forms of a Board report."""

from collections.abc import Sequence
from typing import Any

from core import clock
from core.nhsuk import forms
from core.periods import Month
from insight.reporting.choices import Part, Purpose
from insight.reporting.models import BoardReport

#: The fields that choose which changes lead.
LEADS = {
    "first_change": "First change",
    "second_change": "Second change",
    "third_change": "Third change",
}


class NarrativeForm(forms.NHSForm):
    """What the secretary writes: the front sheet, the narrative, and which changes lead.

    Each part may stay empty. `changes` are the changes of the month that may lead.
    """

    agenda_item = forms.TextField(
        Part.AGENDA_ITEM.label, hint="As on the agenda, such as 7.2", max_length=40, required=False
    )
    author = forms.TextField(
        Part.AUTHOR.label,
        hint="A job title, such as Director of Participation. It is published with the report",
        max_length=150,
        required=False,
    )
    purpose = forms.SelectField(
        Part.PURPOSE.label, choices=Purpose.choices, empty="Not said", required=False
    )
    highlights = forms.TextareaField(
        Part.HIGHLIGHTS.label,
        hint="Page one has room for about 3 lines. Leave an empty line between paragraphs",
        count=8000,
        rows=6,
        required=False,
    )
    story = forms.TextareaField(
        Part.STORY.label,
        hint="Four lines at most. Name no one",
        count=4000,
        rows=4,
        required=False,
    )
    involvement = forms.TextareaField(
        Part.INVOLVEMENT.label,
        hint="Who was asked, how early, and what difference it made to this report",
        count=4000,
        rows=4,
        required=False,
    )
    to_know = forms.TextareaField(Part.TO_KNOW.label, count=4000, rows=4, required=False)
    asks = forms.TextareaField(Part.ASKS.label, count=4000, rows=4, required=False)
    look_ahead = forms.TextareaField(Part.LOOK_AHEAD.label, count=4000, rows=4, required=False)

    def __init__(self, *args: Any, changes: Sequence[tuple[str, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        places = list(LEADS.items())[: len(changes)]
        for name, label in places:
            self.fields[name] = forms.SelectField(
                label, choices=changes, empty="No change", required=False
            )

    def recorded(self, row: BoardReport) -> dict[str, Any]:
        """The values of the report, its changes that lead each in the field of its place."""
        # How many fields there are depends on what is published by now, which is no one's change.
        chosen = dict(zip(LEADS, row.leading_changes, strict=False))
        return super().recorded(row) | {name: chosen.get(name, "") for name in LEADS}

    @property
    def leads(self) -> list[str]:
        """The names of the fields that choose the changes that lead."""
        return [name for name in LEADS if name in self.fields]

    def clean(self) -> dict[str, Any]:
        """Refuse a change chosen twice, and gather the chosen ones as `leading_changes`."""
        cleaned = super().clean() or self.cleaned_data
        chosen: list[str] = []
        for name in self.leads:
            key = cleaned.pop(name, "")
            if key and key in chosen:
                self.add_error(name, "Choose each change once")
            elif key:
                chosen.append(key)
        return cleaned | {"leading_changes": chosen}


class ApproveForm(forms.NHSForm):
    """The button to approve, which asks for confirmation where parts of the report are `empty`.

    `read` is the fingerprint of the report as it was read.
    """

    read = forms.HiddenField(max_length=64)

    def __init__(self, *args: Any, empty: Sequence[Part] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if empty:
            self.fields["leave_out"] = forms.TickField(
                "Leave these parts out of the report",
                required=True,
                missing="Tick the box to leave the empty parts out, or go back and write them",
            )


class DraftForm(forms.NHSForm):
    """Which month to draft: one of the last twenty-four that are over."""

    month = forms.SelectField("Which month?", choices=[], missing="Choose a month")

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # as Django's form takes them
        present = Month.of(clock.today())
        months = [present.shift(-back) for back in range(1, 25)]
        self.fields["month"].choices = [(month.key, month.words) for month in months]  # type: ignore[attr-defined]  # a field of choices
