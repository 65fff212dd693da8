"""Contributions that a user may read."""

from django.db.models import QuerySet

from core import access
from core.models import User
from engagement.activities.models import Activity, Contribution
from engagement.activities.permissions import Permission


def to_check(user: User, activity: Activity) -> QuerySet[Contribution]:
    """Those of an activity that nobody has checked and the user may check, the oldest first."""
    return (
        access.rows(user, Permission.CONTRIBUTION_RECORD, Contribution)
        .filter(activity=activity, is_redaction_checked=False)
        .select_related("session", "recorded_by")
        .order_by("pk")
    )


def readable_by(user: User, activity: Activity) -> QuerySet[Contribution]:
    """The contributions to an activity that a user may read, the newest first."""
    return (
        access.rows(user, Permission.CONTRIBUTION_READ, Contribution)
        .filter(activity=activity)
        .select_related("session", "recorded_by")
        .order_by("-pk")
    )
