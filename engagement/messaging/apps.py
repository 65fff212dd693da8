"""engagement.messaging as Django sees it."""

from django.apps import AppConfig


class MessagingConfig(AppConfig):
    """Messages, channels and deliveries."""

    name = "engagement.messaging"
    label = "messaging"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register what the wing adds to the lists and pages of others."""
        from engagement.messaging import catalogue, channels, permissions, policies  # noqa: F401  # imported to register

        from engagement.messaging import registrations  # isort: skip  # after the permissions

        registrations.register()
