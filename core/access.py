"""Access: the permissions that wings register, the roles that hold them, and a policy per entity.

What a role holds is registered by each wing from its `ready()`. The entity's policy says for which
rows: `rows` lists them, `may` asks about one of them.
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
#: Takes a member of staff and a permission, gives the condition on rows of the entity.
Scope = Callable[["User", Permission], Q]
#: The same for a resident with a signed link.
ResidentScope = Callable[["Resident", Permission], Q]

EVERYTHING = Q()
NOTHING = Q(pk__in=[])


@dataclass(frozen=True)
class Policy:
    """The rows of one entity that an actor may act on. Without `residents`, residents have none."""

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
    """Register what a signed link of this purpose permits; refuses a purpose registered already."""
    held = frozenset(permissions)
    _check_registered(held)
    if purpose in _links:
        raise RuntimeError(f"Links to “{purpose}” are registered already.")
    _links[purpose] = held


def is_registered(permission: Permission) -> bool:
    """Whether a wing has registered this permission."""
    return permission in _permissions


def named(name: str) -> Permission:
    """The permission with this name, as in a token's scopes; refuses one that is not registered."""
    if name not in _permissions:
        raise ValueError(f"There is no permission “{name}”.")
    return _permissions[name]


def registered() -> frozenset[Permission]:
    """Every registered permission."""
    return frozenset(_permissions.values())


def permissions_of(role: Role) -> frozenset[Permission]:
    """The permissions a role holds; policies say for which rows."""
    return frozenset(_roles[role])


def permissions_of_link(purpose: str) -> frozenset[Permission]:
    """What a signed link of this purpose permits; refuses a purpose that is not registered."""
    if purpose not in _links:
        raise ValueError(f"There are no links to “{purpose}”.")
    return _links[purpose]


def link_purposes() -> dict[str, frozenset[Permission]]:
    """Every purpose of signed links, with what it permits."""
    return dict(_links)


def policy(
    entity: type[Model], *, residents: ResidentScope | None = None
) -> Callable[[Scope], Scope]:
    """Register the policy of an entity, for staff and for their programs.

    Residents have none of its rows unless `residents` says which. Refuses a second policy.
    """

    def register_scope(scope: Scope) -> Scope:
        if entity in _policies:
            raise RuntimeError(f"{entity.__name__} has a policy already.")
        _policies[entity] = Policy(scope, residents)
        return scope

    return register_scope


def rows(actor: "Actor", permission: Permission, entity: type[M]) -> QuerySet[M]:
    """The rows of an entity for which this actor has the permission; the service has it for all."""
    everything = entity._default_manager.all()
    if not actor.holds(permission):
        return everything.none()
    if actor.kind == ActorKind.SERVICE:
        return everything
    return everything.filter(_condition(actor, permission, _policies[entity]))


def may(actor: "Actor", permission: Permission, row: Model | None = None) -> bool:
    """Whether this actor has the permission for this row; without a row, for any row at all."""
    if row is None:
        return actor.holds(permission)
    return rows(actor, permission, type(row)).filter(pk=row.pk).exists()


def policies() -> dict[type[Model], Policy]:
    """Every registered policy."""
    return dict(_policies)


def _condition(actor: "Actor", permission: Permission, of: Policy) -> Q:
    from core.actors import Resident

    if isinstance(actor, Resident):
        return of.residents(actor, permission) if of.residents else NOTHING
    # Staff and programs. An actor without an answerable member of staff has no rows.
    return of.staff(actor.user, permission) if actor.user is not None else NOTHING


def _check_registered(permissions: Iterable[Permission]) -> None:
    if unknown := [one.value for one in permissions if one.value not in _permissions]:
        raise RuntimeError(f"No wing has registered the permission {', '.join(sorted(unknown))}.")
