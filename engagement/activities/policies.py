"""Who may see and change activities, their sessions and what was said."""

from typing import Any

from django.db.models import Q, QuerySet

from core.access import EVERYTHING, policy
from core.choices import Permission as AnyPermission
from core.choices import Role
from core.models import User
from engagement.activities.models import Activity, Attendance, Contribution, Session
from engagement.activities.permissions import Permission
from engagement.people.policies import also_seen

#: Permissions that reach every activity for whoever holds them, without its people.
_OF_EVERY_ACTIVITY: set[AnyPermission] = {Permission.ACTIVITY_READ}


def allow_every_activity(*permissions: AnyPermission) -> None:
    """Let a wing above say that these permissions of its own reach every activity."""
    _OF_EVERY_ACTIVITY.update(permissions)


def worked_on_by(user: User) -> QuerySet[Activity, Any]:
    """Numbers of the activities a person works on: of their organisation (lead or partner), and for
    a lead also of their place.
    """
    theirs = Q(pk__in=[])
    if user.organisation_id is not None:
        theirs |= Q(lead_organisation=user.organisation_id) | Q(
            partnerships__organisation=user.organisation_id
        )
    if user.role == Role.LEAD and user.place_id is not None:
        theirs |= Q(places=user.place_id)
    return Activity.objects.filter(theirs).values("pk")


@policy(Activity)
def activities(user: User, permission: AnyPermission) -> Q:
    """Everybody on the staff reads every activity, without its people; one changes those one works
    on.
    """
    if permission in _OF_EVERY_ACTIVITY:
        return EVERYTHING
    if permission == Permission.CONTRIBUTION_READ and user.role == Role.ANALYST:
        return EVERYTHING
    return Q(pk__in=worked_on_by(user))


@policy(Session)
def sessions(user: User, permission: AnyPermission) -> Q:
    """As the activity: its dates are open to all staff, its register to those who work on it."""
    if permission == Permission.ACTIVITY_READ:
        return EVERYTHING
    return Q(activity__in=worked_on_by(user))


@policy(Contribution)
def contributions(user: User, permission: AnyPermission) -> Q:
    """Those of activities one works on; an analyst reads all of them, redacted."""
    if permission == Permission.CONTRIBUTION_READ and user.role == Role.ANALYST:
        return EVERYTHING
    return Q(activity__in=worked_on_by(user))


@also_seen
def who_came(user: User) -> QuerySet[Any, Any]:
    """Contacts on a register of an activity one works on."""
    return Attendance.objects.filter(session__activity__in=worked_on_by(user)).values("contact")


@also_seen
def who_spoke(user: User) -> QuerySet[Any, Any]:
    """Contacts with a contribution at an activity one works on."""
    spoke = Contribution.objects.filter(activity__in=worked_on_by(user), contact__isnull=False)
    return spoke.values("contact")
