"""Actors: a member of staff, a resident with a signed link, a program with a token, the service."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from core import access
from core.choices import ActorKind, Permission

if TYPE_CHECKING:
    from core.models import Organisation, Place, User


class Actor(Protocol):
    """Somebody or something that acts: every act takes one as `by`, every policy decides for one.

    `user` is the member of staff answerable for what is done, None for residents and the service.
    `role`, `organisation` and `place` are those of that member of staff. Columns such as
    `recorded_by` take `answerable`.
    """

    @property
    def kind(self) -> ActorKind:
        """One of the four kinds."""

    @property
    def name(self) -> str:
        """The name in the audit trail; never a resident's own."""

    @property
    def reference(self) -> str:
        """Identifies them among actors of the kind, in the audit trail; empty for the service."""

    @property
    def user(self) -> "User | None":
        """The member of staff answerable, or None."""

    @property
    def answerable(self) -> "User":
        """The same, for a column that cannot be empty; an actor without one raises an error."""

    @property
    def role(self) -> str | None:
        """The role of that member of staff."""

    @property
    def organisation(self) -> "Organisation | None":
        """The organisation they act for."""

    @property
    def organisation_id(self) -> int | None:
        """Its id."""

    @property
    def place(self) -> "Place | None":
        """The place they lead for."""

    @property
    def place_id(self) -> int | None:
        """Its id."""

    @property
    def permissions(self) -> frozenset[Permission]:
        """Every permission they hold; policies say for which rows."""

    def holds(self, permission: Permission) -> bool:
        """Whether they hold the permission, for any row at all."""


class _WithoutStaff:
    """The properties of an actor for whom no member of staff is answerable."""

    name: str

    @property
    def user(self) -> None:
        return None

    @property
    def answerable(self) -> "User":
        raise TypeError(f"{self.name} cannot do this: a member of staff is answerable for it.")

    @property
    def role(self) -> None:
        return None

    @property
    def organisation(self) -> None:
        return None

    @property
    def organisation_id(self) -> None:
        return None

    @property
    def place(self) -> None:
        return None

    @property
    def place_id(self) -> None:
        return None


@dataclass(frozen=True)
class Resident(_WithoutStaff):
    """A resident who followed a signed link that was sent to them, for one purpose.

    What the link permits is registered with `access.register_link`; an unknown purpose is refused.
    For which rows, each policy's `residents` function says.
    """

    person_id: int
    purpose: str
    kind = ActorKind.RESIDENT
    name = "A resident"

    def __post_init__(self) -> None:
        access.permissions_of_link(self.purpose)

    @property
    def reference(self) -> str:
        """The id of the person."""
        return str(self.person_id)

    @property
    def permissions(self) -> frozenset[Permission]:
        """What the purpose of the link permits."""
        return access.permissions_of_link(self.purpose)

    def holds(self, permission: Permission) -> bool:
        """Whether the link permits this."""
        return permission in self.permissions


@dataclass(frozen=True)
class Program:
    """A program with a token: may do what both its owner's role and its scopes allow."""

    reference: str
    name: str
    owner: "User"
    scopes: frozenset[Permission] = field(default_factory=frozenset)
    kind = ActorKind.PROGRAM

    @classmethod
    def of(cls, owner: "User", *, reference: str, name: str, scopes: Iterable[str]) -> "Program":
        """A program of this owner; a scope no wing has registered is refused."""
        permissions = frozenset(access.named(scope) for scope in scopes)
        return cls(reference=reference, name=name, owner=owner, scopes=permissions)

    @property
    def user(self) -> "User":
        """The owner, who is answerable."""
        return self.owner

    @property
    def answerable(self) -> "User":
        """The owner."""
        return self.owner

    @property
    def role(self) -> str:
        """That of the owner."""
        return self.owner.role

    @property
    def organisation(self) -> "Organisation | None":
        """That of the owner."""
        return self.owner.organisation

    @property
    def organisation_id(self) -> int | None:
        """That of the owner."""
        return self.owner.organisation_id

    @property
    def place(self) -> "Place | None":
        """That of the owner."""
        return self.owner.place

    @property
    def place_id(self) -> int | None:
        """That of the owner."""
        return self.owner.place_id

    @property
    def permissions(self) -> frozenset[Permission]:
        """Those of the owner that the scopes name; none once the owner's account is closed."""
        return self.owner.permissions & self.scopes

    def holds(self, permission: Permission) -> bool:
        """Whether the owner's role and the scopes both allow this."""
        return permission in self.permissions


@dataclass(frozen=True)
class Service(_WithoutStaff):
    """The service itself: its worker, its timetable and its command line."""

    kind = ActorKind.SERVICE
    name = "The service"
    reference = ""

    @property
    def permissions(self) -> frozenset[Permission]:
        """Every registered permission."""
        return access.registered()

    def holds(self, permission: Permission) -> bool:
        """Whether the permission is registered: the service holds all of them."""
        return access.is_registered(permission)


SERVICE = Service()

__all__ = ["SERVICE", "Actor", "ActorKind", "Program", "Resident", "Service"]
