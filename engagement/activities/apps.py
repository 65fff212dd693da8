"""engagement.activities as Django sees it."""

from django.apps import AppConfig


class ActivitiesConfig(AppConfig):
    """Activities, sessions, registers and contributions."""

    name = "engagement.activities"
    label = "activities"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register what the wing adds to the lists and pages of others."""
        from engagement.activities import catalogue, permissions, policies  # noqa: F401  # imported to register

        from engagement.activities import registrations  # isort: skip  # after the permissions

        registrations.register()
