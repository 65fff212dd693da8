"""The worker's app, with the timetable that the wings register."""

import os

from celery import Celery
from celery.schedules import crontab
from celery.signals import import_modules, setup_logging, worker_ready
from django.conf import settings

from core.registry import timetable

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "nel_participation.settings")

# Longer than any task may take: a task not confirmed by then is given to another worker.
VISIBILITY_SECONDS = 3600

# Its settings are below: the loader of other processes takes them from here.
app = Celery("nel_participation", loader="app")
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
)
app.autodiscover_tasks()


@import_modules.connect
def load_timetable(**_: object) -> None:
    """Take in what the wings have registered. Worker and timetable set Django up just before."""
    app.conf.beat_schedule = {
        name: {"task": entry.task, "schedule": _schedule(entry.schedule)}
        for name, entry in timetable.entries().items()
    }


def _schedule(when: timetable.Every | timetable.At) -> float | crontab:
    if isinstance(when, timetable.Every):
        return when.seconds
    return crontab(minute=when.minute, hour=when.hour, day_of_month=when.day_of_month)


@setup_logging.connect
def keep_logging(**_: object) -> None:
    """Leave logging as the settings made it."""


@worker_ready.connect
def say_awake(**_: object) -> None:
    """Let /health/ready hear of the worker at once, not at the first round of the timetable."""
    app.send_task("core.tasks.heartbeat")
