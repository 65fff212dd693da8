"""core as Django sees it."""

from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "core"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from core import policies  # noqa: F401  # registers the policies
        from core.choices import Permission
        from core.nhsuk import navigation

        navigation.register(
            "staff", "Accounts", "account-list", order=90, needs=Permission.ACCOUNT_MANAGE
        )
        navigation.register(
            "staff", "Audit trail", "audit-list", order=95, needs=Permission.AUDIT_READ
        )
