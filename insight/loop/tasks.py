"""The nightly task of loops."""

from celery import shared_task

from core.actors import SERVICE
from insight.loop.actions import loops


@shared_task(ignore_result=True)
def open_due_loops() -> None:
    """Make every answer due whose day has come: see `actions.loops.open_due`."""
    loops.open_due(by=SERVICE)
