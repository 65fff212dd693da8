"""Activities in lists and on their own page: rows, the task list, what is recorded."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.urls import reverse

from core import catalogue
from core.catalogue import Audience
from core.nhsuk.environment import NOT_RECORDED, in_day
from engagement.activities.catalogue.activity import where_in_words
from engagement.activities.choices import AssessmentState, Source, Status
from engagement.activities.forms.activities import SECTIONS, Section
from engagement.activities.models import Activity
from standards.framework.selectors import spectrum

#: Who may see the fields that all staff see.
SEEN_BY_STAFF = frozenset({Audience.ANYBODY, Audience.STAFF})

#: Colours of the design system's tags, by status.
_COLOURS = {
    Status.PLANNED: "blue",
    Status.OPEN: "green",
    Status.LISTENING_CLOSED: "yellow",
    Status.ANSWERED: "purple",
    Status.CLOSED: "grey",
    Status.CANCELLED: "red",
}


@dataclass(frozen=True)
class StatusTag:
    """The status of an activity in words, with the colour of its tag."""

    text: str
    colour: str


@dataclass(frozen=True)
class ActivityRow:
    """One activity in a list."""

    title: str
    href: str
    organisation: str
    where: str
    dates: str
    level: str
    status: StatusTag
    is_own: bool


@dataclass(frozen=True)
class Task:
    """One row of the task list: a section and how complete it is."""

    title: str
    href: str
    hint: str
    status: str
    colour: str
    done: bool


@dataclass(frozen=True)
class SectionSummary:
    """What is recorded in one section: pairs of label and value, in words."""

    key: str
    title: str
    rows: list[tuple[str, str]]


def status_tag(activity: Activity) -> StatusTag:
    return StatusTag(activity.get_status_display(), _COLOURS[Status(activity.status)])


def activity_row(activity: Activity) -> ActivityRow:
    """A row of a list, for an activity from `selectors.activities`."""
    return ActivityRow(
        title=activity.title,
        href=reverse("activity-detail", args=[activity.pk]),
        organisation=activity.lead_organisation.name,
        where=_where(activity),
        dates=capitalised(activity.dates_in_words),
        level=activity.get_level_display(),
        status=status_tag(activity),
        is_own=bool(getattr(activity, "is_own", False)),
    )


def summary(activity: Activity) -> list[tuple[str, str]]:
    """The main fields, at the top of the activity's page: pairs of label and value."""
    level = spectrum.level(activity.level)
    rows = [
        ("Led by", activity.lead_organisation.name),
        ("Where", _where(activity)),
        ("When", capitalised(activity.dates_in_words)),
        ("Level promised", f"{level.name}: {level.we_will}"),
        ("How", field_in_words(activity, "methods")),
        (
            "Public",
            "Can be shown to the public" if activity.is_public else "Only staff of the partners",
        ),
    ]
    if activity.listening_closed_on:
        rows.append(("Listening closed", in_day(activity.listening_closed_on)))
    if activity.status == Status.CANCELLED:
        rows.append(("Cancelled because", activity.cancelled_reason))
    if activity.source != Source.STAFF:
        rows.append(
            (
                "Record",
                " ".join(filter(None, [activity.get_source_display() + ".", activity.source_note])),
            )
        )
    return rows


def tasks(activity: Activity) -> list[Task]:
    """The task list: every section and how complete it is."""
    return [_task(activity, section) for section in SECTIONS]


def section_summaries(activity: Activity) -> list[SectionSummary]:
    """Everything that staff may see of an activity, by section; empty fields as not recorded."""
    return [
        SectionSummary(
            section.key,
            section.title,
            [
                (entry.label, catalogue.in_words(activity, entry))
                for entry in catalogue.entries(
                    Activity, asked_in=section.key, shown="activity", seen_by=SEEN_BY_STAFF
                )
            ],
        )
        for section in SECTIONS
    ]


def field_in_words(activity: Activity, name: str) -> str:
    """The value of one field of the catalogue, in words."""
    return catalogue.in_words(activity, catalogue.entry(Activity, name))


def capitalised(text: str) -> str:
    """The text with its first letter as a capital, and the rest as it is."""
    return text[:1].upper() + text[1:]


def _where(activity: Activity) -> str:
    return where_in_words(activity) or NOT_RECORDED


def _task(activity: Activity, section: Section) -> Task:
    completed = [
        any(_is_recorded(activity, name) for name in _names(required))
        for required in section.required
    ]
    if section.key == "consultation" and not activity.is_consultation:
        status, colour, done = "Not a formal consultation", "grey", False
    elif all(completed):
        status, colour, done = "Completed", "", True
    elif any(completed):
        status, colour, done = "Incomplete", "blue", False
    else:
        status, colour, done = "Not started", "blue", False
    href = reverse("activity-edit", kwargs={"pk": activity.pk, "section": section.key})
    return Task(section.title, href, section.hint, status, colour, done)


def _names(required: str | Iterable[str]) -> Iterable[str]:
    return (required,) if isinstance(required, str) else required


def _is_recorded(activity: Activity, name: str) -> bool:
    value = getattr(activity, name)
    if hasattr(value, "all"):
        return bool(value.all())
    if isinstance(value, Decimal):
        return True
    return bool(value) and value != AssessmentState.NOT_RECORDED
