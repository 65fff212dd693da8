"""The query parameters of the API: checked here, and documented in the schema from here."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from core.actions import facts
from core.periods import Month
from insight.public.selectors import published


def _places() -> list[str]:
    """The keys of the places: reference data, which the schema names without a database."""
    return [one["key"] for one in facts.read("places.json")["places"]]


@extend_schema_field({"type": "string", "enum": _places()})
class _Place(serializers.CharField):
    """The key of one of the seven places."""

    def to_internal_value(self, data: Any) -> str:
        return _known(super().to_internal_value(data), "place", "places")


class _Programme(serializers.CharField):
    """The key of a programme."""

    def to_internal_value(self, data: Any) -> str:
        return _known(super().to_internal_value(data), "programme", "programmes")


@extend_schema_field(
    {"type": "string", "pattern": "^20[0-9]{2}-(0[1-9]|1[0-2])$", "example": "2026-10"}
)
class _Period(serializers.CharField):
    """A month as YYYY-MM."""

    def to_internal_value(self, data: Any) -> Month:  # type: ignore[override]  # a month is made of its text
        try:
            return Month.parse(super().to_internal_value(data))
        except ValueError as error:
            raise serializers.ValidationError(str(error)) from None


class PlaceQuery(serializers.Serializer[Any]):
    """Narrowed by place. An unknown key is refused with the keys there are."""

    place = _Place(
        required=False,
        help_text="Key of a place; what is for all of north east London is kept too.",
    )


class PageQuery(serializers.Serializer[Any]):
    """Lists come in pages."""

    page = serializers.IntegerField(
        required=False, default=1, min_value=1, max_value=100_000, help_text="Which page."
    )
    page_size = serializers.IntegerField(
        required=False,
        default=20,
        min_value=1,
        max_value=100,
        help_text="Rows to a page, up to 100.",
    )


class OpportunityQuery(PlaceQuery, PageQuery):
    """Chances to take part, by place, in pages."""


class ActivityQuery(OpportunityQuery):
    """Activities, by place and programme, in pages."""

    programme = _Programme(required=False, help_text="Key of a programme.")


class FindingQuery(ActivityQuery):
    """Findings, also by outcome and by activity."""

    outcome = serializers.ChoiceField(
        required=False,
        choices=list(published.OUTCOMES.items()),
        help_text="What was decided, or where a change stands.",
    )
    activity = serializers.SlugField(required=False, help_text="Slug of an activity.")


class MeasureQuery(PlaceQuery):
    """The figures of one month, for everything or one place."""

    period = _Period(
        help_text="Month of a published report, as YYYY-MM.",
        error_messages={
            "required": "Give the month as period=YYYY-MM, for example period=2026-10."
        },
    )


def _known(key: str, one: str, many: str) -> str:
    keys = [row.key for row in getattr(published, many)()]
    if key not in keys:
        raise serializers.ValidationError(
            f"There is no {one} “{key}”. The keys are: {', '.join(keys)}."
        )
    return key
