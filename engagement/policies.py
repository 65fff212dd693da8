"""Who may see and change what engagement holds (design, section 6)."""

from typing import Any

from django.db.models import Q, QuerySet

from core.access import EVERYTHING, NOTHING, policy
from core.choices import Permission, Role
from core.models import User
from engagement.models import Activity, Contact, Contribution, Delivery, Notice, Session


def own(user: User) -> QuerySet[Activity, Any]:
    """Activities a person works on: of their organisation (lead or partner), and for a lead also of
    their place.
    """
    mine = Q(pk__in=[])
    if user.organisation_id is not None:
        mine |= Q(lead_organisation=user.organisation_id) | Q(
            partnerships__organisation=user.organisation_id
        )
    if user.role == Role.LEAD and user.place_id is not None:
        mine |= Q(places=user.place_id)
    return Activity.objects.filter(mine).values("pk")


@policy(Activity)
def activities(user: User, permission: Permission) -> Q:
    """Everybody on the staff reads every activity, without its people; one's own one works on."""
    if permission in {Permission.ACTIVITY_READ, Permission.FINDING_READ, Permission.LOOP_READ}:
        return EVERYTHING
    if permission == Permission.CONTRIBUTION_READ and user.role == Role.ANALYST:
        return EVERYTHING
    return Q(pk__in=own(user))


@policy(Session)
def sessions(user: User, permission: Permission) -> Q:
    """As the activity: its dates are open to all staff, its register to those who work on it."""
    if permission == Permission.ACTIVITY_READ:
        return EVERYTHING
    return Q(activity__in=own(user))


@policy(Contact)
def contacts(user: User, permission: Permission) -> Q:
    """Those one's organisation met (a lead: of one's place), and those who took part in what one
    works on. Nobody else's.
    """
    if permission not in {Permission.CONTACT_READ, Permission.CONTACT_CHANGE}:
        return NOTHING
    mine = own(user)
    took_part = Q(attendances__session__activity__in=mine) | Q(contributions__activity__in=mine)
    met = Q(organisation=user.organisation_id) if user.organisation_id is not None else NOTHING
    if user.role == Role.LEAD and user.place_id is not None:
        met |= Q(place=user.place_id)
    return Q(pk__in=Contact.objects.filter(met | took_part).values("pk"))


@policy(Contribution)
def contributions(user: User, permission: Permission) -> Q:
    """Those of activities one works on; an analyst reads all of them, redacted."""
    if permission == Permission.CONTRIBUTION_READ and user.role == Role.ANALYST:
        return EVERYTHING
    return Q(activity__in=own(user))


@policy(Notice)
def notices(user: User, permission: Permission) -> Q:
    """Those of activities one works on."""
    return Q(activity__in=own(user))


@policy(Delivery)
def deliveries(user: User, permission: Permission) -> Q:
    """Those of activities one works on."""
    return Q(notice__activity__in=own(user))
