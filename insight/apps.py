"""insight as Django sees it."""

from django.apps import AppConfig

from core.nhsuk import navigation

_PUBLIC = [
    ("Get involved", "opportunity-list"),
    ("You said, we did", "answer-list"),
    ("Figures", "figures"),
    ("Board reports", "public-report-list"),
]
_FOOTER = [("Accessibility", "accessibility"), ("Privacy", "privacy"), ("For programs", "api-docs")]


class InsightConfig(AppConfig):
    name = "insight"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from insight import policies  # noqa: F401  # registers the policies

        for order, (label, name) in enumerate(_PUBLIC):
            navigation.register("public", label, name, order=order * 10)
        for order, (label, name) in enumerate(_FOOTER):
            navigation.register("footer", label, name, order=order * 10)
