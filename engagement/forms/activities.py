"""What staff fill in about an activity: eight questions to log it, and sections for the rest."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms as django_forms

from core.models import Collaborative, Language, Organisation, Place, Programme, User
from core.nhsuk import forms
from engagement.choices import AssessmentState, Method, Stage, Status
from engagement.forms.fields import LinesField, YesNoField
from engagement.forms.foreseeing import foresee
from engagement.models import Activity
from standards import spectrum

Field = django_forms.Field


def _level() -> Field:
    choices = [
        (step.level.value, step.name, f"{step.we_will}. A resident can say: “{step.feels}.”")
        for step in spectrum.steps()
    ]
    return forms.RadiosField(
        "What level of influence do you promise?",
        choices=choices,
        hint="Influence rises from the first to the last. Promise only what you can keep.",
        missing="Choose the level you promise",
    )


#: Every question about an activity by the name of its fact; the forms below are made of these.
QUESTIONS: dict[str, Callable[[], Field]] = {
    "title": lambda: forms.TextField(
        "What is it called?",
        max_length=150,
        hint="The public may see this, for example “Help plan the walk-in clinic at Mile End”.",
        missing="Enter what the activity is called",
    ),
    "purpose": lambda: forms.TextareaField(
        "Why are you doing it?",
        max_length=2000,
        rows=3,
        hint="What you want to find out or decide, in plain words.",
        missing="Say why you are doing it",
        required=False,
        look={"optional": False},
    ),
    "scope_of_influence": lambda: forms.TextareaField(
        "What can people change, and what can they not?",
        max_length=2000,
        rows=3,
        hint="Say what is decided already, so that nobody is misled.",
        missing="Say what people can change and what they cannot",
        required=False,
        look={"optional": False},
    ),
    "level": _level,
    "level_reason": lambda: forms.TextareaField(
        "Why this level?", max_length=2000, rows=2, required=False, look={"optional": False}
    ),
    "places": lambda: forms.RowsField(
        "Which places?", queryset=Place.objects.all(), required=False, look={"optional": False}
    ),
    "is_area_wide": lambda: forms.TickField("The whole of north east London"),
    "start": lambda: forms.RoughDateField("When does it start?", required=False),
    "end": lambda: forms.RoughDateField("When does it end?", required=False),
    "is_always_on": lambda: forms.TickField("It never ends, like a panel or a monthly forum"),
    "methods": lambda: forms.CheckboxesField(
        "How will people be heard?",
        choices=Method.choices,
        required=False,
        look={"small": True, "optional": False},
    ),
    "lead_organisation": lambda: forms.RowField(
        "Which organisation leads it?",
        queryset=Organisation.objects.all(),
        missing="Choose the organisation that leads it",
    ),
    "partners": lambda: forms.RowsField(
        "Partner organisations",
        queryset=Organisation.objects.all(),
        required=False,
        look={"small": True},
    ),
    "is_public": lambda: YesNoField(
        "May the public see it?",
        yes="It can be shown once a lead has approved it",
        no="It stays inside the partnership",
        missing="Choose whether the public may see it",
    ),
    "summary": lambda: forms.TextareaField(
        "Plain summary",
        count=2000,
        required=False,
        hint="Two or three sentences anybody can understand.",
    ),
    "stage": lambda: forms.RadiosField(
        "How early do people join?", choices=Stage.choices, required=False, look={"optional": True}
    ),
    "programmes": lambda: forms.RowsField(
        "Programmes it belongs to", queryset=Programme.objects.all(), required=False
    ),
    "collaborative": lambda: forms.RowField(
        "Provider collaborative it is reported under",
        queryset=Collaborative.objects.all(),
        empty="None",
        required=False,
    ),
    "who_to_ask": lambda: forms.TextField(
        "Who should people ask?",
        required=False,
        hint="A team and how to reach it, not one person’s name.",
    ),
    "communities": lambda: LinesField(
        "Communities it means to reach",
        required=False,
        rows=4,
        hint="One on each line, for example “Bangladeshi women over 50”.",
    ),
    "how_people_chose": lambda: forms.TextareaField(
        "How did people say they want to be involved?", max_length=2000, required=False, rows=3
    ),
    "children_offered": lambda: forms.TextareaField(
        "What are children and young people offered?", max_length=2000, required=False, rows=3
    ),
    "insight_looked_at": lambda: forms.TextareaField(
        "What do you already know?",
        max_length=4000,
        required=False,
        hint="Surveys, reports and earlier activities you looked at first.",
    ),
    "questions": lambda: forms.TextareaField("What will you ask?", max_length=4000, required=False),
    "questions_checked_by": lambda: forms.TextField(
        "Who checked the questions?", required=False, hint="A team, a panel or an organisation."
    ),
    "access_arrangements": lambda: forms.TextareaField(
        "How can everybody take part?",
        max_length=2000,
        required=False,
        hint="Venues, formats, interpreters, times of day, travel.",
    ),
    "languages": lambda: forms.RowsField(
        "Languages offered", queryset=Language.objects.all(), required=False, look={"small": True}
    ),
    "reward_offered": lambda: forms.TextareaField(
        "What do people get for their time?",
        max_length=1000,
        required=False,
        rows=3,
        hint="If nothing is offered, say so.",
    ),
    "budget": lambda: forms.MoneyField("Budget in pounds", required=False, max_value=99_999_999),
    "spend": lambda: forms.MoneyField(
        "Spent so far in pounds", required=False, max_value=99_999_999
    ),
    "eqia_state": lambda: forms.RadiosField(
        "Equality and quality impact assessment", choices=AssessmentState.choices
    ),
    "eqia_reference": lambda: forms.TextField(
        "Its reference", max_length=100, required=False, look={"width": "20"}
    ),
    "duty_state": lambda: forms.RadiosField(
        "Duty-to-involve assessment (section 14Z45)", choices=AssessmentState.choices
    ),
    "duty_reference": lambda: forms.TextField(
        "Its reference", max_length=100, required=False, look={"width": "20"}
    ),
    "is_consultation": lambda: YesNoField("Is it a formal consultation?"),
    "consultation_opens_on": lambda: forms.DateField(
        "When does the consultation open?", required=False
    ),
    "consultation_closes_on": lambda: forms.DateField("When does it close?", required=False),
}


@dataclass(frozen=True)
class Section:
    """A part of an activity, completed on a page of its own.

    `asks` are the facts its form asks for. `counts` are the answers that make it complete: each is
    one fact, or several of which one is enough.
    """

    key: str
    title: str
    asks: tuple[str, ...]
    counts: tuple[str | tuple[str, ...], ...]
    hint: str = ""


SECTIONS = (
    Section(
        "about",
        "About the activity",
        ("title", "summary", "stage", "programmes", "collaborative", "who_to_ask", "is_public"),
        ("title", "summary", "stage", "who_to_ask"),
        "Its name, a plain summary and who to ask",
    ),
    Section(
        "influence",
        "Why, and what can change",
        ("purpose", "scope_of_influence"),
        ("purpose", "scope_of_influence"),
    ),
    Section("level", "Level of influence", ("level", "level_reason"), ("level", "level_reason")),
    Section(
        "where-and-when",
        "Where, when and how",
        ("places", "is_area_wide", "start", "end", "is_always_on", "methods"),
        (("places", "is_area_wide"), "start", ("end", "is_always_on"), "methods"),
    ),
    Section("who-with", "Who with", ("lead_organisation", "partners"), ("lead_organisation",)),
    Section(
        "reach",
        "Whom it means to reach",
        ("communities", "how_people_chose", "children_offered"),
        ("communities", "how_people_chose", "children_offered"),
    ),
    Section(
        "insight",
        "What is known already, and the questions",
        ("insight_looked_at", "questions", "questions_checked_by"),
        ("insight_looked_at", "questions", "questions_checked_by"),
    ),
    Section(
        "access",
        "Access and languages",
        ("access_arrangements", "languages"),
        ("access_arrangements", "languages"),
    ),
    Section("reward", "Reward", ("reward_offered",), ("reward_offered",)),
    Section("money", "Money", ("budget", "spend"), ("budget", "spend")),
    Section(
        "assessments",
        "Assessments",
        ("eqia_state", "eqia_reference", "duty_state", "duty_reference"),
        ("eqia_state", "duty_state"),
        "Equality and quality impact; duty to involve",
    ),
    Section(
        "consultation",
        "Formal consultation",
        ("is_consultation", "consultation_opens_on", "consultation_closes_on"),
        ("is_consultation", "consultation_opens_on", "consultation_closes_on"),
    ),
)
BY_KEY = {section.key: section for section in SECTIONS}


#: A rough date is two days to the database and one question to a person.
_ROUGHLY = {f"{end}_{day}": end for end in ("start", "end") for day in ("earliest", "latest")}


class SectionForm(forms.NHSForm):
    """The questions of one section, with the version of the activity they were asked of."""

    asks_for = _ROUGHLY

    version = forms.VersionField()

    def __init__(self, section: Section, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in section.asks:
            self.fields[name] = QUESTIONS[name]()

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

    asks_for = _ROUGHLY

    title = QUESTIONS["title"]()
    purpose = QUESTIONS["purpose"]()
    scope_of_influence = QUESTIONS["scope_of_influence"]()
    level = QUESTIONS["level"]()
    level_reason = QUESTIONS["level_reason"]()
    places = QUESTIONS["places"]()
    is_area_wide = QUESTIONS["is_area_wide"]()
    start = QUESTIONS["start"]()
    end = QUESTIONS["end"]()
    is_always_on = QUESTIONS["is_always_on"]()
    methods = QUESTIONS["methods"]()
    lead_organisation = QUESTIONS["lead_organisation"]()
    partners = QUESTIONS["partners"]()
    is_public = QUESTIONS["is_public"]()

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
        look={"optional": False},
    )
    status = forms.SelectField(
        "Status",
        choices=Status.choices,
        empty="Any status",
        required=False,
        look={"optional": False},
    )
    place = forms.RowField(
        "Place",
        queryset=Place.objects.all(),
        empty="Anywhere",
        to_field_name="key",
        required=False,
        look={"optional": False},
    )
    words = forms.SearchField("Words", hint="In the title, the summary or the purpose")
