"""standards.framework as Django sees it."""

from django.apps import AppConfig


class FrameworkConfig(AppConfig):
    """The standards, their commitments and the spectrum."""

    name = "standards.framework"
    label = "framework"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register what the wing adds to the lists and pages of others."""
        from standards.framework import catalogue  # noqa: F401  # imported to register
