"""Activities as a file: what the list shows and what is recorded of each, without its people."""

from typing import Any

from import_export.fields import Field

from engagement.exports.cells import HarmlessResource
from engagement.models import Activity
from engagement.presenters import fact, where


class _Words(Field):
    """A column that says a fact in the words of the pages; what is not recorded stays empty."""

    def __init__(self, name: str, column: str) -> None:
        super().__init__(column_name=column)
        self.name = name

    def get_value(self, instance: Any) -> Any:
        value = getattr(instance, self.name)
        empty = value is None or value in ("", []) or (hasattr(value, "all") and not value.all())
        return "" if empty else fact(instance, self.name)

    def export(self, instance: Any, **kwargs: Any) -> Any:
        return self.get_value(instance)


class ActivityResource(HarmlessResource):
    """One row an activity. The columns are declared here for the page and the command alike."""

    id = Field(attribute="pk", column_name="Number")
    title = Field(attribute="title", column_name="Title")
    status = _Words("status", "Status")
    lead_organisation = _Words("lead_organisation", "Led by")
    partners = _Words("partners", "Partners")
    places = Field(column_name="Places")
    programmes = _Words("programmes", "Programmes")
    collaborative = _Words("collaborative", "Provider collaborative")
    dates = Field(attribute="dates_in_words", column_name="Dates")
    start_earliest = Field(attribute="start_earliest", column_name="Starts, earliest")
    start_latest = Field(attribute="start_latest", column_name="Starts, latest")
    end_earliest = Field(attribute="end_earliest", column_name="Ends, earliest")
    end_latest = Field(attribute="end_latest", column_name="Ends, latest")
    is_always_on = _Words("is_always_on", "Never ends")
    level = _Words("level", "Level promised")
    level_reason = Field(attribute="level_reason", column_name="Why this level")
    stage = _Words("stage", "Stage people joined")
    methods = _Words("methods", "Methods")
    summary = Field(attribute="summary", column_name="Summary")
    purpose = Field(attribute="purpose", column_name="Purpose")
    scope_of_influence = Field(attribute="scope_of_influence", column_name="What can be influenced")
    communities = _Words("communities", "Communities")
    languages = _Words("languages", "Languages")
    access_arrangements = Field(attribute="access_arrangements", column_name="Access arrangements")
    reward_offered = Field(attribute="reward_offered", column_name="Reward offered")
    budget = Field(attribute="budget", column_name="Budget in pounds")
    spend = Field(attribute="spend", column_name="Spend in pounds")
    eqia_state = _Words("eqia_state", "Impact assessment")
    duty_state = _Words("duty_state", "Duty-to-involve assessment")
    is_consultation = _Words("is_consultation", "Formal consultation")
    is_public = _Words("is_public", "To be shown to the public")
    listening_closed_on = Field(attribute="listening_closed_on", column_name="Listening closed")
    source = _Words("source", "Record")

    def dehydrate_places(self, activity: Activity) -> str:
        return "" if not activity.is_area_wide and not activity.places.all() else where(activity)

    def filter_export(self, queryset: Any, **kwargs: Any) -> Any:
        """Fetch what the columns need at once, however many rows there are."""
        return queryset.select_related("lead_organisation", "collaborative").prefetch_related(
            "places", "partners", "programmes", "languages"
        )
