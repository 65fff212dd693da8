"""Submissions: those that wait for a lead's approval, and those settled."""

from django.db.models import QuerySet

from core import access
from core.models import User
from insight.loop.choices import SubmissionState
from insight.loop.models import Submission
from insight.loop.permissions import Permission


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
