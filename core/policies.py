"""Who may see and change what core holds."""

from django.db.models import Q

from core.access import EVERYTHING, NOTHING, policy
from core.choices import Permission, Role
from core.models import AuditEvent, User


@policy(User)
def accounts(user: User, permission: Permission) -> Q:
    """Administrators manage every account but the system's."""
    return ~Q(role=Role.SYSTEM) if permission == Permission.ACCOUNT_MANAGE else NOTHING


@policy(AuditEvent)
def audit_trail(user: User, permission: Permission) -> Q:
    """Administrators read the whole trail."""
    return EVERYTHING if permission == Permission.AUDIT_READ else NOTHING
