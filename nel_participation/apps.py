"""Tells Django of the top storey, for its management commands."""

from django.apps import AppConfig


class NelParticipationConfig(AppConfig):
    """The app that opens the doors; it has no models of its own."""

    name = "nel_participation"
    verbose_name = "North east London participation"

    def ready(self) -> None:
        """Let every process that sets Django up know which broker tasks go to."""
        from nel_participation import celery  # noqa: F401 - to be loaded is all it is asked
