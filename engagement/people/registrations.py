"""What the people wing adds to the menu and to a person's own page."""

from core.nhsuk import navigation
from engagement.people import presenters
from engagement.people.permissions import Permission
from engagement.people.slots import person_sections


def register() -> None:
    """Called once, when Django is ready."""
    navigation.register("staff", "People", "contact-list", order=30, needs=Permission.CONTACT_READ)
    person_sections.add(presenters.sections_of, order=10)
