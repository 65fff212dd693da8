"""Policies of core: who may act on which accounts and read which audit events."""

from django.db.models import Q

from core.access import EVERYTHING, NOTHING, policy
from core.choices import Permission
from core.models import AuditEvent, SignInLinkRequest, User
from core.permissions import Permission as CorePermission


@policy(User)
def accounts(user: User, permission: Permission) -> Q:
    """Administrators manage every account."""
    return EVERYTHING if permission == CorePermission.ACCOUNT_MANAGE else NOTHING


@policy(SignInLinkRequest)
def sign_in_link_requests(user: User, permission: Permission) -> Q:
    """Nobody sees who asked for a sign-in link; the service sends it."""
    return NOTHING


@policy(AuditEvent)
def audit_trail(user: User, permission: Permission) -> Q:
    """Administrators read the whole trail."""
    return EVERYTHING if permission == CorePermission.AUDIT_READ else NOTHING
