"""Fields of contributions."""

from core import catalogue
from core.catalogue import Audience, Entry, Erasure, Handling, Personal, Retention, asked
from engagement.activities.models import Contribution

_CONTRIBUTION = Handling(
    Retention.CONTRIBUTIONS, seen_by=Audience.TEAM, personal=Personal.PERSONAL, in_download=True
)

catalogue.register(
    Contribution,
    _CONTRIBUTION,
    catalogue.key(),
    Entry("activity", "Activity", shown="contributions"),
    Entry("session", "Session", asked=asked("contribution"), shown="contributions"),
    Entry(
        "contact",
        "Who said it",
        asked=asked("contribution"),
        shown="contributions",
        handling=_CONTRIBUTION.replace(seen_by=Audience.ORGANISATION, in_download=False),
    ),
    Entry(
        "words",
        "Words as they were said",
        asked=asked("contribution"),
        shown="contributions",
        handling=_CONTRIBUTION.replace(
            seen_by=Audience.RECORDER, personal=Personal.SPECIAL, erasure=Erasure.REPLACED
        ),
    ),
    Entry(
        "redacted",
        "Words without personal details",
        asked=asked("redaction"),
        shown="contributions",
        handling=_CONTRIBUTION.replace(erasure=Erasure.REPLACED),
    ),
    catalogue.fixed(
        "is_redaction_checked", "A person has checked the redaction", shown="contributions"
    ),
    Entry("is_group", "Said by a group", asked=asked("contribution"), shown="contributions"),
    Entry("how_it_came", "How it came", asked=asked("contribution"), shown="contributions"),
    Entry("received_on", "Received on", asked=asked("contribution"), shown="contributions"),
    catalogue.pair("recorded", "Recorded"),
)
