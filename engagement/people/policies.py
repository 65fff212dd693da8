"""Who may see and change what is held of people."""

from django.db.models import Q

from core.access import NOTHING, policy
from core.actors import Resident
from core.choices import Permission as AnyPermission
from core.choices import Role
from core.models import User
from engagement.people.models import Contact
from engagement.people.permissions import READ_OWN_RECORD, WITHDRAW_CONSENT, Permission

#: What a resident may do to what is held of them, by the purpose of their link.
_OF_LINKS = {
    WITHDRAW_CONSENT: Permission.CONSENT_WITHDRAW,
    READ_OWN_RECORD: Permission.CONTACT_READ,
}


def own_contacts(resident: Resident, permission: AnyPermission) -> Q:
    """What organisations hold of a resident themselves, for the one thing their link is for."""
    if _OF_LINKS.get(resident.purpose) == permission:
        return Q(person=resident.person_id)
    return NOTHING


@policy(Contact, residents=own_contacts)
def contacts(user: User, permission: AnyPermission) -> Q:
    """Those one's organisation holds and, for a lead, those of one's place. Nobody else's: working
    on an activity together shows nobody another organisation's people.
    """
    if permission not in set(Permission):
        return NOTHING
    seen = Q(organisation=user.organisation_id) if user.organisation_id is not None else NOTHING
    if user.role == Role.LEAD and user.place_id is not None:
        seen |= Q(place=user.place_id)
    return seen
