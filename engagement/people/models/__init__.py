"""Facts of people, and the rules the database keeps on them."""

from engagement.people.models.access_need import AccessNeed
from engagement.people.models.consent import Consent
from engagement.people.models.contact import Contact
from engagement.people.models.person import Person, PersonDistinction

__all__ = [
    "AccessNeed",
    "Consent",
    "Contact",
    "Person",
    "PersonDistinction",
]
