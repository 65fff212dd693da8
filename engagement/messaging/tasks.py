"""What the worker does for messages: sends those waiting, and ends runs whose worker is gone."""

from datetime import timedelta

from celery import shared_task

from core.actors import SERVICE
from core.models import SignInLinkRequest
from engagement.messaging import health, sending
from engagement.messaging.actions import account_messages, deliveries
from engagement.messaging.models import SendingRun

#: A run begins no message after this time; the next in the timetable goes on. A long queue must not
#: keep the worker from its other tasks, nor have it killed at Celery's limit in mid-message.
RUN_FOR = timedelta(seconds=40)


@shared_task(ignore_result=True)
def send_waiting_deliveries() -> None:
    """Send the deliveries that are due, and record for /health/ready whether it can be done."""
    try:
        if SignInLinkRequest.objects.filter(account=None).exists():
            account_messages.make_sign_in_links(by=SERVICE)
        faults = sending.send_waiting(by=SERVICE, within=RUN_FOR).faults
    except Exception:
        # Whatever it was, Celery logs it; without this the last report would stand.
        health.record({"Messages": "an error in the worker, see its log"})
        raise
    health.record(faults)


@shared_task(ignore_result=True)
def settle_dead_runs() -> None:
    """Mark as in doubt what a worker that is gone was sending."""
    if SendingRun.objects.unfinished().exists():
        deliveries.end_dead_runs(by=SERVICE)
