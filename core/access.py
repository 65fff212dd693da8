"""Who may: permissions as each wing registers them, and one policy per entity.

A policy answers “may this actor, to this row?” and “to which rows may they?”. What a role holds at
all is registered here by each wing, from its `ready()`; the policy narrows it to rows.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from django.db.models import Model, Q, QuerySet

from core.choices import ActorKind, Permission, Role

if TYPE_CHECKING:
    from core.actors import Actor, Resident
    from core.models import User

M = TypeVar("M", bound=Model)
#: Given a member of staff and a permission, which rows of the entity: a condition.
Scope = Callable[["User", Permission], Q]
#: The same for a resident who came by a signed link.
ResidentScope = Callable[["Resident", Permission], Q]

EVERYTHING = Q()
NOTHING = Q(pk__in=[])


@dataclass(frozen=True)
class Policy:
    """Which rows of one entity; without `residents`, none of them are for residents."""

    staff: Scope
    residents: ResidentScope | None = None


_permissions: dict[str, Permission] = {}
_roles: dict[Role, set[Permission]] = {role: set() for role in Role}
_links: dict[str, frozenset[Permission]] = {}
_policies: dict[type[Model], Policy] = {}


def register(
    permissions: Iterable[Permission], *, roles: Mapping[Role, Iterable[Permission]]
) -> None:
    """Make a wing's permissions known, and which roles hold which of them.

    One that no role holds is for the service alone. Refuses a permission that is registered
    already, and a role given one that is not registered.
    """
    for permission in permissions:
        if permission.value in _permissions:
            raise RuntimeError(f"The permission “{permission.value}” is registered already.")
        _permissions[permission.value] = permission
    for role, held in roles.items():
        _check_registered(held)
        _roles[role].update(held)


def register_link(purpose: str, permissions: Iterable[Permission]) -> None:
    """Say what a signed link of this purpose permits; refuses a purpose registered already."""
    held = frozenset(permissions)
    _check_registered(held)
    if purpose in _links:
        raise RuntimeError(f"Links to “{purpose}” are registered already.")
    _links[purpose] = held


def is_registered(permission: Permission) -> bool:
    """Has a wing registered this permission?"""
    return permission in _permissions


def named(name: str) -> Permission:
    """The permission of a name, as a token's scopes keep it; refuses one nobody registered."""
    if name not in _permissions:
        raise ValueError(f"There is no permission “{name}”.")
    return _permissions[name]


def registered() -> frozenset[Permission]:
    """Every permission there is."""
    return frozenset(_permissions.values())


def permissions_of(role: Role) -> frozenset[Permission]:
    """What a role holds at all; policies narrow it to rows."""
    return frozenset(_roles[role])


def permissions_of_link(purpose: str) -> frozenset[Permission]:
    """What a signed link of this purpose permits; refuses a purpose nobody registered."""
    if purpose not in _links:
        raise ValueError(f"There are no links to “{purpose}”.")
    return _links[purpose]


def link_purposes() -> dict[str, frozenset[Permission]]:
    """Every purpose of signed links, with what it permits."""
    return dict(_links)


def policy(
    entity: type[Model], *, residents: ResidentScope | None = None
) -> Callable[[Scope], Scope]:
    """Register the one policy of an entity, for staff and for their programs.

    Residents get no row of it unless `residents` says which.
    """

    def register_scope(scope: Scope) -> Scope:
        if entity in _policies:
            raise RuntimeError(f"{entity.__name__} has a policy already.")
        _policies[entity] = Policy(scope, residents)
        return scope

    return register_scope


def rows(actor: "Actor", permission: Permission, entity: type[M]) -> QuerySet[M]:
    """Which rows of an entity this actor may do this to; the service, to all of them."""
    everything = entity._default_manager.all()
    if not actor.holds(permission):
        return everything.none()
    if actor.kind == ActorKind.SERVICE:
        return everything
    return everything.filter(_condition(actor, permission, _policies[entity]))


def may(actor: "Actor", permission: Permission, row: Model | None = None) -> bool:
    """May this actor do this, to this row? Without a row: to anything at all."""
    if row is None:
        return actor.holds(permission)
    return rows(actor, permission, type(row)).filter(pk=row.pk).exists()


def policies() -> dict[type[Model], Policy]:
    """Every policy registered."""
    return dict(_policies)


def _condition(actor: "Actor", permission: Permission, of: Policy) -> Q:
    from core.actors import Resident

    if isinstance(actor, Resident):
        return of.residents(actor, permission) if of.residents else NOTHING
    # Staff and programs; whoever has no member of staff behind them gets nothing.
    return of.staff(actor.user, permission) if actor.user is not None else NOTHING


def _check_registered(permissions: Iterable[Permission]) -> None:
    if unknown := [one.value for one in permissions if one.value not in _permissions]:
        raise RuntimeError(f"No wing has registered the permission {', '.join(sorted(unknown))}.")
