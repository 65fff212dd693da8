"""What the worker does for insight: open what fell due each night, draft the report on the 1st."""

from celery import shared_task

from core import clock
from core.models import User
from core.periods import Month
from insight.actions import loops, reports
from insight.selectors.reports import is_to_be_drafted


@shared_task(ignore_result=True)
def open_due_loops() -> None:
    """See to it that no answer owed is forgotten."""
    loops.open_due(by=User.objects.system())


@shared_task(ignore_result=True)
def draft_due_report() -> None:
    """Draft last month's report where it is due and there is none."""
    month = Month.of(clock.today()).shift(-1)
    if is_to_be_drafted(month):
        reports.draft(by=User.objects.system(), month=month)
