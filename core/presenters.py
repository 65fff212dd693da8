"""The tables of permissions and acts, and the links on an administrator's home page."""

from collections.abc import Iterable

from django.urls import reverse

from core.choices import Role
from core.models import User
from core.registry.home import StartingPoints
from core.registry.slots import Link
from core.selectors import permissions

PERMISSION_HEAD = ("Permission", "Held by")
ACT_HEAD = ("Event", "Permission", "Applies to", "Public pages", "Function")


def administrators_start(user: User) -> Iterable[StartingPoints]:
    """The links on an administrator's home page when there is nothing to do."""
    if user.role == Role.ADMINISTRATOR:
        yield StartingPoints(
            "You have no tasks. You look after:",
            (
                Link("Accounts", reverse("account-list"), "who can sign in, and what they can do"),
                Link("Permissions", reverse("permission-list"), "what each role can do"),
                Link(
                    "Audit trail",
                    reverse("audit-list"),
                    "who did what, and what was refused",
                ),
            ),
        )


def permission_rows() -> list[tuple[str, ...]]:
    """One row per permission: its name, and who holds it."""
    return [(row.permission.value, _held_by(row)) for row in permissions.permissions()]


def act_rows() -> list[tuple[str, ...]]:
    """One row per act: event, permission, row, whether public pages may change, function."""
    return [
        (
            row.event.capitalize(),
            row.needs.value,
            row.on.replace("_", " ").capitalize() or "None",
            "May change" if row.changes_public else "Do not change",
            row.act,
        )
        for row in permissions.acts()
    ]


def permissions_document() -> str:
    """The content of `docs/permissions.md`."""
    return "\n".join(
        [
            "# Permissions",
            "",
            "Written by `manage.py write_docs` from what the wings register; do not edit it.",
            "",
            "## Who holds which permission",
            "",
            "Policies limit each permission to rows, such as the activities of one's own "
            "organisation. A program holds what its owner's role allows and its token's scopes "
            "name. The service itself may do everything.",
            "",
            *_table(PERMISSION_HEAD, permission_rows()),
            "",
            "## Which permission each act needs",
            "",
            "Each event is one kind of entry in the audit trail. “Applies to” is the kind of "
            "row that the permission is checked for.",
            "",
            *_table(ACT_HEAD, act_rows()),
            "",
        ]
    )


def _held_by(row: permissions.PermissionRow) -> str:
    words = [Role(role).label for role in row.roles]
    words += [f"a resident’s link to {purpose}" for purpose in row.links]
    return ", ".join(words) or "The service only"


def _table(head: tuple[str, ...], rows: list[tuple[str, ...]]) -> list[str]:
    return [
        f"| {' | '.join(head)} |",
        f"|{' --- |' * len(head)}",
        *(f"| {' | '.join(row)} |" for row in rows),
    ]
