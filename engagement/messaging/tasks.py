"""What the worker does for engagement: send what waits, and see to what a dead worker left."""

from celery import shared_task

from core.actors import SERVICE
from engagement.messaging import sending
from engagement.messaging.actions import deliveries
from engagement.messaging.models import SendingRun


@shared_task(ignore_result=True)
def send_waiting_deliveries() -> None:
    """Send every waiting delivery."""
    sending.send_waiting(by=SERVICE)


@shared_task(ignore_result=True)
def settle_dead_runs() -> None:
    """Show as in doubt what workers were sending that are gone."""
    if SendingRun.objects.unfinished().exists():
        deliveries.end_dead_runs(by=SERVICE)
