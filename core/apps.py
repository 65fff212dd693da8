"""The Django app of core."""

from django.apps import AppConfig


class CoreConfig(AppConfig):
    """Registers what core adds to the menu, the staff home, the timetable and `docs/`."""

    name = "core"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register permissions, policies, catalogue, menu entries, timetable and documents."""
        from core import permissions, policies, presenters  # noqa: F401  # some to register
        from core.catalogue import accounts, dictionary, facts  # noqa: F401  # to register
        from core.nhsuk import navigation
        from core.permissions import Permission
        from core.registry import documents, home, timetable
        from core.views import sessions  # noqa: F401  # to hear of sign-ins

        navigation.register("staff", "Home", "staff-home", order=0)
        for order, label, name, needs in (
            (90, "Accounts", "account-list", Permission.ACCOUNT_MANAGE),
            (93, "Permissions", "permission-list", Permission.ACCOUNT_MANAGE),
            (95, "Audit trail", "audit-list", Permission.AUDIT_READ),
        ):
            navigation.register("staff", label, name, order=order, needs=needs)
        home.starting_points.add(presenters.administrators_start)
        timetable.register("heartbeat", "core.tasks.heartbeat", timetable.Every(30))
        timetable.register(
            "clear-sessions", "core.tasks.clear_sessions", timetable.At(minute="20", hour="3")
        )
        documents.register("data.md", dictionary.document)
        documents.register("permissions.md", presenters.permissions_document)
