"""Lets a process send tasks before it has imported the Celery app."""

from typing import Any

from celery.loaders.base import BaseLoader


class Loader(BaseLoader):
    """Reads the settings of the Celery app, which is imported when the first task is sent.

    So a web server starts without importing Celery.
    """

    def read_configuration(self, env: str = "CELERY_CONFIG_MODULE") -> dict[str, Any]:
        from nel_participation.celery import app

        return {name: app.conf[name] for name in ("broker_url", "broker_transport_options")}
