"""engagement.people as Django sees it."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Persons, contacts, consent and needs."""

    name = "engagement.people"
    label = "people"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register what the wing adds to the lists and pages of others."""
        from engagement.people import catalogue, permissions, policies  # noqa: F401  # imported to register

        from engagement.people import registrations  # isort: skip  # after the permissions

        registrations.register()
