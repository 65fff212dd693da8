"""Submissions: those that wait for a lead's approval, and those settled."""

from dataclasses import dataclass

from django.db.models import QuerySet

from core import access
from core.models import User
from engagement.activities.choices import Source
from engagement.activities.models import Activity
from insight.loop.choices import SubmissionState
from insight.loop.models import Submission
from insight.loop.permissions import Permission


@dataclass(frozen=True)
class Missing:
    """Something that an activity does not say yet, and the section and field that ask for it."""

    words: str
    section: str
    field: str


#: Nobody is told what happened, or asked to come, who cannot ask about it or ask to be left alone.
_WAYS_TO_ASK = (
    ("team_telephone", "team_email"),
    Missing("how to reach the team, by telephone or by email", "about", "team_telephone"),
)
#: Everything an invitation has to say: each in one of these fields, and what it is called.
_REQUIRED_TO_INVITE = (
    (("purpose",), Missing("what it is for", "influence", "purpose")),
    (
        ("scope_of_influence",),
        Missing("what can and cannot be influenced", "influence", "scope_of_influence"),
    ),
    (("start_earliest",), Missing("when it starts", "where-and-when", "start-day")),
    _WAYS_TO_ASK,
)
#: And an answer. Records taken from the strategy name no team.
_REQUIRED_TO_ANSWER = (_WAYS_TO_ASK,)

_Required = tuple[tuple[tuple[str, ...], Missing], ...]


def missing(activity: Activity) -> list[Missing]:
    """What an activity still has to say before people can be invited to take part."""
    return _missing(activity, _REQUIRED_TO_INVITE)


def missing_to_answer(activity: Activity) -> list[Missing]:
    """What an activity still has to say before people can be told what happened."""
    return [] if activity.source == Source.STRATEGY else _missing(activity, _REQUIRED_TO_ANSWER)


def _missing(activity: Activity, required: _Required) -> list[Missing]:
    return [part for names, part in required if not any(getattr(activity, name) for name in names)]


def for_approval(user: User) -> QuerySet[Submission]:
    """Every submission that this person may approve or may have approved."""
    return access.rows(user, Permission.PUBLICATION_APPROVE, Submission).select_related(
        "activity__lead_organisation", "submitted_by", "settled_by", "loop__notice"
    )


def waiting(user: User) -> QuerySet[Submission]:
    """What waits for this person, oldest first."""
    return for_approval(user).filter(state=SubmissionState.WAITING).order_by("submitted_at", "pk")


def settled(user: User) -> QuerySet[Submission]:
    """What was published or sent back, latest first."""
    return for_approval(user).exclude(state=SubmissionState.WAITING).order_by("-settled_at", "-pk")
