"""Reads staff accounts."""

from django.db.models import Q, QuerySet

from core import access
from core.models import User
from core.permissions import Permission


def search(user: User, *, words: str = "", role: str = "") -> QuerySet[User]:
    """The accounts that this person may manage and that match, by name."""
    found = access.rows(user, Permission.ACCOUNT_MANAGE, User)
    for word in words.split():
        found = found.filter(Q(name__icontains=word) | Q(email__icontains=word))
    if role:
        found = found.filter(role=role)
    return found.select_related("organisation", "place").order_by("name", "pk")
