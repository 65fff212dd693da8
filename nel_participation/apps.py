"""The Django app of the project itself."""

import os

from django.apps import AppConfig


class NelParticipationConfig(AppConfig):
    """The highest wing: settings, addresses and commands. It has no models."""

    name = "nel_participation"
    verbose_name = "North east London participation"

    def ready(self) -> None:
        """Let every Django process find the broker when it sends a task."""
        os.environ.setdefault("CELERY_LOADER", "nel_participation.celery_loader:Loader")
