"""engagement as Django sees it."""

from django.apps import AppConfig


class EngagementConfig(AppConfig):
    name = "engagement"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from core import health as core_health
        from engagement import health, policies  # noqa: F401  # registers the policies

        core_health.register("messages", health.messages)
