"""The worker's app and the whole timetable."""

import os
from typing import Any

from celery import Celery
from celery.schedules import crontab
from celery.signals import setup_logging, worker_ready
from django.conf import settings

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "nel_participation.settings")

# Longer than any task may take: a task not confirmed by then is given to another worker.
VISIBILITY_SECONDS = 3600

TIMETABLE: dict[str, dict[str, Any]] = {
    "heartbeat": {"task": "core.tasks.heartbeat", "schedule": 30.0},
    "send-waiting-deliveries": {
        "task": "engagement.tasks.send_waiting_deliveries",
        "schedule": crontab(),
    },
    "settle-dead-runs": {"task": "engagement.tasks.settle_dead_runs", "schedule": crontab()},
    "open-due-loops": {
        "task": "insight.tasks.open_due_loops",
        "schedule": crontab(minute="30", hour="0"),
    },
    "draft-due-report": {
        "task": "insight.tasks.draft_due_report",
        "schedule": crontab(minute="0", hour="6", day_of_month="1"),
    },
    # A machine asleep at six on the 1st drafts the report when it wakes.
    "draft-due-report-catch-up": {
        "task": "insight.tasks.draft_due_report",
        "schedule": crontab(minute="15"),
    },
}

app = Celery("nel_participation")
app.conf.update(
    broker_url="memory://" if settings.TESTING else settings.REDIS_URL,
    broker_connection_retry_on_startup=True,
    broker_transport_options={
        "visibility_timeout": VISIBILITY_SECONDS,
        # Lost messages are looked for every ten seconds, not every hundred.
        "unacked_restore_interval": 10,
        "unacked_restore_throttle": 1,
        "socket_keepalive": True,
        "socket_connect_timeout": 5,
    },
    timezone="Europe/London",
    enable_utc=True,
    task_acks_late=True,
    task_reject_on_worker_lost=True,
    task_ignore_result=True,
    task_serializer="json",
    accept_content=["json"],
    task_time_limit=VISIBILITY_SECONDS // 2,
    worker_prefetch_multiplier=1,
    worker_max_tasks_per_child=500,
    worker_hijack_root_logger=False,
    # The timetable needs no disk: what is due is found as rows, not remembered by the clock.
    beat_scheduler="celery.beat:Scheduler",
    beat_schedule=TIMETABLE,
)
app.autodiscover_tasks()


@setup_logging.connect
def keep_logging(**_: object) -> None:
    """Leave logging as the settings made it."""


@worker_ready.connect
def say_awake(**_: object) -> None:
    """Let /health/ready hear of the worker at once, not at the first round of the timetable."""
    app.send_task("core.tasks.heartbeat")
