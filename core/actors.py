"""Who acts: a member of staff, a resident by a signed link, a program by a token, the service."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from core import access
from core.choices import ActorKind, Permission

if TYPE_CHECKING:
    from core.models import Organisation, Place, User


class Actor(Protocol):
    """Whoever does something. Every act takes one as `by`, every policy answers for one.

    `reference` tells actors of one kind apart in the audit trail. `user` is the member of staff
    answerable for what is done; None for residents and the service. `role`, `organisation` and
    `place` are those of that member of staff. Columns such as `recorded_by` take `answerable`.
    """

    @property
    def kind(self) -> ActorKind:
        """Which of the four kinds."""

    @property
    def name(self) -> str:
        """What the audit trail calls them; never a resident's own name."""

    @property
    def reference(self) -> str:
        """Their number or key among actors of the kind; empty for the service."""

    @property
    def user(self) -> "User | None":
        """The member of staff answerable, or None."""

    @property
    def answerable(self) -> "User":
        """The same where a row must name one: refused for an actor without."""

    @property
    def role(self) -> str | None:
        """The role of that member of staff."""

    @property
    def organisation(self) -> "Organisation | None":
        """The organisation they act for."""

    @property
    def organisation_id(self) -> int | None:
        """Its number."""

    @property
    def place(self) -> "Place | None":
        """The place they lead for."""

    @property
    def place_id(self) -> int | None:
        """Its number."""

    @property
    def permissions(self) -> frozenset[Permission]:
        """Everything they may do to something; policies narrow it to rows."""

    def holds(self, permission: Permission) -> bool:
        """May they do this to anything at all?"""


class _WithoutStaff:
    """What an actor with no member of staff behind it has in their place: nothing."""

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
    """Somebody who came by a signed link sent to them: one person, one purpose.

    What the link permits was registered with `access.register_link`; an unknown purpose is
    refused. Which rows it permits it for is each policy's `residents` function to say.
    """

    person_id: int
    purpose: str
    kind = ActorKind.RESIDENT
    name = "A resident"

    def __post_init__(self) -> None:
        access.permissions_of_link(self.purpose)

    @property
    def reference(self) -> str:
        """The number of the person."""
        return str(self.person_id)

    @property
    def permissions(self) -> frozenset[Permission]:
        """What the purpose of the link permits."""
        return access.permissions_of_link(self.purpose)

    def holds(self, permission: Permission) -> bool:
        """Does the link permit this?"""
        return permission in self.permissions


@dataclass(frozen=True)
class Program:
    """A program with a token: what its owner may do, and of that only what its scopes name."""

    reference: str
    name: str
    owner: "User"
    scopes: frozenset[Permission] = field(default_factory=frozenset)
    kind = ActorKind.PROGRAM

    @classmethod
    def of(cls, owner: "User", *, reference: str, name: str, scopes: Iterable[str]) -> "Program":
        """A program of this owner; a scope no wing has registered is refused."""
        asked = frozenset(access.named(scope) for scope in scopes)
        return cls(reference=reference, name=name, owner=owner, scopes=asked)

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
        """The owner's."""
        return self.owner.role

    @property
    def organisation(self) -> "Organisation | None":
        """The owner's."""
        return self.owner.organisation

    @property
    def organisation_id(self) -> int | None:
        """The owner's."""
        return self.owner.organisation_id

    @property
    def place(self) -> "Place | None":
        """The owner's."""
        return self.owner.place

    @property
    def place_id(self) -> int | None:
        """The owner's."""
        return self.owner.place_id

    @property
    def permissions(self) -> frozenset[Permission]:
        """What both the owner's role and the scopes allow; nothing once the owner's account is
        closed.
        """
        return self.owner.permissions & self.scopes

    def holds(self, permission: Permission) -> bool:
        """Do role and scopes both allow this?"""
        return permission in self.permissions


@dataclass(frozen=True)
class Service(_WithoutStaff):
    """The service itself: its worker, its timetable and its command line."""

    kind = ActorKind.SERVICE
    name = "The service"
    reference = ""

    @property
    def permissions(self) -> frozenset[Permission]:
        """Every permission there is."""
        return access.registered()

    def holds(self, permission: Permission) -> bool:
        """Whatever is registered, the service may do."""
        return access.is_registered(permission)


SERVICE = Service()

__all__ = ["SERVICE", "Actor", "ActorKind", "Program", "Resident", "Service"]
