"""The shapes of the API's answers, from what is published."""

from typing import Any

from django.urls import reverse
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers


class _Shape(serializers.Serializer[Any]):
    """Read-only: every field is only ever shown."""


class NamedShape(_Shape):
    key = serializers.CharField()
    name = serializers.CharField()


class PlaceShape(NamedShape):
    authorities = NamedShape(
        many=True, help_text="Local authorities, each with its official code as key."
    )


class ProgrammeShape(NamedShape):
    aim = serializers.CharField()
    is_flagship = serializers.BooleanField()


class CommitmentShape(_Shape):
    key = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]  # a DRF field
    section = serializers.CharField(help_text="Where the strategy says so.")


class StandardShape(_Shape):
    key = serializers.CharField()
    name = serializers.CharField()
    headline = serializers.CharField()
    opening = serializers.CharField()
    commitments = CommitmentShape(many=True)


class LevelShape(_Shape):
    key = serializers.CharField(source="level")
    name = serializers.CharField()
    we_will = serializers.CharField()
    looks_like = serializers.CharField()
    feels = serializers.CharField()


class WordingShape(_Shape):
    version = serializers.CharField()
    status = serializers.CharField()
    source = serializers.CharField()  # type: ignore[assignment]  # a DRF field
    standards = StandardShape(many=True)
    spectrum = LevelShape(many=True)


class _AboutShape(_Shape):
    """What every public page says of its activity."""

    slug = serializers.CharField()
    title = serializers.CharField(source="page.title")
    summary = serializers.CharField(source="page.summary")
    purpose = serializers.CharField(source="page.purpose")
    scope_of_influence = serializers.CharField(
        source="page.scope_of_influence", help_text="What can and cannot be influenced."
    )
    level = NamedShape(source="page.level", help_text="Level of the spectrum promised.")
    level_reason = serializers.CharField(source="page.level.reason")
    dates = serializers.CharField(
        source="page.dates", help_text="In words, in the precision they are known to."
    )
    places = NamedShape(source="page.places", many=True)
    is_area_wide = serializers.BooleanField(source="page.is_area_wide")
    programmes = NamedShape(source="page.programmes", many=True)
    organisation = serializers.CharField(source="page.organisation")
    partners = serializers.ListField(source="page.partners", child=serializers.CharField())
    methods = serializers.ListField(source="page.methods", child=serializers.CharField())
    contact = serializers.CharField(source="page.contact")
    source = serializers.CharField(  # type: ignore[assignment]  # a DRF field
        source="page.source_words", help_text="Empty where staff logged it."
    )
    updated_at = serializers.DateTimeField(source="published_at")


class ActivityShape(_AboutShape):
    opportunity = serializers.SerializerMethodField(
        help_text="Address of its invitation, if it has one."
    )
    answer = serializers.SerializerMethodField(
        help_text="Address of what came of it, if that is published."
    )

    @extend_schema_field(serializers.CharField(allow_null=True))
    def get_opportunity(self, row: Any) -> str | None:
        return reverse("opportunity-detail", args=[row.slug]) if row.has_opportunity else None

    @extend_schema_field(serializers.CharField(allow_null=True))
    def get_answer(self, row: Any) -> str | None:
        return reverse("answer-detail", args=[row.slug]) if row.has_answer else None


class SessionShape(_Shape):
    starts_at = serializers.DateTimeField()
    ends_at = serializers.DateTimeField()
    venue = serializers.CharField()
    link = serializers.CharField()
    capacity = serializers.IntegerField(allow_null=True)
    access = serializers.ListField(child=serializers.CharField())
    interpreters = serializers.CharField()


class OpportunityShape(_AboutShape):
    state = serializers.ChoiceField(choices=["open", "soon"])
    closes_on = serializers.DateField(allow_null=True)
    sessions = SessionShape(source="page.sessions", many=True)
    access = serializers.CharField(source="page.access")
    languages = serializers.ListField(source="page.languages", child=serializers.CharField())
    reward = serializers.CharField(source="page.reward")


class DecisionShape(_Shape):
    kind = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]  # a DRF field
    reason = serializers.CharField()
    body = serializers.CharField(help_text="Who decided.")
    decided_on = serializers.CharField(help_text="In words.")
    look_again_on = serializers.CharField(help_text="In words.")


class ChangeShape(_Shape):
    what = serializers.CharField()
    stage = serializers.CharField()
    stage_label = serializers.CharField()
    impact = serializers.CharField()
    made_on = serializers.CharField(help_text="In words.")


class FindingShape(_Shape):
    activity = serializers.CharField(help_text="Slug of the activity.")
    title = serializers.CharField(help_text="Title of the activity.")
    sentence = serializers.CharField(source="finding.sentence", help_text="You said.")
    decision = DecisionShape(source="finding.decision", allow_null=True)
    changes = ChangeShape(source="finding.changes", many=True)
    places = NamedShape(many=True)
    programmes = NamedShape(many=True)
    source = serializers.CharField(  # type: ignore[assignment]  # a DRF field
        source="source_words", help_text="Empty where staff logged it."
    )
    updated_at = serializers.DateTimeField(source="published_at")


class TotalShape(_Shape):
    shown = serializers.CharField()
    numerator = serializers.CharField(allow_null=True)
    denominator = serializers.CharField(allow_null=True)


class CutRowShape(_Shape):
    key = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]  # a DRF field
    cells = serializers.ListField(child=serializers.CharField())


class CutShape(_Shape):
    key = serializers.CharField()
    title = serializers.CharField()
    columns = serializers.ListField(child=serializers.CharField())
    rows = CutRowShape(many=True)
    notes = serializers.ListField(child=serializers.CharField())


class MeasureShape(_Shape):
    key = serializers.CharField()
    title = serializers.CharField()
    how = serializers.CharField(help_text="How this is counted.")
    unit = serializers.CharField()
    total = TotalShape(
        allow_null=True, help_text="Null when one place was asked for: its row is in the cuts."
    )
    cuts = CutShape(many=True)
    notes = serializers.ListField(child=serializers.CharField())


class MonthShape(_Shape):
    """The figures of one published month; everything shown is protected and frozen."""

    period = serializers.CharField()
    month = serializers.CharField()
    place = serializers.CharField(allow_null=True)
    published_at = serializers.DateTimeField()
    fingerprint = serializers.CharField(help_text="SHA-256 of the frozen report.")
    measures = MeasureShape(many=True)


class ErrorShape(_Shape):
    """What went wrong, in a sentence; `errors` holds one for each parameter that cannot be read."""

    detail = serializers.CharField()
    errors = serializers.DictField(  # type: ignore[assignment]  # a DRF field
        child=serializers.CharField(), required=False
    )
