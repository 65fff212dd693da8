"""Who may see and change activities, their sessions, registers and contributions."""

from typing import Any

from django.db.models import Q, QuerySet

from core.access import EVERYTHING, policy
from core.choices import Permission as AnyPermission
from core.choices import Role
from core.models import User
from engagement.activities.models import Activity, Contribution, Session
from engagement.activities.permissions import Permission

#: Permissions that apply to every activity for those who hold them, without its people.
_FOR_EVERY_ACTIVITY: set[AnyPermission] = {Permission.ACTIVITY_READ}


def allow_every_activity(*permissions: AnyPermission) -> None:
    """Apply these permissions, of a wing above, to every activity."""
    _FOR_EVERY_ACTIVITY.update(permissions)


def worked_on_by(user: User) -> QuerySet[Activity, Any]:
    """The numbers of the activities that a user works on: those their organisation leads or is a
    partner of and, for a lead, those at their place.
    """
    own = Q(pk__in=[])
    if user.organisation_id is not None:
        own |= Q(lead_organisation=user.organisation_id) | Q(
            partnerships__organisation=user.organisation_id
        )
    if user.role == Role.LEAD and user.place_id is not None:
        own |= Q(places=user.place_id)
    return Activity.objects.filter(own).values("pk")


@policy(Activity)
def activities(user: User, permission: AnyPermission) -> Q:
    """All staff read every activity, without its people, and change those they work on."""
    if permission in _FOR_EVERY_ACTIVITY:
        return EVERYTHING
    if permission == Permission.CONTRIBUTION_READ and user.role == Role.ANALYST:
        return EVERYTHING
    return Q(pk__in=worked_on_by(user))


@policy(Session)
def sessions(user: User, permission: AnyPermission) -> Q:
    """All staff read every session; its register is for those who work on the activity."""
    if permission == Permission.ACTIVITY_READ:
        return EVERYTHING
    return Q(activity__in=worked_on_by(user))


@policy(Contribution)
def contributions(user: User, permission: AnyPermission) -> Q:
    """Those of activities the user works on; an analyst reads the words of all that are checked."""
    if permission == Permission.CONTRIBUTION_READ and user.role == Role.ANALYST:
        return Q(is_redaction_checked=True)
    return Q(activity__in=worked_on_by(user))
