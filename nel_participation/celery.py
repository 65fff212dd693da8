"""The Celery app of the worker, with the timetable that wings register."""

import os
import signal
from threading import Timer

from celery import Celery
from celery.schedules import crontab
from celery.signals import import_modules, setup_logging, worker_ready, worker_shutting_down
from django.conf import settings

from core import worker
from core.registry import timetable

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "nel_participation.settings")

# The process that started this one. When it is killed, a worker under `make run` is told to stop.
_PARENT = os.getppid()
#: A message that is being sent then may be finished in this time: a mail server can take longer.
ORPHAN_SECONDS = 3

# Longer than any task may take: a task not confirmed by then goes to another worker.
VISIBILITY_SECONDS = 3600

# Configured below; `celery_loader` takes the settings of the broker from here.
app = Celery("nel_participation", loader="app")
app.conf.update(
    broker_url="memory://" if settings.TESTING else settings.REDIS_URL,
    broker_connection_retry_on_startup=True,
    broker_transport_options={
        "visibility_timeout": VISIBILITY_SECONDS,
        # Tasks of a lost worker are looked for every 10 seconds instead of every 100.
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
    # The schedule needs no file: tasks find what is due in the database.
    beat_scheduler="celery.beat:Scheduler",
)
app.autodiscover_tasks()


@import_modules.connect
def load_timetable(**_: object) -> None:
    """Load the timetable. Celery has set up Django, so all wings have registered their tasks."""
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
    """Keep the logging of the settings: a receiver of this signal stops Celery from changing it."""


@worker_shutting_down.connect
def end_soon_without_parent(**_: object) -> None:
    """Kill this worker and its children soon, when nobody is left who would."""
    if settings.LOCAL and os.getppid() != _PARENT:
        # The worker leads a process group of its own (`nel_participation.embedded.processes`).
        timer = Timer(ORPHAN_SECONDS, os.killpg, (os.getpgrp(), signal.SIGKILL))
        timer.daemon = True
        timer.start()


@worker_shutting_down.connect
def begin_nothing_more(**_: object) -> None:
    """Have long tasks stop in good order, before whoever stops this worker loses patience."""
    worker.end()


@worker_ready.connect
def begin_at_once(**_: object) -> None:
    """Do at once what a start is waited for with: a heartbeat, what a worker before this one was
    sending, and the messages that wait, by which /health/ready says whether any can be sent.
    """
    for name in ("heartbeat", "settle-dead-runs", "send-waiting-deliveries"):
        timetable.nudge(name)
