"""How the open API writes what is published as JSON.

The fields of a public page are not listed here: its serializers are made from their declaration
in `insight.loop.selectors.pages`.
"""

from functools import cache
from typing import Any, ClassVar

from django.urls import reverse
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from core.published_fields import Kind, PublishedField, PublishedGroup
from insight.public.selectors import published


class ReadOnlySerializer(serializers.Serializer[Any]):
    """A serializer for output only."""


class PublishedSerializer(ReadOnlySerializer):
    """A serializer with the fields of a published group."""

    # The fields of `group` are added to those that a class declares itself. `within` names the
    # attribute of the row that holds the frozen words, and is empty where the row is the words.
    group: ClassVar[PublishedGroup]
    within: ClassVar[str] = ""

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        fields = super().get_fields()
        for declared in self.group.fields:
            if declared.is_in_api:
                name = declared.api_key or declared.key
                path = f"{self.within}.{declared.key}" if self.within else declared.key
                if name not in fields:
                    fields[name] = _field(declared, source=None if path == name else path)
        return fields


def _field(
    declared: PublishedField, *, source: str | None
) -> serializers.Field[Any, Any, Any, Any]:
    options: dict[str, Any] = {}
    if source:
        options["source"] = source
    if declared.api_help:
        options["help_text"] = declared.api_help
    if declared.has_default and declared.empty() is None:
        options["allow_null"] = True
    if declared.group is not None:
        return serializer_of(declared.group)(many=declared.kind == Kind.GROUPS, **options)
    if declared.kind == Kind.LIST:
        return serializers.ListField(child=serializers.CharField(), **options)
    return _FIELDS[declared.kind](**options)


_FIELDS: dict[Kind, type[serializers.Field[Any, Any, Any, Any]]] = {
    Kind.TEXT: serializers.CharField,
    Kind.NUMBER: serializers.IntegerField,
    Kind.FLAG: serializers.BooleanField,
    Kind.MOMENT: serializers.DateTimeField,
}


@cache
def serializer_of(group: PublishedGroup) -> type[PublishedSerializer]:
    """The serializer of a group within a page; the schema shows the group's name."""
    if group is published.NAMED:
        return NamedSerializer
    return type(f"{group.name}Serializer", (PublishedSerializer,), {"group": group})


class NamedSerializer(PublishedSerializer):
    """A place, a programme, a level: its key in addresses and its name."""

    group = published.NAMED


class PlaceSerializer(NamedSerializer):
    """One of the seven places, with its local authorities."""

    authorities = NamedSerializer(
        many=True, help_text="Local authorities, each with its official code as key."
    )


class ProgrammeSerializer(NamedSerializer):
    """A programme, what it is for, and whether it is a flagship priority."""

    aim = serializers.CharField()
    is_flagship = serializers.BooleanField()


class CommitmentSerializer(ReadOnlySerializer):
    """What a standard asks."""

    key = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]  # a DRF field
    section = serializers.CharField(help_text="Where the strategy says so.")


class StandardSerializer(ReadOnlySerializer):
    """One of the five standards and its commitments."""

    key = serializers.CharField()
    name = serializers.CharField()
    headline = serializers.CharField()
    opening = serializers.CharField()
    commitments = CommitmentSerializer(many=True)


class LevelSerializer(ReadOnlySerializer):
    """A level of the spectrum of influence."""

    key = serializers.CharField(source="level")
    name = serializers.CharField()
    we_will = serializers.CharField()
    looks_like = serializers.CharField()
    feels = serializers.CharField()


class WordingSerializer(ReadOnlySerializer):
    """The standards and the spectrum in one version of their wording."""

    version = serializers.CharField()
    status = serializers.CharField()
    source = serializers.CharField()  # type: ignore[assignment]  # a DRF field
    standards = StandardSerializer(many=True)
    spectrum = LevelSerializer(many=True)


class AboutSerializer(PublishedSerializer):
    """What every public page says of its activity."""

    group = published.ABOUT
    within = "page"

    slug = serializers.CharField()
    level = NamedSerializer(source="page.level", help_text="Level of the spectrum promised.")
    level_reason = serializers.CharField(source="page.level.reason")
    updated_at = serializers.DateTimeField(source="published_at")


class ActivitySerializer(AboutSerializer):
    """What a public page says of an activity, and where its pages are."""

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


class OpportunitySerializer(AboutSerializer):
    """A chance to take part: when, where, what helps people take part."""

    group = published.OPPORTUNITY_PAGE

    state = serializers.ChoiceField(choices=["open", "soon"])
    closes_on = serializers.DateField(allow_null=True)


class FindingSerializer(PublishedSerializer):
    """One finding, its decision and changes, and which activity it comes from."""

    group = published.FINDING
    within = "finding"

    activity = serializers.CharField(source="slug", help_text="Slug of the activity.")
    title = serializers.CharField(source="page.title", help_text="Title of the activity.")
    places = NamedSerializer(source="page.places", many=True)
    programmes = NamedSerializer(source="page.programmes", many=True)
    source = serializers.CharField(  # type: ignore[assignment]  # a DRF field
        source="page.source_words", help_text="Empty where staff logged it."
    )
    updated_at = serializers.DateTimeField(source="published_at")


class TotalSerializer(ReadOnlySerializer):
    """A measure over everything; as a share, also what it is made of."""

    shown = serializers.CharField()
    numerator = serializers.CharField(allow_null=True)
    denominator = serializers.CharField(allow_null=True)


class CutRowSerializer(ReadOnlySerializer):
    """One row of a cut."""

    key = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]  # a DRF field
    cells = serializers.ListField(child=serializers.CharField())


class CutSerializer(ReadOnlySerializer):
    """A measure broken down, by place for example."""

    key = serializers.CharField()
    title = serializers.CharField()
    columns = serializers.ListField(child=serializers.CharField())
    rows = CutRowSerializer(many=True)
    notes = serializers.ListField(child=serializers.CharField())


class MeasureSerializer(ReadOnlySerializer):
    """A figure, how it is counted, and its cuts."""

    key = serializers.CharField()
    title = serializers.CharField()
    how = serializers.CharField(help_text="How this is counted.")
    unit = serializers.CharField()
    total = TotalSerializer(
        allow_null=True, help_text="Null when one place was asked for: its row is in the cuts."
    )
    cuts = CutSerializer(many=True)
    notes = serializers.ListField(child=serializers.CharField())


class MonthSerializer(ReadOnlySerializer):
    """The figures of one published month; everything shown is protected and frozen."""

    period = serializers.CharField()
    month = serializers.CharField()
    place = serializers.CharField(allow_null=True)
    published_at = serializers.DateTimeField()
    fingerprint = serializers.CharField(help_text="SHA-256 of the frozen report.")
    measures = MeasureSerializer(many=True)


class ErrorSerializer(ReadOnlySerializer):
    """What went wrong, in a sentence; `errors` holds one for each parameter that cannot be read."""

    detail = serializers.CharField()
    errors = serializers.DictField(  # type: ignore[assignment]  # a DRF field
        child=serializers.CharField(), required=False
    )
