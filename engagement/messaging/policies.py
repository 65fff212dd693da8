"""Who may see and change messages and deliveries: those who may do so with what they are about. To
settle a delivery they also have to see whom it is for.
"""

from django.db.models import Q

from core import access
from core.access import NOTHING, policy
from core.choices import Permission
from core.models import User
from engagement.messaging import subjects
from engagement.messaging.models import Delivery, Message
from engagement.messaging.permissions import Permission as MessagingPermission
from engagement.people.models import Contact
from engagement.people.permissions import Permission as PeoplePermission


@policy(Message)
def messages(user: User, permission: Permission) -> Q:
    """Messages about rows for which the user holds the permission."""
    return _about(user, permission, "")


@policy(Delivery)
def deliveries(user: User, permission: Permission) -> Q:
    """Deliveries of those messages; settling one takes reading how to reach the person."""
    about = _about(user, permission, "message__")
    if permission == MessagingPermission.DELIVERY_SETTLE:
        about &= Q(contact__in=access.rows(user, PeoplePermission.CONTACT_READ, Contact))
    return about


def _about(user: User, permission: Permission, path: str) -> Q:
    """Rows whose message is about a row of any kind for which the user holds the permission.

    `path` is the look-up from the row to its message, empty for the message itself.
    """
    condition = NOTHING
    for subject in subjects.registered():
        rows = access.rows(user, permission, subject.model).order_by().values("pk")
        condition |= Q(**{f"{path}about_kind": subject.kind, f"{path}about_id__in": rows})
    return condition
