"""What the activities wing adds to the menu, the staff home and a person's own page."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils import timezone

from core import catalogue, clock
from core.actors import Actor
from core.models import User
from core.nhsuk import navigation
from core.periods import in_words
from core.registry import home
from core.registry.home import StartingPoints, Task
from core.registry.slots import Link, Panel, Section

# Imported to register what becomes of their rows when two contacts are merged.
from engagement.activities.actions import contributions, registers  # noqa: F401
from engagement.activities.permissions import Permission
from engagement.activities.policies import worked_on_by
from engagement.activities.selectors import participants, sessions
from engagement.people.models import Contact, Person
from engagement.people.slots import contact_panels, person_sections

#: The most sessions listed on the staff home.
_LIMIT = 50
#: How many of the latest things that somebody came to, or said, their page shows.
_LATEST = 20


def register() -> None:
    """Called once, when Django is ready."""
    navigation.register(
        "staff", "Activities", "activity-list", order=20, needs=Permission.ACTIVITY_READ
    )
    home.buttons.add(_log_an_activity)
    home.tasks.add(_registers_to_take)
    home.panels.add(_upcoming_sessions, order=20)
    home.starting_points.add(_first_steps)
    person_sections.add(_took_part, order=20)
    contact_panels.add(_came_and_said, order=20)


def _log_an_activity(user: User) -> Iterable[Link]:
    if user.holds(Permission.ACTIVITY_LOG):
        yield Link("Log an activity", reverse("activity-log"))


def _first_steps(user: User) -> Iterable[StartingPoints]:
    """Where somebody begins who works on no activity yet."""
    if user.holds(Permission.ACTIVITY_LOG) and not worked_on_by(user).exists():
        yield StartingPoints(
            "Three things to do first:",
            (
                Link("Log an activity", reverse("activity-log"), "what you plan to ask, and whom"),
                Link(
                    "Add the people you know",
                    reverse("contact-list"),
                    "only people who agreed to be told or asked",
                ),
                Link(
                    "See what others are doing",
                    reverse("activity-list"),
                    "so that you do not ask people the same thing again",
                ),
            ),
        )


def _registers_to_take(user: User) -> Iterable[Task]:
    for session in sessions.without_register(user, limit=_LIMIT):
        day = timezone.localdate(session.starts_at)
        yield Task(
            since=day,
            kind="Take the register",
            what=session.activity.title,
            href=reverse("register-take", args=[session.pk]),
            when=f"Held {in_words(day)}, {clock.in_days(day)}",
        )


def _upcoming_sessions(user: User) -> Iterable[Panel]:
    if user.holds(Permission.ACTIVITY_CHANGE):
        context = {"sessions": sessions.upcoming(user, limit=_LIMIT)}
        yield Panel("activities/home-upcoming.html.jinja", context, "one-half")


def _took_part(actor: Actor, person: Person) -> Iterable[Section]:
    for key, title, rows in (
        ("attendances", "What you came to", participants.attendances_of(actor, person)),
        ("contributions", "What you said", participants.contributions_of(actor, person)),
    ):
        yield Section(key, title, tuple(catalogue.download(row) for row in rows))


def _came_and_said(user: User, contact: Contact) -> Iterable[Panel]:
    came = participants.attendances_of(user, contact.person).reverse()
    said = participants.contributions_of(user, contact.person).reverse()
    context = {
        "came": list(came[:_LATEST]),
        "number_came": came.count(),
        "said": list(said[:_LATEST]),
        "number_said": said.count(),
    }
    yield Panel("activities/contact-took-part.html.jinja", context)
