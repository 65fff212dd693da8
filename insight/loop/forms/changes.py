"""The form of a change."""

from core.nhsuk import forms
from insight.loop.choices import ChangeStage, Impact


class ChangeForm(forms.NHSForm):
    """What is done because of a decision, and where it stands."""

    what = forms.TextareaField(
        "What is changing, or has changed?",
        hint="One sentence anybody can read. It is published after “We did”.",
        missing="Write what is changing, or has changed",
        count=400,
        rows=4,
    )
    stage = forms.RadiosField(
        "Where does it stand?",
        choices=[
            (ChangeStage.PLANNED.value, ChangeStage.PLANNED.label, "Agreed, not begun"),
            (ChangeStage.UNDER_WAY.value, ChangeStage.UNDER_WAY.label, "Begun, not there yet"),
            (ChangeStage.MADE.value, ChangeStage.MADE.label, "People can see the difference"),
        ],
        missing="Choose where it stands",
    )
    made_on = forms.DateField(
        "When was it made?",
        hint="For example, 27 3 2027. Only for a change that has been made.",
        required=False,
        params={"optional": False},
    )
    impact = forms.SelectField(
        "What is it for?", choices=Impact.choices, required=False, empty="Not chosen"
    )
    evidence = forms.TextareaField(
        "How do we know?",
        hint="What shows that it happened, such as minutes, a rota or figures. "
        "Staff read this, the public does not.",
        count=2000,
        required=False,
    )

    def clean_what(self) -> str:
        return " ".join(self.cleaned_data["what"].split())
