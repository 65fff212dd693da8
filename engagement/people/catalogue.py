"""Fields of persons and contacts, their agreements and their needs."""

from core import catalogue
from core.catalogue import Audience, Entry, Erasure, Handling, Personal, Retention, asked
from engagement.people.models import AccessNeed, Consent, Contact, Person, PersonDistinction

_PEOPLE = Handling(
    Retention.PEOPLE,
    seen_by=Audience.ORGANISATION,
    personal=Personal.PERSONAL,
    in_download=True,
)
_CLEARED = _PEOPLE.but(erasure=Erasure.CLEARED)
_COMPARED = _CLEARED.but(seen_by=Audience.NOBODY, in_download=False)

catalogue.register(
    Person,
    _PEOPLE.but(seen_by=Audience.NOBODY),
    catalogue.key(),
    catalogue.fixed("known_since", "Known since"),
)

catalogue.register(
    PersonDistinction,
    _PEOPLE.but(seen_by=Audience.NOBODY, erasure=Erasure.ROW_DELETED, in_download=False),
    catalogue.key(),
    catalogue.fixed("person_a", "One person"),
    catalogue.fixed("person_b", "Another with the same address or number"),
    catalogue.pair("decided", "Decided that they are two"),
)

catalogue.register(
    Contact,
    _PEOPLE,
    catalogue.key(),
    catalogue.fixed("person", "Person"),
    Entry("organisation", "Organisation", asked=asked("person"), shown="person"),
    Entry(
        "name",
        "Name to use",
        asked=asked("person"),
        shown="person",
        handling=_PEOPLE.but(erasure=Erasure.REPLACED),
    ),
    Entry("email", "Email address", asked=asked("person"), shown="person", handling=_CLEARED),
    Entry(
        "telephone", "Telephone number", asked=asked("person"), shown="person", handling=_CLEARED
    ),
    Entry("postal_address", "Address", asked=asked("person"), shown="person", handling=_CLEARED),
    Entry(
        "preferred_channel",
        "Best way to reach",
        asked=asked("person"),
        shown="person",
        handling=_CLEARED,
    ),
    Entry("capacity", "Takes part as", asked=asked("person"), shown="person"),
    Entry("place", "Place", asked=asked("person"), shown="person"),
    Entry("language", "Language", asked=asked("person"), shown="person", handling=_CLEARED),
    Entry("interests", "Interests", asked=asked("person"), shown="person", handling=_CLEARED),
    catalogue.fixed("added_at", "Added", shown="person"),
    # Made of the fields above, and cleared with them.
    Entry("email_key", "Email address to compare by", handling=_COMPARED),
    Entry("telephone_key", "Telephone number to compare by", handling=_COMPARED),
    Entry("search_text", "Words to search in", handling=_COMPARED),
)

catalogue.register(
    Consent,
    _PEOPLE,
    catalogue.key(),
    catalogue.fixed("contact", "Who agreed"),
    Entry("purpose", "What they agreed to", asked=asked("agreement"), shown="person"),
    catalogue.fixed("wording", "Words agreed to", shown="person"),
    catalogue.fixed("given_at", "Given", shown="person"),
    Entry("given_how", "How it was given", asked=asked("agreement"), shown="person"),
    catalogue.fixed("captured_by", "Recorded by", shown="person"),
    catalogue.fixed("withdrawn_at", "Withdrawn", shown="person"),
    Entry("withdrawn_how", "How it was withdrawn", asked=asked("agreement"), shown="person"),
)

catalogue.register(
    AccessNeed,
    _PEOPLE.but(personal=Personal.SPECIAL, erasure=Erasure.ROW_DELETED),
    catalogue.key(),
    catalogue.fixed("contact", "Who needs it"),
    Entry("category", "Category", asked=asked("need"), shown="person"),
    Entry("need", "What they need", asked=asked("need"), shown="person"),
    catalogue.fixed("recorded_at", "Recorded"),
)
