"""Forms of findings: writing one on its evidence, and the filter of the list."""

from typing import Any, cast

from django.db.models import QuerySet
from django.forms import ModelMultipleChoiceField

from core.models import Place
from core.nhsuk import forms
from engagement.activities.models import Contribution
from insight.loop.choices import DecisionKind
from insight.loop.models import Finding

#: The choice in the filter for findings without a decision.
NO_DECISION = "none"


class FindingForm(forms.NHSForm):
    """One public sentence, and the contributions it rests on."""

    sentence = forms.TextareaField(
        "What did people say?",
        hint="Use one plain sentence with no names. It will be published after “You said”.",
        missing="Write what people said, in one sentence",
        count=400,
        rows=4,
    )
    evidence = forms.RowsField(
        "Comments it is based on", queryset=Contribution.objects.none(), required=False
    )

    def __init__(self, *args: Any, readable: QuerySet[Contribution], **kwargs: Any) -> None:
        """`readable` are the contributions of the activity that this person may read."""
        super().__init__(*args, **kwargs)
        cast(ModelMultipleChoiceField, self.fields["evidence"]).queryset = readable

    def recorded(self, row: Finding) -> dict[str, Any]:
        """Its sentence and the contributions it rests on."""
        evidence = Contribution.objects.filter(evidence__finding=row).order_by("pk")
        return {"sentence": row.sentence, "evidence": list(evidence)}

    def clean_sentence(self) -> str:
        # It is one sentence on the page, whatever lines it was typed on.
        return " ".join(self.cleaned_data["sentence"].split())


class FindingFilterForm(forms.NHSForm):
    """Which findings to list."""

    q = forms.SearchField("Words in the finding or the activity", max_length=100)
    place = forms.RowField(
        "Place",
        queryset=Place.objects.all(),
        to_field_name="key",
        required=False,
        empty="All places",
        params={"optional": False},
    )
    decision = forms.SelectField(
        "Decision",
        choices=[*DecisionKind.choices, (NO_DECISION, "No decision recorded")],
        required=False,
        empty="All decisions",
        params={"optional": False},
    )
