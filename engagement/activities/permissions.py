"""Permissions on activities and contributions, and the roles that hold them."""

from core import access
from core.choices import Permission as BasePermission
from core.choices import Role


class Permission(BasePermission):
    """What may be done with activities, their sessions, registers and contributions."""

    ACTIVITY_READ = "activity.read"
    ACTIVITY_LOG = "activity.log"
    ACTIVITY_CHANGE = "activity.change"
    ACTIVITY_ANSWER = "activity.answer"
    CONTRIBUTION_READ = "contribution.read"
    CONTRIBUTION_RECORD = "contribution.record"


access.register(
    Permission,
    roles={
        Role.OFFICER: set(Permission) - {Permission.ACTIVITY_ANSWER},
        Role.LEAD: Permission,
        Role.ANALYST: [Permission.ACTIVITY_READ, Permission.CONTRIBUTION_READ],
        Role.SECRETARY: [Permission.ACTIVITY_READ],
        Role.REVIEWER: [Permission.ACTIVITY_READ],
        Role.ADMINISTRATOR: [Permission.ACTIVITY_READ],
    },
)
