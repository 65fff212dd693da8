"""The task of Board reports: draft last month's when it is due."""

from celery import shared_task

from core import clock
from core.actors import SERVICE
from core.periods import Month
from insight.reporting.actions import reports
from insight.reporting.selectors.reports import is_to_be_drafted


@shared_task(ignore_result=True)
def draft_due_report() -> None:
    """Draft last month's report where it is due and there is none."""
    month = Month.of(clock.today()).shift(-1)
    if is_to_be_drafted(month):
        reports.draft(by=SERVICE, month=month)
