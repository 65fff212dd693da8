"""What the worker does for engagement: send what waits, and see to what a dead worker left."""

from celery import shared_task

from core.models import User
from engagement import sending
from engagement.actions import deliveries
from engagement.models import SendingRun


@shared_task(ignore_result=True)
def send_waiting_deliveries() -> None:
    """Send every waiting delivery."""
    sending.send_waiting(by=User.objects.system())


@shared_task(ignore_result=True)
def settle_dead_runs() -> None:
    """Give back, or show as in doubt, what workers held that are gone."""
    if SendingRun.objects.filter(ended_at=None).exists():
        deliveries.end_dead_runs(by=User.objects.system())
