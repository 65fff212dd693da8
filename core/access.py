"""Who may: one policy per entity answers “may she, to this one?” and “to which ones may she?”."""

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from django.db.models import Model, Q, QuerySet

from core.choices import Permission, Role

if TYPE_CHECKING:
    from core.models import User

M = TypeVar("M", bound=Model)
#: Given a person and a permission, which rows of the entity: a condition.
Scope = Callable[["User", Permission], Q]

EVERYTHING = Q()
NOTHING = Q(pk__in=[])

_ENGAGING = {
    Permission.ACTIVITY_LOG,
    Permission.ACTIVITY_CHANGE,
    Permission.CONTACT_READ,
    Permission.CONTACT_CHANGE,
    Permission.CONTRIBUTION_READ,
    Permission.CONTRIBUTION_RECORD,
    Permission.FINDING_WRITE,
    Permission.NOTICE_WRITE,
    Permission.DELIVERY_READ,
    Permission.DELIVERY_SETTLE,
}
_READING = {
    Permission.ACTIVITY_READ,
    Permission.FINDING_READ,
    Permission.LOOP_READ,
}

#: What each role holds at all (design, section 6); policies narrow it to rows.
HOLDINGS: dict[Role, frozenset[Permission]] = {
    Role.OFFICER: frozenset(_READING | _ENGAGING),
    Role.LEAD: frozenset(
        _READING
        | _ENGAGING
        | {Permission.PUBLICATION_APPROVE, Permission.REPORT_READ, Permission.REPORT_PUBLISH}
    ),
    Role.ANALYST: frozenset(_READING | {Permission.CONTRIBUTION_READ}),
    Role.SECRETARY: frozenset(
        _READING
        | {
            Permission.REPORT_READ,
            Permission.REPORT_DRAFT,
            Permission.REPORT_WRITE,
            Permission.REPORT_APPROVE,
            Permission.REPORT_PUBLISH,
        }
    ),
    Role.REVIEWER: frozenset(_READING | {Permission.REPORT_READ}),
    Role.ADMINISTRATOR: frozenset(
        {
            Permission.ACTIVITY_READ,
            Permission.ACCOUNT_MANAGE,
            Permission.AUDIT_READ,
            Permission.FACTS_LOAD,
        }
    ),
    Role.SYSTEM: frozenset(Permission),
}

_scopes: dict[type[Model], Scope] = {}


def policy(entity: type[Model]) -> Callable[[Scope], Scope]:
    """Register the one policy of an entity."""

    def register(scope: Scope) -> Scope:
        if entity in _scopes:
            raise RuntimeError(f"{entity.__name__} has a policy already.")
        _scopes[entity] = scope
        return scope

    return register


def holds(user: "User", permission: Permission) -> bool:
    """Does this person's role hold the permission for anything at all? Nobody inactive does."""
    return user.is_active and permission in HOLDINGS[Role(user.role)]


def rows(user: "User", permission: Permission, entity: type[M]) -> QuerySet[M]:
    """Which rows of an entity this person may do this to."""
    everything = entity._default_manager.all()
    if not holds(user, permission):
        return everything.none()
    if user.role == Role.SYSTEM:
        return everything
    return everything.filter(_scopes[entity](user, permission))


def may(user: "User", permission: Permission, row: Model | None = None) -> bool:
    """May this person do this, to this row? Without a row: at all."""
    if row is None:
        return holds(user, permission)
    return rows(user, permission, type(row)).filter(pk=row.pk).exists()


def policies() -> dict[type[Model], Scope]:
    """Every policy registered, for the tests that enumerate them."""
    return dict(_scopes)
