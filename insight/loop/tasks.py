"""What the worker does each night: open the loops that fell due."""

from celery import shared_task

from core.actors import SERVICE
from insight.loop.actions import loops


@shared_task(ignore_result=True)
def open_due_loops() -> None:
    """See to it that no answer owed is forgotten."""
    loops.open_due(by=SERVICE)
