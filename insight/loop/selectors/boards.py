"""The findings board of one activity: its loops, their findings, and evidence not yet used."""

from dataclasses import dataclass

from django.db.models import Count, F, Prefetch, QuerySet

from core import access
from core.models import User
from engagement.activities.models import Activity, Contribution
from engagement.activities.permissions import Permission
from engagement.activities.selectors.participants import owed_an_answer
from engagement.messaging.selectors import audiences
from engagement.people.choices import ConsentPurpose
from insight.loop.choices import PublicationKind
from insight.loop.models import Finding, Loop, Submission
from insight.loop.selectors import content


@dataclass(frozen=True)
class Board:
    """The content of the board. `current_loop` is the loop to be answered next, if there is one."""

    loops: list[Loop]
    current_loop: Loop | None
    submission: Submission | None
    #: Whether what was published has changed since, and whether the notice has to be read again.
    is_changed_since: bool
    is_notice_outdated: bool


def findings() -> QuerySet[Finding]:
    """Findings with their decision, its changes and the number of contributions they rest on."""
    return (
        Finding.objects.select_related("decision")
        .annotate(evidence_count=Count("evidence"))
        .prefetch_related("decision__changes")
        .order_by("order", "pk")
    )


def board(activity: Activity) -> Board:
    """The board of an activity, newest loop first, with the latest answer sent for approval."""
    loops = list(
        Loop.objects.filter(activity=activity)
        .select_related("notice")
        .prefetch_related(Prefetch("findings", findings()))
        .order_by(F("heard_until").desc(nulls_first=True), "-pk")
    )
    owed = [loop for loop in loops if loop.heard_until is not None and loop.answered_on is None]
    listening = [loop for loop in loops if loop.heard_until is None]
    submission = (
        Submission.objects.filter(activity=activity, kind=PublicationKind.ANSWER)
        .select_related("submitted_by", "settled_by")
        .order_by("-pk")
        .first()
    )
    # The oldest unanswered one comes first: a new finding joins the same one.
    current = owed[-1] if owed else next(iter(listening or loops), None)
    published = content.current(activity, PublicationKind.ANSWER)
    return Board(
        loops,
        current,
        submission,
        is_changed_since=published is not None and not content.is_current(published),
        is_notice_outdated=current is not None and content.is_notice_outdated(current),
    )


def latest_opportunity(activity: Activity) -> Submission | None:
    """The latest call to take part that was sent for approval."""
    kind = PublicationKind.OPPORTUNITY
    return Submission.objects.filter(activity=activity, kind=kind).order_by("-pk").first()


def readable(user: User, activity: Activity) -> QuerySet[Contribution]:
    """Contributions to the activity that this person may read, without the unredacted words."""
    return (
        access.rows(user, Permission.CONTRIBUTION_READ, Contribution)
        .filter(activity=activity)
        .defer("words")
        .order_by("pk")
    )


def not_used(contributions: QuerySet[Contribution]) -> QuerySet[Contribution]:
    """Those that no finding rests on."""
    return contributions.filter(evidence=None)


def with_words(contributions: QuerySet[Contribution], words: str) -> QuerySet[Contribution]:
    """Those with every one of the words in them, used or not."""
    for word in words.split():
        contributions = contributions.filter(redacted__icontains=word)
    return contributions


def audience(loop: Loop) -> dict[str, int]:
    """How many people are told this loop's answer, by contact method, "" where none is recorded."""
    owed = owed_an_answer(loop.activity, first=loop.heard_from, last=loop.heard_until)
    return audiences.by_contact_method(owed, purpose=ConsentPurpose.TOLD_WHAT_CAME)
