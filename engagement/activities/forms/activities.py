"""What staff fill in about an activity: eight questions to log it, sections for the rest."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError

from core import catalogue
from core.models import Place, User
from core.nhsuk import forms
from core.nhsuk.constraint_errors import add_constraint_errors
from engagement.activities import catalogue as _entries  # noqa: F401  # registers the questions
from engagement.activities.choices import Source, Status
from engagement.activities.models import Activity


@dataclass(frozen=True)
class Section:
    """A part of the record of an activity, with a page of its own.

    The catalogue says under the section's key which fields its form asks for. `required` are the
    fields that complete it: each is one field, or several of which one is enough.
    """

    key: str
    title: str
    required: tuple[str | tuple[str, ...], ...]
    hint: str = ""

    @property
    def field_names(self) -> tuple[str, ...]:
        """The fields that its form asks for, in the order of the catalogue."""
        return tuple(entry.name for entry in catalogue.entries(Activity, asked_in=self.key))


SECTIONS = (
    Section(
        "about",
        "About the activity",
        ("title", "summary", "stage", "who_to_ask", ("team_telephone", "team_email")),
        "Name, summary, who to ask and how",
    ),
    Section("influence", "Why, and what can change", ("purpose", "scope_of_influence")),
    Section("level", "Level of influence", ("level", "level_reason")),
    Section(
        "where-and-when",
        "Where, when and how",
        (("places", "is_area_wide"), "start", ("end", "is_always_on"), "methods"),
    ),
    Section("who-with", "Who with", ("lead_organisation",)),
    Section(
        "reach",
        "Who it aims to reach",
        ("communities", "how_people_chose", "children_offered"),
    ),
    Section(
        "insight",
        "What is already known, and the questions",
        ("insight_looked_at", "questions", "questions_checked_by"),
    ),
    Section("access", "Access and languages", ("access_arrangements", "languages")),
    Section("reward", "Reward", ("reward_offered",)),
    Section("money", "Money", ("budget", "spend")),
    Section(
        "assessments",
        "Assessments",
        ("eqia_state", "duty_state"),
        "Equality and quality impact; duty to involve",
    ),
    Section(
        "consultation",
        "Formal consultation",
        ("is_consultation", "consultation_opens_on", "consultation_closes_on"),
    ),
)
SECTIONS_BY_KEY = {section.key: section for section in SECTIONS}
#: Form fields with another name than the column: a rough date is two columns and one question.
_ASKED_NAMES = catalogue.asked_names(Activity)


class ActivityForm(forms.NHSForm):
    """Questions about an activity. All errors show at once: those of the single answers, and what
    the model refuses of several together.
    """

    asks_for = _ASKED_NAMES

    def clean(self) -> dict[str, Any]:
        spans = {name: (f"{name}_earliest", f"{name}_latest") for name in ("start", "end")}
        asked, row = self.cleaned_data, self.tried_on()
        add_constraint_errors(self, row, spans)
        if {"places", "is_area_wide"} <= asked.keys():
            try:
                row.check_places(asked["places"])
            except ValidationError as refusal:
                forms.add_errors(self, refusal)
        return asked

    def tried_on(self) -> Activity:
        """An activity that is not saved, to try the answers on."""
        return Activity()


class SectionForm(ActivityForm):
    """The questions of one section."""

    def __init__(self, section: Section, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.update(catalogue.form_fields(Activity, section.key))

    def tried_on(self) -> Activity:
        return Activity(source=self.row.source if isinstance(self.row, Activity) else Source.STAFF)


class LogForm(ActivityForm):
    """The eight questions that log an activity, and what may be answered besides; the rest is asked
    by section later.
    """

    #: The questions in order: a heading, and the fields below it.
    QUESTIONS = (
        ("What is it?", ("title",)),
        ("Why, and what can change?", ("purpose", "scope_of_influence")),
        ("What level of influence?", ("level", "level_reason")),
        ("Where?", ("places", "is_area_wide")),
        ("When?", ("start", "end", "is_always_on")),
        ("How?", ("methods",)),
        ("Who with?", ("lead_organisation", "partners")),
        ("Public or not?", ("is_public",)),
    )
    #: What may be answered besides, below them.
    BESIDES = ("programmes",)

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for names in (*(names for _heading, names in self.QUESTIONS), self.BESIDES):
            self.fields |= {name: catalogue.form_field(Activity, name) for name in names}
        self.initial.setdefault("lead_organisation", user.organisation_id)
        for name in ("purpose", "scope_of_influence", "start"):
            self.fields[name].required = True
        self.fields["start"].error_messages["required"] = (
            "Enter at least the year in which it starts"
        )
        end = self.fields["end"]
        end.help_text = "Leave this empty if it does not end, or if you do not know yet."


class CancelForm(forms.NHSForm):
    """Why an activity does not go ahead."""

    asks_for = {"cancelled_reason": "reason"}
    reason = forms.TextareaField(
        "Why is it cancelled?",
        max_length=1000,
        rows=3,
        missing="Say why the activity is cancelled.",
    )


class FilterForm(forms.NHSForm):
    """Which activities a list shows. Every field may be left empty."""

    whose = forms.SelectField(
        "Whose activities",
        choices=[("mine", "Mine only")],
        empty="Everyone’s, mine first",
        required=False,
        params={"optional": False},
    )
    status = forms.SelectField(
        "Status",
        choices=Status.choices,
        empty="Any status",
        required=False,
        params={"optional": False},
    )
    place = forms.RowField(
        "Place",
        queryset=Place.objects.all(),
        empty="Anywhere",
        to_field_name="key",
        required=False,
        params={"optional": False},
    )
    words = forms.SearchField("Words", hint="In the title, the summary or the purpose")
