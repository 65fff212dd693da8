"""Who may see and change Board reports."""

from django.db.models import Q

from core.access import EVERYTHING, policy
from core.choices import Permission
from core.models import User
from insight.reporting.models import BoardReport


@policy(BoardReport)
def reports(user: User, permission: Permission) -> Q:
    """Reports are for every role that holds the permission: they name nobody."""
    return EVERYTHING
