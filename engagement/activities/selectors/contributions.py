"""What people said, as far as somebody may read it."""

from django.db.models import QuerySet

from core import access
from core.models import User
from engagement.activities.models import Activity, Contribution
from engagement.activities.permissions import Permission


def said(user: User, activity: Activity) -> QuerySet[Contribution]:
    """The contributions of an activity that somebody may read, the newest first."""
    return (
        access.rows(user, Permission.CONTRIBUTION_READ, Contribution)
        .filter(activity=activity)
        .select_related("session", "recorded_by")
        .order_by("-pk")
    )
