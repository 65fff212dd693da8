"""Who may see and change messages and deliveries: those who may do so with what they are about."""

from django.db.models import Q

from core import access
from core.access import NOTHING, policy
from core.choices import Permission
from core.models import User
from engagement.messaging import subjects
from engagement.messaging.models import Delivery, Message


@policy(Message)
def messages(user: User, permission: Permission) -> Q:
    """Messages about rows for which the user holds the permission."""
    return _about(user, permission, "")


@policy(Delivery)
def deliveries(user: User, permission: Permission) -> Q:
    """Deliveries of those messages."""
    return _about(user, permission, "message__")


def _about(user: User, permission: Permission, path: str) -> Q:
    """Rows whose message is about a row of any kind for which the user holds the permission.

    `path` is the look-up from the row to its message, empty for the message itself.
    """
    condition = NOTHING
    for subject in subjects.registered():
        rows = access.rows(user, permission, subject.model).order_by().values("pk")
        condition |= Q(**{f"{path}about_kind": subject.kind, f"{path}about_id__in": rows})
    return condition
