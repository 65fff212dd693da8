"""The permissions and the acts that the wings have registered, as rows of a table."""

from dataclasses import dataclass

from core import access, acting
from core.choices import Permission, Role


@dataclass(frozen=True)
class PermissionRow:
    """A permission, the roles that hold it, and the purposes of signed links that permit it."""

    permission: Permission
    roles: tuple[Role, ...]
    links: tuple[str, ...]


@dataclass(frozen=True)
class ActRow:
    """An event, its act, the permission the act needs, and the row that is checked for."""

    event: str
    act: str
    needs: Permission
    on: str
    changes_public: bool


def permissions() -> list[PermissionRow]:
    """Every permission by its name."""
    return [
        PermissionRow(
            permission,
            tuple(role for role in Role if permission in access.permissions_of(role)),
            tuple(
                purpose for purpose, held in access.link_purposes().items() if permission in held
            ),
        )
        for permission in sorted(access.registered())
    ]


def acts() -> list[ActRow]:
    """Every act, sorted by module and event."""
    return [
        ActRow(act.event.value, act.name, act.needs, act.on or "", act.changes_public)
        for act in sorted(acting.all_acts().values(), key=lambda act: (act.module, act.event.value))
    ]
