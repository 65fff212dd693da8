"""The links in the header and the footer, registered by wings."""

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from core.choices import Permission, Role
from core.nhsuk.addresses import address

if TYPE_CHECKING:
    from core.models import User


class Area(StrEnum):
    """The menu that a link is in."""

    PUBLIC = "public"
    STAFF = "staff"
    FOOTER = "footer"


@dataclass(frozen=True)
class Entry:
    """A link as a wing registered it. Without a permission and roles everybody sees it."""

    area: Area
    label: str
    name: str
    order: int
    needs: Permission | None
    roles: frozenset[Role]


@dataclass(frozen=True)
class Link:
    """A link as a page shows it. `current`: it leads to this page; `active`: to one above it."""

    text: str
    href: str
    current: bool
    active: bool


_entries: dict[tuple[Area, str], Entry] = {}


def register(
    area: Area | str,
    label: str,
    name: str,
    *,
    order: int,
    needs: Permission | None = None,
    roles: tuple[Role, ...] = (),
) -> None:
    """Add a link to a named address, from an app's `ready()`. Adding it again replaces it."""
    place = Area(area)
    _entries[place, name] = Entry(place, label, name, order, needs, frozenset(roles))


def items(area: Area | str, request: Any = None) -> list[Link]:
    """The links of an area that the reader may use, in order.

    A name without an address is an error (`NoReverseMatch`).
    """
    place = Area(area)
    # Public pages do not depend on the reader, so that they can be cached.
    reader = getattr(request, "user", None) if place == Area.STAFF else None
    # The page for a server error has no request: Jinja passes an undefined value.
    path = str(getattr(request, "path", "") or "")
    links = []
    for entry in sorted(_entries.values(), key=lambda entry: entry.order):
        if entry.area == place and _is_for(entry, reader):
            href = address(entry.name)
            is_current = path == href
            links.append((href, entry, is_current, not is_current and path.startswith(href)))
    # Of several addresses above this page, only the nearest is marked.
    nearest = max(
        (href for href, _, current, active in links if current or active), key=len, default=""
    )
    return [
        Link(entry.label, href, current, active and href == nearest and href != "/")
        for href, entry, current, active in links
    ]


def _is_for(entry: Entry, user: "User | None") -> bool:
    if entry.needs is None and not entry.roles:
        return True
    if user is None or not user.is_authenticated:
        return False
    if entry.roles and user.role not in entry.roles:
        return False
    return entry.needs is None or user.holds(entry.needs)
