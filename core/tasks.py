"""The worker's sign of life."""

from celery import shared_task

from core import health


@shared_task
def heartbeat() -> None:
    """Let /health/ready know that a worker takes tasks."""
    health.note_worker()
