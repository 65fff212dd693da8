"""Who may see and change findings, decisions, changes, loops and what waits for approval."""

from django.db.models import Q

from core.access import EVERYTHING, policy
from core.choices import Permission as AnyPermission
from core.models import User
from engagement.activities.policies import allow_every_activity, worked_on_by
from insight.loop.models import Change, Decision, Finding, Loop, Submission
from insight.loop.permissions import Permission

allow_every_activity(Permission.FINDING_READ, Permission.LOOP_READ)


@policy(Loop)
def loops(user: User, permission: AnyPermission) -> Q:
    """All staff see every loop; they act on those of activities they work on."""
    if permission == Permission.LOOP_READ:
        return EVERYTHING
    return Q(activity__in=worked_on_by(user))


@policy(Finding)
def findings(user: User, permission: AnyPermission) -> Q:
    """All staff read every finding; they write those of activities they work on."""
    if permission == Permission.FINDING_READ:
        return EVERYTHING
    return Q(activity__in=worked_on_by(user))


@policy(Decision)
def decisions(user: User, permission: AnyPermission) -> Q:
    """The same as for its finding."""
    if permission == Permission.FINDING_READ:
        return EVERYTHING
    return Q(finding__activity__in=worked_on_by(user))


@policy(Change)
def changes(user: User, permission: AnyPermission) -> Q:
    """The same as for its activity's findings."""
    if permission == Permission.FINDING_READ:
        return EVERYTHING
    return Q(activity__in=worked_on_by(user))


@policy(Submission)
def submissions(user: User, permission: AnyPermission) -> Q:
    """Those of activities the user works on: a lead works on all of their place or organisation."""
    return Q(activity__in=worked_on_by(user))
