"""How a process that has not imported the worker's app sends it a task all the same."""

from typing import Any

from celery.loaders.base import BaseLoader


class Loader(BaseLoader):
    """Takes the settings of the worker's app, which is imported when a task is first sent.

    A web server sends none and starts without Celery.
    """

    def read_configuration(self, env: str = "CELERY_CONFIG_MODULE") -> dict[str, Any]:
        from nel_participation.celery import app

        return {name: app.conf[name] for name in ("broker_url", "broker_transport_options")}
