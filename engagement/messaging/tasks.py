"""What the worker does for messages: sends those waiting, and ends runs whose worker is gone."""

from celery import shared_task

from core.actors import SERVICE
from core.models import SignInLinkRequest
from engagement.messaging import health, sending
from engagement.messaging.actions import account_messages, deliveries
from engagement.messaging.models import SendingRun


@shared_task(ignore_result=True)
def send_waiting_deliveries() -> None:
    """Send every delivery that is due, and record for /health/ready whether it can be done."""
    try:
        if SignInLinkRequest.objects.filter(account=None).exists():
            account_messages.make_sign_in_links(by=SERVICE)
        faults = sending.send_waiting(by=SERVICE).faults
    except Exception:
        health.record({"Messages": "an error in the worker, see its log"})
        raise
    health.record(faults)


@shared_task(ignore_result=True)
def settle_dead_runs() -> None:
    """Mark as in doubt what a worker that is gone was sending."""
    if SendingRun.objects.unfinished().exists():
        deliveries.end_dead_runs(by=SERVICE)
