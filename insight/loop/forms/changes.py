"""The form of a change."""

from core.nhsuk import forms
from insight.loop.choices import ChangeStage, Impact


class ChangeForm(forms.NHSForm):
    """What is done because of a decision, and its status."""

    what = forms.TextareaField(
        "What is changing, or has changed?",
        hint="Use one plain sentence. It will be published after “We did”.",
        missing="Enter what is changing or has changed",
        count=400,
        rows=4,
    )
    stage = forms.RadiosField(
        "What stage is it at?",
        choices=[
            (ChangeStage.PLANNED.value, ChangeStage.PLANNED.label, "Agreed but not started"),
            (ChangeStage.UNDER_WAY.value, ChangeStage.UNDER_WAY.label, "Started but not finished"),
            (ChangeStage.MADE.value, ChangeStage.MADE.label, "People can see the difference"),
        ],
        missing="Select what stage it is at",
    )
    made_on = forms.DateField(
        "When was it done?",
        hint="For example, 27 3 2027. Only if the change has been done.",
        required=False,
        params={"optional": False},
    )
    impact = forms.SelectField(
        "What will it improve?", choices=Impact.choices, required=False, empty="Not chosen"
    )
    evidence = forms.TextareaField(
        "How do we know?",
        hint="What shows that it happened, such as minutes, a rota or figures. Only staff can "
        "see this.",
        count=2000,
        required=False,
    )

    def clean_what(self) -> str:
        return " ".join(self.cleaned_data["what"].split())
