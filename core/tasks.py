"""The heartbeat of the worker."""

from celery import shared_task

from core import health


@shared_task
def heartbeat() -> None:
    """Record for /health/ready that a worker runs tasks."""
    health.record_heartbeat()
