"""Tasks of core: the heartbeat of the worker, and the end of sessions that ran out."""

from celery import shared_task
from django.core.management import call_command

from core import health


@shared_task
def heartbeat() -> None:
    """Record for /health/ready that a worker runs tasks."""
    health.record_heartbeat()


@shared_task
def clear_sessions() -> None:
    """Remove sessions that ran out, with what is kept in them."""
    call_command("clearsessions")
