"""The form of a decision on a finding."""

from core.nhsuk import forms
from insight.loop.choices import DecisionKind


class DecisionForm(forms.NHSForm):
    """What was decided, why, by whom and when."""

    kind = forms.RadiosField(
        "What was decided?",
        choices=[
            (DecisionKind.ACCEPTED.value, DecisionKind.ACCEPTED.label, "We do what was asked"),
            (
                DecisionKind.PARTLY.value,
                DecisionKind.PARTLY.label,
                "We do some of it. Say why not all",
            ),
            (
                DecisionKind.NOT_ACCEPTED.value,
                DecisionKind.NOT_ACCEPTED.label,
                "We cannot. Say why",
            ),
            (
                DecisionKind.UNDECIDED.value,
                DecisionKind.UNDECIDED.label,
                "Say when it will be decided, if you know",
            ),
        ],
        missing="Choose what was decided",
    )
    reason = forms.TextareaField(
        "The reason, in plain words",
        hint="Needed for “accepted in part” and “not accepted”. People read it after “because”.",
        count=2000,
        required=False,
        params={"optional": False},
    )
    body = forms.TextField(
        "Who decided?",
        hint="A board, a committee or a team, not a person’s name",
        max_length=200,
        required=False,
    )
    decided_on = forms.DateField(
        "When was it decided?",
        hint="For example, 27 3 2027. Leave empty if it is not yet decided.",
        required=False,
        params={"optional": False},
    )
    look_again_on = forms.DateField("When is it looked at again?", required=False)
