"""The pages published of an activity: every field of each, declared once, and how they are read.

What is published of an activity and of a session stands in the catalogue; the rest is declared
here. A new published field is one line in either. The page's frozen words, the defaults that
complete words published before it, the API's serializer, its line on the public page and what an
approver is told has changed are all made from that line.
"""

from collections.abc import Iterable
from typing import Any

from core import catalogue, clock, disclosure
from core.frozen import FrozenType
from core.periods import in_words
from core.published_fields import Default, Kind, PublishedField, PublishedGroup, Words
from engagement.activities.catalogue.activity import HELP
from engagement.activities.catalogue.session import SESSION_FACTS
from engagement.activities.choices import Source
from engagement.activities.models import Activity, Session
from insight.loop.choices import ChangeStage, DecisionKind, PublicationKind
from insight.loop.models import Change, Decision, Publication

SESSION = PublishedGroup(
    "Session",
    (
        *catalogue.published_fields(Session, "session"),
        # By it a page knows of a session that was cancelled after the page was published.
        PublishedField("number", kind=Kind.NUMBER, value=lambda row: row.pk, is_in_api=False),
    ),
)

CHANGE = PublishedGroup(
    "Change",
    (
        PublishedField("what"),
        PublishedField("stage", default=Default.REQUIRED),
        PublishedField("stage_label", value=lambda change: ChangeStage(change.stage).label),
        PublishedField(
            "impact", value=lambda change: change.get_impact_display() if change.impact else ""
        ),
        PublishedField(
            "made_on",
            value=lambda change: in_words(change.made_on) if change.made_on else "",
            api_help="In words.",
        ),
        # By it a report knows a change again that was published in other words since.
        PublishedField("number", kind=Kind.NUMBER, value=lambda change: change.pk, is_in_api=False),
    ),
)

DECISION = PublishedGroup(
    "Decision",
    (
        PublishedField("kind", default=Default.REQUIRED),
        PublishedField("label", value=lambda decision: DecisionKind(decision.kind).label),
        PublishedField("reason"),
        PublishedField("body", api_help="Who decided."),
        PublishedField(
            "decided_on",
            value=lambda decision: in_words(decision.decided_on) if decision.decided_on else "",
            api_help="In words.",
        ),
        PublishedField(
            "look_again_on",
            value=lambda decision: (
                in_words(decision.look_again_on) if decision.look_again_on else ""
            ),
            api_help="In words.",
        ),
    ),
)

FINDING = PublishedGroup(
    "PublishedFinding",
    (
        PublishedField("sentence", api_help="You said."),
        PublishedField(
            "evidence",
            kind=Kind.NUMBER,
            value=lambda finding: len(finding.evidence.all()),
            default=0,
            is_in_api=False,
        ),
        PublishedField(
            "heard_until",
            value=lambda finding: (
                in_words(finding.loop.heard_until) if finding.loop.heard_until else ""
            ),
            is_in_api=False,
        ),
        PublishedField(
            "decision",
            kind=Kind.GROUP,
            group=DECISION,
            value=lambda finding: getattr(finding, "decision", None),
            default=None,
        ),
        PublishedField(
            "changes",
            kind=Kind.GROUPS,
            group=CHANGE,
            value=lambda finding: (
                finding.decision.changes.all() if hasattr(finding, "decision") else []
            ),
        ),
    ),
)

WHO = PublishedGroup(
    "WhoTookPart",
    (
        PublishedField("people"),
        PublishedField("heads"),
        PublishedField("heads_are_estimated", kind=Kind.FLAG),
        PublishedField("contributions"),
    ),
)

OUTPUT = PublishedGroup(
    "ReportedFigure",
    (PublishedField("what"), PublishedField("count", value=lambda output: output.in_words)),
)

#: What every page says of its activity.
ABOUT = PublishedGroup(
    "About",
    (
        *catalogue.published_fields(Activity, "about"),
        PublishedField(
            "source_words",
            value=lambda activity: (
                "" if activity.source == Source.STAFF else Source(activity.source).label
            ),
            api_key="source",
            api_help="Empty where staff logged it.",
        ),
    ),
)

#: What the invitation says besides.
INVITATION = PublishedGroup(
    "Invitation",
    (
        PublishedField(
            "sessions",
            "Sessions",
            Kind.GROUPS,
            group=SESSION,
            value=lambda activity: activity.sessions.filter(ends_at__gte=clock.now()),
        ),
        *catalogue.published_fields(Activity, "invitation"),
    ),
)

#: What the answer says besides. See `selectors.content.Outcome`.
OUTCOME = PublishedGroup(
    "Outcome",
    (
        PublishedField("who", "Who took part", Kind.GROUP, group=WHO),
        PublishedField("outputs", "Figures as reported", Kind.GROUPS, group=OUTPUT),
        PublishedField(
            "findings",
            "What you said, and what was decided and done",
            Kind.GROUPS,
            group=FINDING,
        ),
        PublishedField("changes", "What was done", Kind.GROUPS, group=CHANGE),
    ),
)

#: Every field of each kind of page.
PAGES = {
    PublicationKind.OPPORTUNITY.value: PublishedGroup(
        "OpportunityPage", ABOUT.fields + INVITATION.fields
    ),
    PublicationKind.ANSWER.value: PublishedGroup("AnswerPage", ABOUT.fields + OUTCOME.fields),
}

OPPORTUNITY = FrozenType("opportunity", schema=1, fields=PAGES["opportunity"])
ANSWER = FrozenType("answer", schema=1, fields=PAGES["answer"])

#: How a number says that there is nothing to count, or is not recorded.
_NONE = ("", disclosure.plain(0).words)

TYPES = {frozen_type.name: frozen_type for frozen_type in (OPPORTUNITY, ANSWER)}


def read(publication: Publication) -> Words:
    """The words of a published page, brought up to date."""
    return TYPES[publication.kind].read(publication.content)


def of_activities(activities: Iterable[int]) -> dict[int, Words]:
    """The words that the public reads of each activity: its answer, or else its invitation. One
    without a public page is left out.
    """
    rows = (
        Publication.objects.public()
        .filter(activity__in=list(activities))
        .order_by("activity_id", "kind")
        .distinct("activity_id")
        .only("activity", "kind", "content")
    )
    return {row.activity_id: read(row) for row in rows}


def place_names(words: Words) -> str:
    """Where the activity of a page is, in one line."""
    return ", ".join(place["name"] for place in words["places"]) or "North east London"


def changed(before: Words, after: Words) -> list[str]:
    """The labels of what differs between two versions of a page, for the approver."""
    return _fields(after).changed(before, after)


def as_read(row: Decision | Change) -> Words:
    """The words that are published of a decision or a change, for a page of staff."""
    return (DECISION if isinstance(row, Decision) else CHANGE).freeze(row)


def display(words: Words) -> dict[str, Any]:
    """The context of the templates in `loop/published`: the words, and the facts by section."""
    return {
        "page": words,
        "help_facts": _fields(words).facts(words, HELP),
        "session_facts": [SESSION.facts(one, SESSION_FACTS) for one in words.get("sessions", [])],
        **(_numbers(words["who"], words["findings"]) if "who" in words else {}),
    }


def _numbers(who: Words, findings: Iterable[Words]) -> dict[str, Any]:
    """The numbers of an answer: those who took part, each but nought, whether somebody may be in
    two of them; how many comments each finding rests on; and whether any is a small number that is
    not shown.
    """
    based_on = [disclosure.protect_one(finding["evidence"]).words for finding in findings]
    estimated = ", some of them estimated" if who["heads_are_estimated"] else ""
    facts = [
        (label, who[name] + (estimated if name == "heads" else ""))
        for name, label in (
            ("people", "People who gave us a name"),
            ("heads", "Others counted in the room"),
            ("contributions", "Comments"),
        )
        if who[name] not in _NONE
    ]
    return {
        "who_facts": facts,
        "may_be_counted_twice": who["people"] not in _NONE and who["heads"] not in _NONE,
        "based_on": ["" if words in _NONE else words for words in based_on],
        "has_small_numbers": disclosure.FEWER in (*who.values(), *based_on),
    }


def _fields(words: Words) -> PublishedGroup:
    return PAGES[words["type"]]
