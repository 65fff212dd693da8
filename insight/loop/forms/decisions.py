"""The form of a decision on a finding."""

from typing import Any

from core.nhsuk import forms
from insight.loop.choices import DecisionKind
from insight.loop.models import Decision, Finding


class DecisionForm(forms.NHSForm):
    """What was decided, why, by whom and when."""

    kind = forms.RadiosField(
        "What was decided?",
        choices=[
            (
                DecisionKind.ACCEPTED.value,
                DecisionKind.ACCEPTED.label,
                "We will do what people asked",
            ),
            (
                DecisionKind.PARTLY.value,
                DecisionKind.PARTLY.label,
                "We will do some of it. Say why not all",
            ),
            (
                DecisionKind.NOT_ACCEPTED.value,
                DecisionKind.NOT_ACCEPTED.label,
                "We cannot do it. Say why",
            ),
            (
                DecisionKind.UNDECIDED.value,
                DecisionKind.UNDECIDED.label,
                "Say when it will be decided, if you know",
            ),
        ],
        missing="Select what was decided",
    )
    reason = forms.TextareaField(
        "The reason, in plain words",
        hint="Only needed for “accepted in part” and “not accepted”. It will be published after "
        "“because”.",
        count=2000,
        required=False,
        params={"optional": False},
    )
    body = forms.TextField(
        "Who decided?",
        hint="The name of a board, committee or team. Do not name a person.",
        max_length=200,
        required=False,
    )
    decided_on = forms.DateField(
        "When was it decided?",
        hint="For example, 27 3 2027. Leave empty if it is not yet decided.",
        required=False,
        params={"optional": False},
    )
    look_again_on = forms.DateField("When will it be looked at again?", required=False)

    def recorded(self, row: Finding) -> dict[str, Any]:
        """What was decided on the finding, where anything was."""
        decision: Decision | None = getattr(row, "decision", None)
        return super().recorded(decision) if decision is not None else {}
