"""insight.loop as Django sees it."""

from django.apps import AppConfig


class LoopConfig(AppConfig):
    """Findings, decisions, changes, loops and publications."""

    name = "insight.loop"
    label = "loop"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register what the wing adds to the lists and pages of others."""
        from insight.loop import catalogue, permissions, policies  # noqa: F401  # imported to register

        from insight.loop import registrations  # isort: skip  # after the permissions

        registrations.register()
