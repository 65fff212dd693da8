"""What may be done with messages and deliveries, and which roles may."""

from core import access
from core.choices import Permission as BasePermission
from core.choices import Role


class Permission(BasePermission):
    """What may be done with messages. No role sends deliveries: the service does."""

    MESSAGE_WRITE = "message.write"
    MESSAGE_APPROVE = "message.approve"
    DELIVERY_READ = "delivery.read"
    DELIVERY_SETTLE = "delivery.settle"
    DELIVERY_SEND = "delivery.send"


_WORKING = (Permission.MESSAGE_WRITE, Permission.DELIVERY_READ, Permission.DELIVERY_SETTLE)
access.register(
    Permission,
    roles={Role.OFFICER: _WORKING, Role.LEAD: [*_WORKING, Permission.MESSAGE_APPROVE]},
)
