"""What may be done with people, which roles may, and what links to residents permit."""

from core import access
from core.choices import Permission as BasePermission
from core.choices import Role


class Permission(BasePermission):
    """What may be done with contacts and what they agreed to."""

    CONTACT_READ = "contact.read"
    CONTACT_CHANGE = "contact.change"
    CONSENT_WITHDRAW = "consent.withdraw"


#: Purpose of the link by which somebody withdraws what they agreed to.
WITHDRAW_CONSENT = "withdraw a consent"
#: Purpose of the link by which somebody reads and downloads what is held of them.
READ_OWN_RECORD = "read what is held of them"

access.register(Permission, roles={Role.OFFICER: Permission, Role.LEAD: Permission})
access.register_link(WITHDRAW_CONSENT, [Permission.CONSENT_WITHDRAW])
access.register_link(READ_OWN_RECORD, [Permission.CONTACT_READ])
