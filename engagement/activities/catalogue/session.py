"""Fields of sessions."""

from core import catalogue
from core.catalogue import Audience, Entry, asked, published
from core.nhsuk import forms
from core.nhsuk.environment import plural
from core.published_fields import Kind
from engagement.activities.catalogue.handling import RECORD
from engagement.activities.models import Session

#: The section of the public pages whose fields are listed in the order of the catalogue.
SESSION_FACTS = "session"

catalogue.register(
    Session,
    RECORD,
    catalogue.key(exported=True),
    catalogue.fixed("activity", "Activity", shown="session heading", exported=True),
    Entry(
        "starts_at",
        "Starts",
        asked=asked(
            "session",
            forms.DateField,
            "Which day?",
            name="day",
            missing="Enter the day of the session",
        )
        + asked(
            "session",
            forms.TimeField,
            "Starts at",
            name="begins",
            missing="Enter the time it starts, like 6:30pm",
        ),
        shown="session heading",
        exported=True,
        published=published("session", kind=Kind.MOMENT),
    ),
    Entry(
        "ends_at",
        "Ends",
        asked=asked(
            "session",
            forms.TimeField,
            "Ends at",
            name="ends",
            missing="Enter the time it ends, like 8pm",
        ),
        shown="session heading",
        exported=True,
        published=published("session", kind=Kind.MOMENT),
    ),
    Entry(
        "venue",
        "Venue",
        asked=asked(
            "session",
            forms.TextField,
            hint="Give a venue, a link to join online, or both.",
            params={"autocomplete": "off", "optional": False},
        ),
        shown="session heading",
        exported=True,
        published=published("session", label="Venue", section=SESSION_FACTS),
    ),
    Entry(
        "link",
        "Link to join online",
        asked=asked(
            "session",
            forms.WebAddressField,
            hint="It begins with https://",
            params={"optional": False},
        ),
        shown="session",
        exported=True,
        published=published("session"),
    ),
    Entry(
        "capacity",
        "Room for",
        asked=asked(
            "session",
            forms.NumberField,
            "How many people can come?",
            min_value=1,
            max_value=100_000,
        ),
        shown="session",
        exported=True,
        published=published(
            "session",
            label="Room for",
            kind=Kind.NUMBER,
            section=SESSION_FACTS,
            wording=lambda number: plural(number, "person", "people"),
        ),
    ),
    Entry(
        "access_features",
        "Access",
        asked=asked(
            "session", forms.CheckboxesField, "What does it offer?", params={"small": True}
        ),
        shown="session",
        exported=True,
        published=published(
            "session",
            key="access",
            label="Access",
            kind=Kind.LIST,
            section=SESSION_FACTS,
            missing="Not recorded",
        ),
    ),
    Entry(
        "interpreters",
        "Interpreters",
        asked=asked("session", forms.TextField, "Interpreters booked"),
        shown="session",
        exported=True,
        published=published("session", label="Interpreters", section=SESSION_FACTS),
    ),
    Entry(
        "note",
        "Note for colleagues",
        asked=asked("session", forms.TextField),
        shown="session",
        handling=RECORD.replace(seen_by=Audience.TEAM),
    ),
    Entry(
        "cancelled_reason",
        "Cancelled because",
        asked=asked("cancel session", name="reason"),
        shown="session heading",
        exported=True,
        published=published("session", api_help="Why it does not take place. Empty where it does."),
    ),
)
