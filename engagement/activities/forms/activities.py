"""What staff fill in about an activity: eight questions to log it, and sections for the rest."""

from dataclasses import dataclass
from typing import Any

from core import catalogue
from core.models import Place, User
from core.nhsuk import forms
from core.nhsuk.constraint_errors import foresee
from engagement.activities import catalogue as _entries  # noqa: F401  # registers the questions
from engagement.activities.choices import Status
from engagement.activities.models import Activity


@dataclass(frozen=True)
class Section:
    """A part of an activity, completed on a page of its own.

    What its form asks for stands in the catalogue under the section's key. `counts` are the
    answers that make it complete: each is one fact, or several of which one is enough.
    """

    key: str
    title: str
    counts: tuple[str | tuple[str, ...], ...]
    hint: str = ""

    @property
    def asks(self) -> tuple[str, ...]:
        """The names of the facts that its form asks for, in the order of the catalogue."""
        return tuple(entry.name for entry in catalogue.entries(Activity, asked_in=self.key))


SECTIONS = (
    Section(
        "about",
        "About the activity",
        ("title", "summary", "stage", "who_to_ask"),
        "Its name, a plain summary and who to ask",
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
        "Whom it means to reach",
        ("communities", "how_people_chose", "children_offered"),
    ),
    Section(
        "insight",
        "What is known already, and the questions",
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
BY_KEY = {section.key: section for section in SECTIONS}
#: Facts asked under another name than the column's: a rough date is two days and one question.
_ASKED_NAMES = catalogue.asked_names(Activity)


class SectionForm(forms.NHSForm):
    """The questions of one section, with the version of the activity they were asked of."""

    asks_for = _ASKED_NAMES

    version = forms.VersionField()

    def __init__(self, section: Section, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.update(catalogue.form_fields(Activity, section.key))

    @classmethod
    def of(cls, section: Section, activity: Activity, data: Any = None) -> "SectionForm":
        """The section's form with what is recorded; `data` is what was typed instead."""
        return cls(
            section, data, initial={"version": activity.version} | recorded(section, activity)
        )


def recorded(section: Section, activity: Activity) -> dict[str, Any]:
    """The facts a section asks for as an activity has them; rows as lists."""
    facts = {name: getattr(activity, name) for name in section.asks}
    return {
        name: list(value.all()) if hasattr(value, "all") else value for name, value in facts.items()
    }


class LogForm(forms.NHSForm):
    """The eight questions: what, why, level, where, when, how, with whom, public or not."""

    asks_for = _ASKED_NAMES

    #: The questions as a person meets them: number, heading, the boxes each is answered in.
    ORDER = (
        ("What is it?", ("title",)),
        ("Why, and what can change?", ("purpose", "scope_of_influence")),
        ("What level of influence?", ("level", "level_reason")),
        ("Where?", ("places", "is_area_wide")),
        ("When?", ("start", "end", "is_always_on")),
        ("How?", ("methods",)),
        ("With whom?", ("lead_organisation", "partners")),
        ("Public or not?", ("is_public",)),
    )

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for _heading, names in self.ORDER:
            self.fields |= {name: catalogue.form_field(Activity, name) for name in names}
        self.initial.setdefault("lead_organisation", user.organisation_id)
        for name in ("purpose", "scope_of_influence", "start"):
            self.fields[name].required = True
        self.fields["start"].error_messages["required"] = (
            "Enter at least the year in which it starts"
        )
        end = self.fields["end"]
        end.help_text = "Leave this empty if it never ends, or if you do not know yet."

    def clean(self) -> dict[str, Any]:
        """With something else amiss, also says what the database would refuse."""
        if self.errors:
            spans = {name: (f"{name}_earliest", f"{name}_latest") for name in ("start", "end")}
            foresee(self, Activity(), spans)
        return self.cleaned_data


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
    """Which activities a list shows. Every part may be left alone."""

    whose = forms.SelectField(
        "Whose",
        choices=[("mine", "Mine only")],
        empty="Everybody’s, mine first",
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
