"""insight as Django sees it."""

from django.apps import AppConfig

from core.choices import Permission
from core.nhsuk import navigation

_PUBLIC = [
    ("Get involved", "opportunity-list"),
    ("You said, we did", "answer-list"),
    ("Figures", "figures"),
    ("Board reports", "public-report-list"),
]
_STAFF = [
    ("Home", "staff-home", 0, None),
    ("Findings", "finding-list", 40, Permission.FINDING_READ),
    ("Approvals", "approval-list", 50, Permission.PUBLICATION_APPROVE),
    ("Loops", "loop-list", 60, Permission.LOOP_READ),
    ("Board reports", "report-list", 65, Permission.REPORT_READ),
]
_FOOTER = [("Accessibility", "accessibility"), ("Privacy", "privacy"), ("For programs", "api-docs")]


class InsightConfig(AppConfig):
    name = "insight"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from insight import policies  # noqa: F401  # registers the policies

        for order, (label, name) in enumerate(_PUBLIC):
            navigation.register("public", label, name, order=order * 10)
        for label, name, place, needs in _STAFF:
            navigation.register("staff", label, name, order=place, needs=needs)
        for order, (label, name) in enumerate(_FOOTER):
            navigation.register("footer", label, name, order=order * 10)
