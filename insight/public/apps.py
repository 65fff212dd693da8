"""insight.public as Django sees it."""

from django.apps import AppConfig


class PublicConfig(AppConfig):
    """What anybody may read; it has no models of its own."""

    name = "insight.public"
    label = "public"

    def ready(self) -> None:
        """Register the menus and the addresses of what is published."""
        from insight.public import registrations

        registrations.register()
