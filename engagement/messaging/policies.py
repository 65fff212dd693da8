"""Who may see and change messages and deliveries: whoever may do so to what they are about."""

from django.db.models import Q

from core import access
from core.access import NOTHING, policy
from core.choices import Permission
from core.models import User
from engagement.messaging import subjects
from engagement.messaging.models import Delivery, Message


@policy(Message)
def messages(user: User, permission: Permission) -> Q:
    """Those about rows to which one may do the same."""
    return _about(user, permission, "")


@policy(Delivery)
def deliveries(user: User, permission: Permission) -> Q:
    """As the message."""
    return _about(user, permission, "message__")


def _about(user: User, permission: Permission, path: str) -> Q:
    """Messages about rows to which one may do this, of whatever kind; `path` leads to them."""
    found = NOTHING
    for subject in subjects.registered():
        rows = access.rows(user, permission, subject.model).order_by().values("pk")
        found |= Q(**{f"{path}about_kind": subject.kind, f"{path}about_id__in": rows})
    return found
