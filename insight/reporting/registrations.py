"""What this wing adds to the menu, the staff home, the ledger of loops and the timetable."""

from collections.abc import Iterable

from django.core.cache import cache

from core import health
from core.models import User
from core.nhsuk import navigation
from core.registry import home, timetable
from core.registry.home import Task
from core.registry.slots import Panel
from insight.loop import slots
from insight.reporting.permissions import Permission

_DRAFT = "insight.reporting.tasks.draft_due_report"


def register() -> None:
    """Called once, when Django is ready."""
    navigation.register(
        "staff", "Board reports", "report-list", order=65, needs=Permission.REPORT_READ
    )
    health.register("reports", _frozen_reports)
    home.tasks.add(_tasks)
    home.panels.add(_figures, order=10)
    slots.ledger_panels.add(_figures_of_loops)
    timetable.register(
        "draft-due-report", _DRAFT, timetable.At(minute="0", hour="6", day_of_month="1")
    )
    # A machine asleep at six on the 1st drafts the report when it wakes.
    timetable.register("draft-due-report-catch-up", _DRAFT, timetable.At(minute="15"))


# These import presenters and panels only when a page needs them: processes that show no page start
# faster without.


def _frozen_reports() -> str | None:
    """What is not as it was approved. Looked for every few minutes: it reads every report."""
    from insight.reporting.documents import integrity

    faults: list[str] | None = cache.get_or_set("report-faults", integrity.faults, timeout=120)
    return " ".join(faults or []) or None


def _tasks(user: User) -> Iterable[Task]:
    from insight.reporting import presenters

    return presenters.report_tasks(user)


def _figures(user: User) -> Iterable[Panel]:
    from insight.reporting import panels

    yield panels.figures()


def _figures_of_loops(user: User) -> Iterable[Panel]:
    from insight.reporting import panels

    yield panels.figures_of_loops()
