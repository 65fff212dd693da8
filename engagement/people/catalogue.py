"""Fields of persons and contacts, their agreements and their needs."""

from core import catalogue
from core.catalogue import Audience, Entry, Erasure, Handling, Personal, Retention, asked
from core.nhsuk import forms
from core.nhsuk.environment import in_day
from engagement.people.choices import CONSENT_WORDING, Capacity, ConsentManner
from engagement.people.models import AccessNeed, Consent, Contact, Person, PersonDistinction

#: What a person may be asked to agree to, with the words they agree to as a hint.
AGREEMENTS = [
    (purpose.value, purpose.label, f"“{words}”") for purpose, words in CONSENT_WORDING.items()
]

_PEOPLE = Handling(
    Retention.PEOPLE,
    seen_by=Audience.ORGANISATION,
    personal=Personal.PERSONAL,
    in_download=True,
)
_CLEARED = _PEOPLE.replace(erasure=Erasure.CLEARED)
_COMPARED = _CLEARED.replace(seen_by=Audience.NOBODY, in_download=False)
_NEED = _PEOPLE.replace(personal=Personal.SPECIAL, erasure=Erasure.ROW_DELETED)


def _whose(name: str, label: str, handling: Handling) -> Entry:
    """The row that says whom another is about: a download has it as a heading already."""
    return Entry(name, label, handling=handling.replace(in_download=False))


catalogue.register(
    Person,
    _PEOPLE.replace(seen_by=Audience.NOBODY),
    catalogue.key(),
    catalogue.fixed("known_since", "Added on"),
)

catalogue.register(
    PersonDistinction,
    _PEOPLE.replace(seen_by=Audience.NOBODY, erasure=Erasure.ROW_DELETED, in_download=False),
    catalogue.key(),
    catalogue.fixed("person_a", "One person"),
    catalogue.fixed("person_b", "Another with the same address or number"),
    catalogue.pair("decided", "Decided that they are two"),
)

catalogue.register(
    Contact,
    _PEOPLE,
    catalogue.key(),
    _whose("person", "Person", _PEOPLE),
    Entry(
        "name",
        "Name they like to be called",
        asked=asked(
            "person",
            forms.TextField,
            missing="Enter the name they like to be called",
            params={"autocomplete": "off"},
        ),
        shown="person",
        handling=_PEOPLE.replace(erasure=Erasure.REPLACED),
    ),
    Entry(
        "email",
        "Email address",
        asked=asked("person", forms.EmailField, autocomplete="off"),
        shown="person",
        handling=_CLEARED,
    ),
    Entry(
        "telephone",
        "Telephone number",
        asked=asked("person", forms.TelField, autocomplete="off"),
        shown="person",
        handling=_CLEARED,
    ),
    Entry(
        "postal_address",
        "Address",
        asked=asked("person", forms.TextareaField, rows=3, hint="Only if they want letters."),
        shown="person",
        handling=_CLEARED,
    ),
    Entry(
        "preferred_channel",
        "Best way to contact them",
        asked=asked(
            "person", forms.RadiosField, "Best way to contact them", params={"small": True}
        ),
        shown="person",
        handling=_CLEARED,
    ),
    Entry(
        "capacity",
        "Takes part as",
        asked=asked("person", forms.SelectField, "They take part as", initial=Capacity.RESIDENT),
        shown="person",
    ),
    Entry(
        "place",
        "Place",
        asked=asked("person", forms.RowField, empty="Not known"),
        shown="person",
    ),
    Entry(
        "language",
        "Language",
        asked=asked("person", forms.RowField, empty="Not known"),
        shown="person",
        handling=_CLEARED,
    ),
    Entry(
        "interests",
        "Interests",
        asked=asked("person", forms.LinesField, rows=3, hint="One on each line."),
        shown="person",
        handling=_CLEARED,
    ),
    Entry(
        "organisation",
        "Organisation",
        asked=asked("new person", forms.RowField, "Organisation"),
        shown="person",
    ),
    Entry("added_at", "Added", shown="person", wording=lambda contact: in_day(contact.added_at)),
    # Made of the fields above, and cleared with them.
    Entry("email_key", "Email address to compare by", handling=_COMPARED),
    Entry("telephone_key", "Telephone number to compare by", handling=_COMPARED),
    Entry("search_words", "Words to search in", handling=_COMPARED),
)

catalogue.register(
    Consent,
    _PEOPLE,
    catalogue.key(),
    _whose("contact", "Who agreed", _PEOPLE),
    Entry(
        "purpose",
        "What they agreed to",
        asked=asked(
            "agreement",
            forms.RadiosField,
            "What?",
            choices=AGREEMENTS,
            missing="Select what the person agreed to",
        )
        + asked(
            "withdrawal",
            forms.RadiosField,
            "What?",
            choices=AGREEMENTS,
            missing="Select what the person no longer agrees to",
        )
        + asked(
            "new person",
            forms.CheckboxesField,
            "They agreed",
            name="agreed_to",
            choices=AGREEMENTS,
            required=False,
            params={"optional": False},
        )
        + asked("register"),
        shown="agreement heading",
    ),
    catalogue.fixed("wording", "Words agreed to", shown="agreement heading"),
    Entry(
        "given_at",
        "Given",
        shown="agreement",
        wording=lambda consent: in_day(consent.given_at),
    ),
    Entry(
        "given_how",
        "How they agreed",
        asked=asked(
            "agreement",
            forms.SelectField,
            "How did they tell you?",
            name="how",
            missing="Select how they told you",
        )
        + asked(
            "new person",
            forms.RadiosField,
            "How did they agree?",
            name="agreed_how",
            initial=ConsentManner.IN_PERSON,
            params={"small": True},
        ),
        shown="agreement",
    ),
    catalogue.fixed("captured_by", "Recorded by", shown="agreement"),
    Entry(
        "withdrawn_at",
        "Withdrawn",
        shown="agreement",
        wording=lambda consent: in_day(consent.withdrawn_at, ""),
    ),
    Entry(
        "withdrawn_how",
        "How they withdrew it",
        asked=asked(
            "withdrawal",
            forms.SelectField,
            "How did they tell you?",
            name="how",
            required=True,
            missing="Select how they told you",
        ),
        shown="agreement",
    ),
)

catalogue.register(
    AccessNeed,
    _NEED,
    catalogue.key(),
    _whose("contact", "Who needs it", _NEED),
    Entry(
        "category",
        "Type of need",
        asked=asked("need", forms.SelectField, missing="Select the type of need"),
        shown="need",
    ),
    Entry(
        "need",
        "What they need",
        asked=asked(
            "need",
            forms.TextField,
            missing="Say what they need",
            hint="For example, large print or a hearing loop. Describe the need, not the "
            "diagnosis.",
        ),
        shown="need heading",
    ),
    catalogue.fixed("recorded_at", "Recorded"),
)
