"""What the activities wing adds to the menu and the staff home."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils import timezone

from core import clock
from core.models import User
from core.nhsuk import navigation
from core.periods import in_words
from core.registry import home
from core.registry.home import Task
from core.registry.slots import Link, Panel

# They register what becomes of their rows when two contacts turn out to be of one person.
from engagement.activities.actions import contributions, registers  # noqa: F401
from engagement.activities.permissions import Permission
from engagement.activities.selectors import sessions

#: How many sessions are looked at: more than anybody sees to in a day.
_LIMIT = 50


def register() -> None:
    """Called once, when Django is ready."""
    navigation.register(
        "staff", "Activities", "activity-list", order=20, needs=Permission.ACTIVITY_READ
    )
    home.buttons.add(_log_an_activity)
    home.tasks.add(_registers_to_take)
    home.panels.add(_coming, order=20)


def _log_an_activity(user: User) -> Iterable[Link]:
    if user.holds(Permission.ACTIVITY_LOG):
        yield Link("Log an activity", reverse("activity-log"))


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


def _coming(user: User) -> Iterable[Panel]:
    if user.holds(Permission.ACTIVITY_CHANGE):
        context = {"sessions": sessions.coming(user, limit=_LIMIT)}
        yield Panel("activities/home-coming.html.jinja", context, "one-half")
