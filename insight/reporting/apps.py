"""insight.reporting as Django sees it."""

from django.apps import AppConfig


class ReportingConfig(AppConfig):
    """Board reports and the documents made of measures."""

    name = "insight.reporting"
    label = "reporting"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register what the wing adds to the lists and pages of others."""
        from insight.reporting import catalogue, permissions, policies  # noqa: F401  # imported to register

        from insight.reporting import registrations  # isort: skip  # after the permissions

        registrations.register()
