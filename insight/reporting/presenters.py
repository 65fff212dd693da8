"""Display words of the Board reports' staff pages."""

from django.urls import reverse
from django.utils import timezone

from core import clock
from core.models import User
from core.registry.home import Task
from insight.reporting.models import BoardReport
from insight.reporting.selectors import reports


def report_tasks(user: User) -> list[Task]:
    """Reports this person has to write or publish, for the staff home."""
    return [_task_of_report(report) for report in reports.to_finish(user)]


def _task_of_report(report: BoardReport) -> Task:
    day = timezone.localdate(report.drafted_at)
    return Task(
        day,
        "Publish the Board report" if report.is_frozen else "Write and approve the Board report",
        report.period.words,
        reverse("report-detail", args=[report.period.key]),
        f"Drafted {clock.in_days(day)}",
    )
