"""Who may see and change what is held of people."""

from collections.abc import Callable
from typing import Any

from django.db.models import Q, QuerySet

from core.access import NOTHING, policy
from core.actors import Resident
from core.choices import Permission as AnyPermission
from core.choices import Role
from core.models import User
from engagement.people.models import Contact
from engagement.people.permissions import READ_OWN_RECORD, WITHDRAW_CONSENT, Permission

#: Gives the numbers of contacts that somebody sees besides those their organisation holds.
AlsoSeen = Callable[[User], QuerySet[Any, Any]]
_also_seen: list[AlsoSeen] = []

#: What a resident may do to what is held of them, by the purpose of their link.
_OF_LINKS = {
    WITHDRAW_CONSENT: Permission.CONSENT_WITHDRAW,
    READ_OWN_RECORD: Permission.CONTACT_READ,
}


def also_seen(function: AlsoSeen) -> AlsoSeen:
    """Register who else may be seen: a wing above gives the contacts of what somebody works on."""
    _also_seen.append(function)
    return function


def own_contacts(resident: Resident, permission: AnyPermission) -> Q:
    """What organisations hold of a resident themselves, for the one thing their link is for."""
    if _OF_LINKS.get(resident.purpose) == permission:
        return Q(person=resident.person_id)
    return NOTHING


@policy(Contact, residents=own_contacts)
def contacts(user: User, permission: AnyPermission) -> Q:
    """Those one's organisation holds (a lead: also of one's place), and those that other wings
    registered: people who took part in what one works on. Nobody else's.
    """
    if permission not in set(Permission):
        return NOTHING
    seen = Q(organisation=user.organisation_id) if user.organisation_id is not None else NOTHING
    if user.role == Role.LEAD and user.place_id is not None:
        seen |= Q(place=user.place_id)
    for function in _also_seen:
        seen |= Q(pk__in=function(user))
    return seen
