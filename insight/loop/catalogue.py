"""Fields of loops, findings, decisions, changes and publications."""

from core import catalogue
from core.catalogue import Entry, Handling, Retention, asked, published
from insight.loop.models import Change, Decision, Evidence, Finding, Loop, Publication, Submission

_LOOP = Handling(Retention.ACTIVITIES)
_PUBLISHED = Handling(Retention.PUBLISHED)

catalogue.register(
    Loop,
    _LOOP,
    catalogue.key(),
    catalogue.fixed("activity", "Activity", shown="loop"),
    catalogue.fixed("notice", "Notice", shown="loop"),
    catalogue.fixed("notice_of", "Fingerprint of what the notice tells"),
    catalogue.fixed("heard_from", "Heard from", shown="loop"),
    Entry(
        "heard_until",
        "Listening closed",
        asked=asked("close listening"),
        shown="loop",
        published=published("finding"),
    ),
    catalogue.fixed("due_on", "Answer due", shown="loop"),
    catalogue.fixed("answered_on", "First published", shown="loop"),
    catalogue.fixed("opened_at", "Opened"),
)
catalogue.register(
    Finding,
    _LOOP,
    catalogue.key(),
    catalogue.fixed("activity", "Activity", shown="findings board"),
    catalogue.fixed("loop", "Loop"),
    Entry(
        "sentence",
        "You said",
        asked=asked("finding"),
        shown="findings board",
        published=published("finding"),
    ),
    Entry(
        "contributions",
        "Evidence",
        asked=asked("finding"),
        shown="findings board",
    ),
    catalogue.fixed("order", "Place in lists"),
    catalogue.pair("written", "Written"),
)
catalogue.register(
    Evidence,
    _LOOP,
    catalogue.key(),
    catalogue.fixed("finding", "Finding"),
    catalogue.fixed("contribution", "Contribution", shown="findings board"),
)
catalogue.register(
    Decision,
    _LOOP,
    catalogue.key(),
    catalogue.fixed("finding", "Finding", shown="findings board"),
    Entry(
        "kind",
        "What was decided",
        asked=asked("decision"),
        shown="findings board",
        published=published("decision"),
    ),
    Entry(
        "reason",
        "The reason",
        asked=asked("decision"),
        shown="findings board",
        published=published("decision"),
    ),
    Entry(
        "body",
        "Who decided",
        asked=asked("decision"),
        shown="findings board",
        published=published("decision"),
    ),
    Entry(
        "decided_on",
        "Decided on",
        asked=asked("decision"),
        shown="findings board",
        published=published("decision"),
    ),
    Entry(
        "look_again_on",
        "Looked at again on",
        asked=asked("decision"),
        shown="findings board",
        published=published("decision"),
    ),
    catalogue.pair("recorded", "Recorded"),
)
catalogue.register(
    Change,
    _LOOP,
    catalogue.key(),
    catalogue.fixed("activity", "Activity", shown="findings board"),
    catalogue.fixed("decision", "Decision", shown="findings board"),
    Entry(
        "what",
        "We did",
        asked=asked("change"),
        shown="findings board",
        published=published("change"),
    ),
    Entry(
        "stage",
        "Status",
        asked=asked("change"),
        shown="findings board",
        published=published("change"),
    ),
    Entry(
        "impact",
        "What it improves",
        asked=asked("change"),
        shown="findings board",
        published=published("change"),
    ),
    Entry("evidence", "How we know", asked=asked("change"), shown="findings board"),
    Entry(
        "made_on",
        "Done on",
        asked=asked("change"),
        shown="findings board",
        published=published("change"),
    ),
    catalogue.pair("recorded", "Recorded"),
)
catalogue.register(
    Submission,
    _LOOP,
    catalogue.key(),
    catalogue.fixed("activity", "Activity", shown="approval"),
    catalogue.fixed("loop", "Loop", shown="approval"),
    catalogue.fixed("kind", "Kind of page", shown="approval"),
    catalogue.fixed("state", "Status", shown="findings board"),
    Entry("note", "Note to the officer", asked=asked("send back"), shown="findings board"),
    catalogue.pair("submitted", "Sent for approval", shown="approval"),
    catalogue.pair("settled", "Settled"),
)
catalogue.register(
    Publication,
    _PUBLISHED,
    catalogue.key(),
    catalogue.fixed("activity", "Activity"),
    catalogue.fixed("loop", "Loop"),
    catalogue.fixed("submission", "Submission"),
    catalogue.fixed("kind", "Kind of page"),
    catalogue.fixed("slug", "Name in addresses"),
    Entry("number", "Version", published=published("page", key="version_number")),
    Entry("content", "The words and numbers of the page", published=published("page")),
    catalogue.fixed("place_keys", "Places it can be found by"),
    catalogue.fixed("programme_keys", "Programmes it can be found by"),
    catalogue.fixed("outcomes", "Outcomes it can be found by"),
    catalogue.fixed("finding_outcomes", "Outcomes each of its findings can be found by"),
    Entry("closes_on", "Last day to take part", published=published("page")),
    catalogue.pair("published", "Published"),
    catalogue.fixed("superseded_at", "Replaced by a later version"),
)
