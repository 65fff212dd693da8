"""The permissions of core, and which roles hold them."""

from core import access
from core.choices import Permission as BasePermission
from core.choices import Role


class Permission(BasePermission):
    """Permissions for accounts, the audit trail and reference facts."""

    ACCOUNT_MANAGE = "account.manage"
    AUDIT_READ = "audit.read"
    FACTS_LOAD = "facts.load"


access.register(Permission, roles={Role.ADMINISTRATOR: Permission})
