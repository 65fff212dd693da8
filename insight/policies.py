"""Who may see and change what insight holds (design, section 6)."""

from django.db.models import Q

from core.access import EVERYTHING, policy
from core.choices import Permission
from core.models import User
from engagement.policies import own
from insight.models import BoardReport, Change, Decision, Finding, Loop, Submission


@policy(Loop)
def loops(user: User, permission: Permission) -> Q:
    """All staff see every loop; one works on one's own."""
    return EVERYTHING if permission == Permission.LOOP_READ else Q(activity__in=own(user))


@policy(Finding)
def findings(user: User, permission: Permission) -> Q:
    """All staff read every finding; one writes one's own."""
    return EVERYTHING if permission == Permission.FINDING_READ else Q(activity__in=own(user))


@policy(Decision)
def decisions(user: User, permission: Permission) -> Q:
    """As its finding."""
    return (
        EVERYTHING if permission == Permission.FINDING_READ else Q(finding__activity__in=own(user))
    )


@policy(Change)
def changes(user: User, permission: Permission) -> Q:
    """As its activity's findings."""
    return EVERYTHING if permission == Permission.FINDING_READ else Q(activity__in=own(user))


@policy(Submission)
def submissions(user: User, permission: Permission) -> Q:
    """What waits is settled by a lead of the place or organisation, and seen by those who work on
    it.
    """
    return Q(activity__in=own(user))


@policy(BoardReport)
def reports(user: User, permission: Permission) -> Q:
    """Reports are for every role that holds the permission: they name nobody."""
    return EVERYTHING
