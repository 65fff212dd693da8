"""nel_participation as Django sees it."""

import os

from django.apps import AppConfig


class NelParticipationConfig(AppConfig):
    """The top app: settings, addresses and commands. It has no models."""

    name = "nel_participation"
    verbose_name = "North east London participation"

    def ready(self) -> None:
        """Tell every process that sets Django up which broker tasks go to, once it sends one."""
        os.environ.setdefault("CELERY_LOADER", "nel_participation.celery_loader:Loader")
