"""engagement as Django sees it."""

from django.apps import AppConfig


class EngagementConfig(AppConfig):
    name = "engagement"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from engagement import policies  # noqa: F401  # registers the policies
