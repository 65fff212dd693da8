"""Fields of activities, with their partners and what was counted."""

from core import catalogue
from core.catalogue import Entry, asked, published
from core.nhsuk import forms
from core.published_fields import NAMED, Kind, PublishedField, PublishedGroup
from engagement.activities.catalogue.handling import RECORD
from engagement.activities.models import Activity, ActivityPartner, Output
from standards.framework.selectors import spectrum

#: The section of the public pages whose fields are listed in the order of the catalogue.
HELP = "what helps you take part"

_LEVEL = PublishedGroup(
    "PromisedLevel",
    (
        PublishedField("key", value=lambda activity: spectrum.level(activity.level).level.value),
        PublishedField("name", value=lambda activity: spectrum.level(activity.level).name),
        PublishedField("we_will", value=lambda activity: spectrum.level(activity.level).we_will),
        PublishedField("reason", value=lambda activity: activity.level_reason),
    ),
)

#: Why a way to reach the team is asked for.
TEAM_HINT = (
    "The public sees it. A telephone number or an email address is needed before people are "
    "invited to take part, or told what happened."
)

WHOLE_AREA = "The whole of north east London"


def where_in_words(activity: Activity) -> str:
    """“Hackney, Newham”, or the whole area; empty where it is not recorded."""
    if activity.is_area_wide:
        return WHOLE_AREA
    return ", ".join(place.name for place in activity.places.all())


def _level_field(question: str, **options: object) -> forms.RadiosField:
    """The levels of the spectrum as radios, each with what it promises and how it feels."""
    choices = [
        (level.level.value, level.name, f"{level.we_will}. A resident can say: “{level.feels}.”")
        for level in spectrum.levels()
    ]
    return forms.RadiosField(question, choices=choices, **options)


catalogue.register(
    Activity,
    RECORD,
    catalogue.key(exported=True),
    Entry(
        "title",
        "Title",
        asked=asked(
            "about",
            forms.TextField,
            "What is it called?",
            hint="The public may see this. For example, “Help plan the walk-in clinic at Mile "
            "End”.",
            missing="Enter what the activity is called",
        ),
        shown="activity",
        exported=True,
        published=published("about", label="Title"),
    ),
    catalogue.fixed("status", "Status", shown="activity", exported=True),
    Entry(
        "summary",
        "Summary",
        asked=asked(
            "about",
            forms.TextareaField,
            "Plain summary",
            count=2000,
            hint="2 or 3 sentences that anyone can understand.",
        ),
        shown="activity",
        exported=True,
        published=published("about", label="Summary"),
    ),
    Entry(
        "stage",
        "Stage people joined",
        asked=asked(
            "about", forms.RadiosField, "How early do people join?", params={"optional": True}
        ),
        shown="activity",
        exported=True,
    ),
    Entry(
        "programmes",
        "Programmes",
        asked=asked("about", forms.RowsField, "Programmes it belongs to"),
        shown="activity",
        exported=True,
        published=published(
            "about",
            label="Programmes",
            kind=Kind.GROUPS,
            group=NAMED,
            value=lambda activity: activity.programmes.all(),
        ),
    ),
    Entry(
        "collaborative",
        "Provider collaborative",
        asked=asked(
            "about",
            forms.RowField,
            "Provider collaborative it is reported under",
            empty="None",
        ),
        shown="activity",
        exported=True,
    ),
    Entry(
        "who_to_ask",
        "Who to ask",
        asked=asked(
            "about",
            forms.TextField,
            "Who should people ask?",
            hint="The name of a team. Do not name a person.",
        ),
        shown="activity",
        exported=True,
        published=published("about", key="contact", label="Who to ask"),
    ),
    Entry(
        "team_telephone",
        "Telephone number of the team",
        asked=asked("about", forms.TelField, hint=TEAM_HINT, autocomplete="off"),
        shown="activity",
        exported=True,
        published=published("about", key="contact_telephone", label="Who to ask"),
    ),
    Entry(
        "team_email",
        "Email address of the team",
        asked=asked("about", forms.EmailField, hint=TEAM_HINT, autocomplete="off"),
        shown="activity",
        exported=True,
        published=published("about", key="contact_email", label="Who to ask"),
    ),
    Entry(
        "is_public",
        "To be shown to the public",
        asked=asked(
            "about",
            forms.YesNoField,
            "Can the public see it?",
            yes="Yes, once a lead has approved it",
            no="No, only staff of the partners can see it",
            missing="Select whether the public can see it",
        ),
        shown="activity",
        exported=True,
    ),
    Entry(
        "purpose",
        "Purpose",
        asked=asked(
            "influence",
            forms.TextareaField,
            "Why are you doing it?",
            rows=3,
            hint="What you want to find out or decide, in plain words.",
            missing="Say why you are doing it",
            params={"optional": False},
        ),
        shown="activity",
        exported=True,
        published=published("about", label="Purpose"),
    ),
    Entry(
        "scope_of_influence",
        "What can and cannot be influenced",
        asked=asked(
            "influence",
            forms.TextareaField,
            "What can people change, and what can they not?",
            rows=3,
            hint="Say what has already been decided, so that people are not misled.",
            missing="Say what people can change and what they cannot",
            params={"optional": False},
        ),
        shown="activity",
        exported=True,
        heading="What can be influenced",
        published=published(
            "about",
            label="What can and cannot be influenced",
            api_help="What can and cannot be influenced.",
        ),
    ),
    Entry(
        "level",
        "Level promised",
        asked=asked(
            "level",
            _level_field,
            "What level of influence do you promise?",
            hint="The first level gives people the least influence and the last gives the most. "
            "Only promise what you can keep.",
            missing="Select the level you promise",
        ),
        shown="activity",
        exported=True,
        published=published(
            "about",
            label="Level",
            kind=Kind.GROUP,
            group=_LEVEL,
            value=lambda activity: activity,
            # The API gives the level and the reason for it apart.
            is_in_api=False,
        ),
    ),
    Entry(
        "level_reason",
        "Why this level",
        asked=asked(
            "level",
            forms.TextareaField,
            "Why this level?",
            rows=2,
            params={"optional": False},
        ),
        shown="activity",
        exported=True,
        published=published("level", key="reason"),
    ),
    Entry(
        "places",
        "Places",
        asked=asked(
            "where-and-when",
            forms.RowsField,
            "Which places?",
            hint="Choose the places, or the whole of north east London below them.",
            params={"optional": False},
        ),
        shown="activity",
        exported=True,
        wording=where_in_words,
        published=published(
            "about",
            label="Places",
            kind=Kind.GROUPS,
            group=NAMED,
            value=lambda activity: activity.places.all(),
        ),
    ),
    Entry(
        "is_area_wide",
        WHOLE_AREA,
        asked=asked("where-and-when", forms.TickField, required=False),
        shown="activity",
        exported=True,
        published=published("about", label="Places", kind=Kind.FLAG),
    ),
    Entry(
        "start",
        "Starts",
        asked=asked("where-and-when", forms.RoughDateField, "When does it start?", required=False),
        shown="activity",
        made_of=("start_earliest", "start_latest"),
    ),
    Entry(
        "end",
        "Ends",
        asked=asked("where-and-when", forms.RoughDateField, "When does it end?", required=False),
        shown="activity",
        made_of=("end_earliest", "end_latest"),
    ),
    Entry(
        "dates_in_words",
        "Dates",
        shown="activity",
        exported=True,
        published=published(
            "about",
            key="dates",
            label="Dates",
            value=lambda activity: activity.known_dates_in_words,
            api_help="In words, in the precision they are known to.",
        ),
        made_of=("start_earliest", "start_latest", "end_earliest", "end_latest", "is_always_on"),
    ),
    catalogue.fixed("start_earliest", "Starts, earliest", exported=True),
    catalogue.fixed("start_latest", "Starts, latest", exported=True),
    catalogue.fixed("end_earliest", "Ends, earliest", exported=True),
    catalogue.fixed("end_latest", "Ends, latest", exported=True),
    Entry(
        "is_always_on",
        "Never ends",
        asked=asked(
            "where-and-when",
            forms.TickField,
            "It does not end, for example a panel or a monthly forum",
            required=False,
        ),
        shown="activity",
        exported=True,
    ),
    Entry(
        "methods",
        "Methods",
        asked=asked(
            "where-and-when",
            forms.CheckboxesField,
            "How will people be heard?",
            params={"small": True, "optional": False},
        ),
        shown="activity",
        exported=True,
        published=published(
            "about",
            label="How people take part",
            kind=Kind.LIST,
            section=HELP,
            missing="Not recorded",
        ),
    ),
    Entry(
        "lead_organisation",
        "Led by",
        asked=asked(
            "who-with",
            forms.RowField,
            "Which organisation leads it?",
            missing="Select the lead organisation",
        ),
        shown="activity",
        exported=True,
        published=published("about", key="organisation", label="Lead organisation"),
    ),
    Entry(
        "partners",
        "Partners",
        asked=asked("who-with", forms.RowsField, "Partner organisations", params={"small": True}),
        shown="activity",
        exported=True,
        published=published("about", label="Partners", kind=Kind.LIST),
    ),
    Entry(
        "communities",
        "Communities",
        asked=asked(
            "reach",
            forms.LinesField,
            "Communities it means to reach",
            rows=4,
            hint="One on each line, for example “Bangladeshi women over 50”.",
        ),
        shown="activity",
        exported=True,
        published=published(
            "about",
            label="People we hope to reach",
            kind=Kind.LIST,
            section=HELP,
            missing="Everybody",
            is_in_api=False,
        ),
    ),
    Entry(
        "how_people_chose",
        "How people asked to be involved",
        asked=asked(
            "reach",
            forms.TextareaField,
            "How did people say they want to be involved?",
            rows=3,
        ),
        shown="activity",
        exported=True,
    ),
    Entry(
        "children_offered",
        "Offered to children and young people",
        asked=asked(
            "reach",
            forms.TextareaField,
            "What are children and young people offered?",
            rows=3,
        ),
        shown="activity",
        exported=True,
    ),
    Entry(
        "insight_looked_at",
        "Existing insight looked at",
        asked=asked(
            "insight",
            forms.TextareaField,
            "What do you already know?",
            hint="Surveys, reports and earlier activities you have looked at.",
        ),
        shown="activity",
        exported=True,
    ),
    Entry(
        "questions",
        "Questions asked",
        asked=asked("insight", forms.TextareaField, "What will you ask?"),
        shown="activity",
        exported=True,
    ),
    Entry(
        "questions_checked_by",
        "Who checked the questions",
        asked=asked(
            "insight",
            forms.TextField,
            "Who checked the questions?",
            hint="A team, a panel or an organisation.",
        ),
        shown="activity",
        exported=True,
    ),
    Entry(
        "access_arrangements",
        "Access arrangements",
        asked=asked(
            "access",
            forms.TextareaField,
            "How can everyone take part?",
            hint="Venues, formats, interpreters, times of day, travel.",
        ),
        shown="activity",
        exported=True,
        published=published(
            "invitation",
            key="access",
            label="Access arrangements",
            section=HELP,
            missing="Not recorded",
        ),
    ),
    Entry(
        "languages",
        "Languages",
        asked=asked("access", forms.RowsField, "Languages offered", params={"small": True}),
        shown="activity",
        exported=True,
        published=published(
            "invitation", label="Languages", kind=Kind.LIST, section=HELP, missing="Not recorded"
        ),
    ),
    Entry(
        "reward_offered",
        "Reward offered",
        asked=asked(
            "reward",
            forms.TextareaField,
            "What do people get for their time?",
            rows=3,
            hint="If nothing is offered, say so.",
        ),
        shown="activity",
        exported=True,
        published=published(
            "invitation",
            key="reward",
            label="What you get for your time",
            section=HELP,
            missing="Not recorded",
        ),
    ),
    Entry(
        "budget",
        "Budget",
        asked=asked("money", forms.MoneyField, "Budget in pounds", max_value=99_999_999),
        shown="activity",
        exported=True,
        heading="Budget in pounds",
    ),
    Entry(
        "spend",
        "Spend",
        asked=asked("money", forms.MoneyField, "Spent so far in pounds", max_value=99_999_999),
        shown="activity",
        exported=True,
        heading="Spend in pounds",
    ),
    Entry(
        "eqia_state",
        "Equality and quality impact assessment",
        asked=asked("assessments", forms.RadiosField),
        shown="activity",
        exported=True,
        heading="Impact assessment",
    ),
    Entry(
        "eqia_reference",
        "Impact assessment reference",
        asked=asked("assessments", forms.TextField, "Its reference", params={"width": "20"}),
        shown="activity",
        exported=True,
    ),
    Entry(
        "duty_state",
        "Duty-to-involve assessment (section 14Z45)",
        asked=asked("assessments", forms.RadiosField),
        shown="activity",
        exported=True,
        heading="Duty-to-involve assessment",
    ),
    Entry(
        "duty_reference",
        "Duty-to-involve reference",
        asked=asked("assessments", forms.TextField, "Its reference", params={"width": "20"}),
        shown="activity",
        exported=True,
    ),
    Entry(
        "is_consultation",
        "Formal consultation",
        asked=asked("consultation", forms.YesNoField, "Is it a formal consultation?"),
        shown="activity",
        exported=True,
    ),
    Entry(
        "consultation_opens_on",
        "Consultation opens",
        asked=asked("consultation", forms.DateField, "When does the consultation open?"),
        shown="activity",
        exported=True,
    ),
    Entry(
        "consultation_closes_on",
        "Consultation closes",
        asked=asked("consultation", forms.DateField, "When does it close?"),
        shown="activity",
        exported=True,
    ),
    catalogue.fixed("listening_closed_on", "Listening closed", shown="activity", exported=True),
    Entry(
        "cancelled_reason",
        "Cancelled because",
        asked=asked("cancel", name="reason"),
        shown="activity",
        exported=True,
    ),
    Entry(
        "source",
        "Record",
        shown="activity",
        exported=True,
        published=published(
            "about",
            label="Where the record comes from",
            value=lambda activity: activity.source,
            is_in_api=False,
        ),
    ),
    Entry(
        "source_note",
        "Note on the record",
        shown="activity",
        exported=True,
        published=published("about", label="Where the record comes from", is_in_api=False),
    ),
    catalogue.fixed("answer_within_days", "Days within which an answer is owed"),
    catalogue.fixed("slug", "Name in addresses"),
    catalogue.pair("logged", "Logged", shown="activity"),
    catalogue.made_by_database("search", "Words to search in"),
)

catalogue.register(
    ActivityPartner,
    RECORD,
    catalogue.key(),
    catalogue.fixed("activity", "Activity"),
    catalogue.fixed("organisation", "Partner organisation", shown="activity"),
    catalogue.fixed("joined_stage", "Stage at which it joined"),
)

catalogue.register(
    Output,
    RECORD,
    catalogue.key(),
    catalogue.fixed("activity", "Activity"),
    Entry("what", "What was counted", shown="activity", published=published("figures")),
    Entry("count", "How many", shown="activity", published=published("figures")),
    catalogue.fixed("is_at_least", "Reported as “at least”", shown="activity"),
    catalogue.fixed("is_estimated", "Reported as an estimate", shown="activity"),
)
