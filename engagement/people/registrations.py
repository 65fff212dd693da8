"""What the people wing adds to the menu."""

from core.nhsuk import navigation
from engagement.people.permissions import Permission


def register() -> None:
    """Called once, when Django is ready."""
    navigation.register("staff", "People", "contact-list", order=30, needs=Permission.CONTACT_READ)
