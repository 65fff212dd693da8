"""engagement as Django sees it."""

from django.apps import AppConfig


class EngagementConfig(AppConfig):
    name = "engagement"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from core import health as core_health
        from core.choices import Permission
        from core.nhsuk import navigation
        from engagement import health, policies  # noqa: F401  # registers the policies

        core_health.register("messages", health.messages)
        navigation.register(
            "staff", "Activities", "activity-list", order=20, needs=Permission.ACTIVITY_READ
        )
        navigation.register(
            "staff", "People", "contact-list", order=30, needs=Permission.CONTACT_READ
        )
