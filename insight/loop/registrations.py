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
from insight.loop.selectors import loops as selectors

_STAFF = [
    (40, "Findings", "finding-list", Permission.FINDING_READ),
    (50, "Approvals", "approval-list", Permission.PUBLICATION_APPROVE),
    (60, "Feedback due", "loop-list", Permission.LOOP_READ),
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
    slots.activity_steps.add(_reopen_listening, order=30)

    timetable.register(
        "open-due-loops", "insight.loop.tasks.open_due_loops", timetable.At(minute="30", hour="0")
    )


# These import what makes pages only when a page needs it: processes that show no page start
# faster without.


def _tasks(user: User) -> Iterable[Task]:
    from insight.loop import presenters

    return presenters.loop_tasks(user)


def _answers_owed(user: User) -> Iterable[Link]:
    if user.holds(Permission.LOOP_READ):
        yield Link("See all feedback due", reverse("loop-list") + "?mine=on")


def _starting_points(user: User) -> Iterable[StartingPoints]:
    findings, loops = reverse("finding-list"), reverse("loop-list")
    if user.role == Role.ANALYST:
        yield StartingPoints(
            "You can read what people said, without personal details, and what happened as a "
            "result.",
            (
                Link("Findings", findings, "what people said across activities"),
                Link("Findings with no decision yet", f"{findings}?decision=none"),
                Link("Feedback due", loops, "what feedback is due, and how late it is"),
            ),
        )
    elif user.role == Role.REVIEWER:
        yield StartingPoints(
            "You check that we do what we promised. You can see:",
            (
                Link("Feedback that is overdue", f"{loops}?state=late"),
                Link("Feedback that was given, and when", f"{loops}?state=answered"),
                Link("What was not accepted, and why", f"{findings}?decision=not_accepted"),
            ),
        )


def _changes(user: User) -> Iterable[Panel]:
    from insight.loop import panels

    yield panels.changes(user)


def _findings_board(user: User, activity: Activity) -> Iterable[Link]:
    if user.holds(Permission.FINDING_READ):
        yield Link(
            "Findings, decisions and changes",
            reverse("finding-board", args=[activity.pk]),
        )


def _show_to_the_public(user: User, activity: Activity) -> Iterable[Link]:
    from insight.loop.selectors import content

    if activity.is_public and _is_being_heard(activity):
        yield Link(
            "Send what changed for approval: the public page is out of date"
            if content.is_invitation_outdated(activity)
            else "Invite the public to take part",
            reverse("opportunity-submit", args=[activity.pk]),
        )


def _close_listening(user: User, activity: Activity) -> Iterable[Link]:
    if not activity.is_always_on and _is_being_heard(activity):
        yield Link("Close listening", reverse("listening-close", args=[activity.pk]))


def _reopen_listening(user: User, activity: Activity) -> Iterable[Link]:
    if selectors.may_reopen(activity):
        yield Link("Reopen listening", reverse("listening-reopen", args=[activity.pk]))


def _is_being_heard(activity: Activity) -> bool:
    return activity.status in {Status.PLANNED, Status.OPEN}
