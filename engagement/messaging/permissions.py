"""Permissions on messages and deliveries, and the roles that hold them."""

from core import access
from core.choices import Permission as BasePermission
from core.choices import Role


class Permission(BasePermission):
    """What may be done with messages. No role holds `DELIVERY_SEND`: the service sends."""

    MESSAGE_WRITE = "message.write"
    MESSAGE_APPROVE = "message.approve"
    DELIVERY_READ = "delivery.read"
    DELIVERY_SETTLE = "delivery.settle"
    DELIVERY_SEND = "delivery.send"


_TEAM = (Permission.MESSAGE_WRITE, Permission.DELIVERY_READ, Permission.DELIVERY_SETTLE)
access.register(
    Permission,
    roles={Role.OFFICER: _TEAM, Role.LEAD: [*_TEAM, Permission.MESSAGE_APPROVE]},
)
