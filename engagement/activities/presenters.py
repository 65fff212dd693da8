"""Display words of engagement's pages, as frozen dataclasses for the templates to lay out."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils import timezone

from core import catalogue
from core.catalogue import Audience, words_of
from core.nhsuk.environment import NOT_RECORDED, in_clock, in_day
from engagement.activities.catalogue import where as where_in_words
from engagement.activities.choices import AssessmentState, Source, Status
from engagement.activities.forms.activities import SECTIONS, Section
from engagement.activities.models import Activity, Contribution, Session
from standards.framework.selectors.spectrum import step

#: Colours of the design system's tags for where an activity stands.
_COLOURS = {
    Status.PLANNED: "blue",
    Status.OPEN: "green",
    Status.LISTENING_CLOSED: "yellow",
    Status.ANSWERED: "purple",
    Status.CLOSED: "grey",
    Status.CANCELLED: "red",
}
#: Who may see what is shown to all staff, and who what is shown to those working on an activity.
_TO_STAFF = frozenset({Audience.ANYBODY, Audience.STAFF})
_TO_TEAM = _TO_STAFF | {Audience.TEAM}


@dataclass(frozen=True)
class Stands:
    """A state in words, with the colour of its tag."""

    words: str
    colour: str


@dataclass(frozen=True)
class ActivityLine:
    """One activity in a list."""

    title: str
    href: str
    organisation: str
    where: str
    dates: str
    level: str
    stands: Stands
    is_own: bool


@dataclass(frozen=True)
class Task:
    """One line of the task list: a section and how complete it is."""

    title: str
    href: str
    hint: str
    status: str
    colour: str
    done: bool


@dataclass(frozen=True)
class Facts:
    """What is recorded under one section: questions and answers in words."""

    key: str
    title: str
    rows: list[tuple[str, str]]


@dataclass(frozen=True)
class SessionLine:
    """One session. `came` and `heads` are empty for those who may not see its people; `facts` are
    labels and words of what else is recorded of it and may be seen.
    """

    pk: int
    when: str
    where: str
    facts: list[tuple[str, str]]
    came: str
    heads: str
    has_come: bool


@dataclass(frozen=True)
class SaidLine:
    """One thing said. `own_words` is empty unless the reader wrote it down."""

    pk: int
    words: str
    own_words: str
    how: str
    day: str
    at: str
    by_whom: str
    is_checked: bool


def stands(activity: Activity) -> Stands:
    return Stands(activity.get_status_display(), _COLOURS[Status(activity.status)])


def line(activity: Activity) -> ActivityLine:
    """An activity as `selectors.activities.listed` gives it."""
    return ActivityLine(
        title=activity.title,
        href=reverse("activity-detail", args=[activity.pk]),
        organisation=activity.lead_organisation.name,
        where=where(activity),
        dates=_capital(activity.dates_in_words),
        level=activity.get_level_display(),
        stands=stands(activity),
        is_own=bool(getattr(activity, "is_own", False)),
    )


def where(activity: Activity) -> str:
    """“Hackney, Newham”; the whole area; or that it is not recorded."""
    return where_in_words(activity) or NOT_RECORDED


def about(activity: Activity) -> list[tuple[str, str]]:
    """The summary at the top of an activity's page."""
    level = step(activity.level)
    rows = [
        ("Led by", activity.lead_organisation.name),
        ("Where", where(activity)),
        ("When", _capital(activity.dates_in_words)),
        ("Level promised", f"{level.name}: {level.we_will}"),
        ("How", fact(activity, "methods")),
        (
            "Public",
            "May be shown to the public" if activity.is_public else "Inside the partnership only",
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
    """The task list: every section with its state."""
    return [_task(activity, section) for section in SECTIONS]


def facts(activity: Activity) -> list[Facts]:
    """Everything recorded, section by section, with what is missing shown as not recorded."""
    return [
        Facts(
            section.key,
            section.title,
            [
                (entry.label, catalogue.in_words(activity, entry))
                for entry in catalogue.entries(
                    Activity, asked_in=section.key, shown="activity", seen_by=_TO_STAFF
                )
            ],
        )
        for section in SECTIONS
    ]


def fact(activity: Activity, name: str) -> str:
    """One fact of an activity in words."""
    return catalogue.in_words(activity, catalogue.entry(Activity, name))


def changed_meanwhile(typed: dict[str, Any], activity: Activity) -> list[tuple[str, str]]:
    """Of what somebody typed, the facts that stand otherwise now: question, and what stands."""
    entries = catalogue.table(Activity).entries
    return [
        (entries[name].question, fact(activity, name))
        for name, value in typed.items()
        if name in entries and words_of(value) != words_of(getattr(activity, name))
    ]


def session_line(session: Session, today: date, with_people: bool) -> SessionLine:
    """A session as `selectors.activities.sessions_of` gives it."""
    heads = getattr(session, "head_count", None)
    counted = ""
    if heads is not None:
        counted = f"{heads.count:,}{' (estimated)' if heads.is_estimated else ''}"
    return SessionLine(
        pk=session.pk,
        when=session_time(session),
        where=_capital(
            " and ".join(filter(None, [session.venue, "online" if session.link else ""]))
        ),
        facts=_session_facts(session, _TO_TEAM if with_people else _TO_STAFF),
        came=f"{session.came or 0:,}" if with_people else "",  # type: ignore[attr-defined]  # counted by the selector
        heads=(counted or "not counted") if with_people else "",
        has_come=has_come(session, today),
    )


def has_come(session: Session, today: date) -> bool:
    """Has the day of the session come, so that a register can be taken?"""
    return timezone.localdate(session.starts_at) <= today


def session_time(session: Session) -> str:
    """27 March 2027, 6pm to 8pm."""
    return (
        f"{in_day(session.starts_at)}, {in_clock(session.starts_at)} to {in_clock(session.ends_at)}"
    )


def said_line(contribution: Contribution, reader_pk: int) -> SaidLine:
    """Somebody's words as this reader may see them."""
    is_own = contribution.recorded_by_id == reader_pk
    if contribution.contact_id is not None:
        by_whom = "Somebody who took part"
    else:
        by_whom = "A group" if contribution.is_group else "Not named"
    return SaidLine(
        pk=contribution.pk,
        words=contribution.redacted,
        own_words=contribution.words
        if is_own and contribution.words != contribution.redacted
        else "",
        how=contribution.get_how_it_came_display(),
        day=in_day(contribution.received_on, "Day not recorded"),
        at=session_time(contribution.session) if contribution.session else "",
        by_whom=by_whom,
        is_checked=contribution.is_redaction_checked,
    )


def _session_facts(session: Session, readers: frozenset[Audience]) -> list[tuple[str, str]]:
    """What the heading of a session does not say, as far as it is recorded."""
    return [
        (entry.label, catalogue.in_words(session, entry))
        for entry in catalogue.entries(Session, shown="session", seen_by=readers)
        if catalogue.cell(session, entry) != ""
    ]


def _task(activity: Activity, section: Section) -> Task:
    answered = [
        any(_is_answered(activity, name) for name in _names(count)) for count in section.counts
    ]
    if section.key == "consultation" and not activity.is_consultation:
        status, colour, done = "Not a formal consultation", "grey", False
    elif all(answered):
        status, colour, done = "Completed", "", True
    elif any(answered):
        status, colour, done = "Incomplete", "blue", False
    else:
        status, colour, done = "Not started", "blue", False
    href = reverse("activity-edit", kwargs={"pk": activity.pk, "section": section.key})
    return Task(section.title, href, section.hint, status, colour, done)


def _names(count: str | Iterable[str]) -> Iterable[str]:
    return (count,) if isinstance(count, str) else count


def _is_answered(activity: Activity, name: str) -> bool:
    value = getattr(activity, name)
    if hasattr(value, "all"):
        return bool(value.all())
    if isinstance(value, Decimal):
        return True
    return bool(value) and value != AssessmentState.NOT_RECORDED


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
