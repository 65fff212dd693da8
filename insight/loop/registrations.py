"""What this wing adds to the menu, the staff home, activities' pages, messages, the timetable."""

from collections.abc import Iterable

from django.urls import reverse

from core.choices import Role
from core.models import User
from core.nhsuk import navigation
from core.registry import home, timetable
from core.registry.home import StartingPoints, Task
from core.registry.slots import Link, Panel
from engagement.activities import slots
from engagement.activities.choices import Status
from engagement.activities.models import Activity
from engagement.messaging import subjects
from insight.loop.notices import Notices
from insight.loop.permissions import Permission

_STAFF = [
    (40, "Findings", "finding-list", Permission.FINDING_READ),
    (50, "Approvals", "approval-list", Permission.PUBLICATION_APPROVE),
    (60, "Loops", "loop-list", Permission.LOOP_READ),
]


def register() -> None:
    """Called once, when Django is ready."""
    for order, label, name, needs in _STAFF:
        navigation.register("staff", label, name, order=order, needs=needs)
    subjects.register(Notices())

    home.tasks.add(_tasks)
    home.more.add(_answers_owed)
    home.starting_points.add(_starting_points)
    home.panels.add(_changes, order=30)

    slots.activity_links.add(_findings_board)
    slots.activity_steps.add(_show_to_the_public, order=10)
    slots.activity_steps.add(_close_listening, order=20)

    timetable.register(
        "open-due-loops", "insight.loop.tasks.open_due_loops", timetable.At(minute="30", hour="0")
    )


# These import presenters and panels only when a page needs them: processes that show no page start
# faster without.


def _tasks(user: User) -> Iterable[Task]:
    from insight.loop import presenters

    return presenters.loop_tasks(user)


def _answers_owed(user: User) -> Iterable[Link]:
    if user.holds(Permission.LOOP_READ):
        yield Link("See every answer you owe", reverse("loop-list") + "?mine=on")


def _starting_points(user: User) -> Iterable[StartingPoints]:
    findings, loops = reverse("finding-list"), reverse("loop-list")
    if user.role == Role.ANALYST:
        yield StartingPoints(
            "You read what was said, without anybody’s details, and what came of it.",
            (
                Link("Findings", findings, "what was heard across activities"),
                Link("Findings nobody has decided on yet", f"{findings}?decision=none"),
                Link("Loops", loops, "which answers are owed, and how late they are"),
            ),
        )
    elif user.role == Role.REVIEWER:
        yield StartingPoints(
            "You hold the system to what it promised. The evidence is here:",
            (
                Link("Answers that are overdue", f"{loops}?state=late"),
                Link("Answers that were given, and when", f"{loops}?state=answered"),
                Link("What was not accepted, and why", f"{findings}?decision=not_accepted"),
            ),
        )


def _changes(user: User) -> Iterable[Panel]:
    from insight.loop import panels

    yield panels.changes(user)


def _findings_board(user: User, activity: Activity) -> Iterable[Link]:
    if user.holds(Permission.FINDING_READ):
        yield Link(
            "What was heard, decided and changed (findings board)",
            reverse("finding-board", args=[activity.pk]),
        )


def _show_to_the_public(user: User, activity: Activity) -> Iterable[Link]:
    if activity.is_public and _is_being_heard(activity):
        yield Link(
            "Show it to the public as a chance to take part",
            reverse("opportunity-submit", args=[activity.pk]),
        )


def _close_listening(user: User, activity: Activity) -> Iterable[Link]:
    if not activity.is_always_on and _is_being_heard(activity):
        yield Link("Close listening", reverse("listening-close", args=[activity.pk]))


def _is_being_heard(activity: Activity) -> bool:
    return activity.status in {Status.PLANNED, Status.OPEN}
