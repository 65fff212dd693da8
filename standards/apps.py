"""standards as Django sees it."""

from django.apps import AppConfig

from core.nhsuk import navigation


class StandardsConfig(AppConfig):
    name = "standards"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        navigation.register("public", "Our standards", "standards", order=15)
