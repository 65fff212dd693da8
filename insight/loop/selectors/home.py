"""For the staff home: what a member of staff has to do, and the latest changes."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Exists, F, Min, OuterRef, QuerySet

from core import access
from core.models import User
from engagement.activities.choices import Status
from engagement.activities.policies import worked_on_by
from engagement.messaging.models import Delivery
from engagement.messaging.permissions import Permission as MessagingPermission
from insight.loop.choices import ChangeStage, SubmissionState
from insight.loop.models import Change, Loop, Submission
from insight.loop.permissions import Permission
from insight.loop.selectors import loops, submissions

#: The most of one kind that are listed: more than anybody does in a day.
LIMIT = 50


@dataclass(frozen=True)
class Unsettled:
    """The deliveries of one loop that somebody has to settle, and since when."""

    loop_id: int
    title: str
    number: int
    since: datetime


def unanswered_loops(user: User) -> list[Loop]:
    """Loops of the user's activities without an answer, oldest first; none for those who may not
    write one.
    """
    if not access.may(user, Permission.FINDING_WRITE):
        return []
    return list(loops.unanswered_for(user)[:LIMIT])


def sent_back(user: User) -> list[Submission]:
    """What a lead sent back and was not sent again since."""
    later = Submission.objects.filter(
        activity=OuterRef("activity"), kind=OuterRef("kind"), pk__gt=OuterRef("pk")
    )
    back = access.rows(user, Permission.FINDING_WRITE, Submission).filter(
        ~Exists(later), state=SubmissionState.SENT_BACK
    )
    return list(back.select_related("activity").order_by("settled_at", "pk")[:LIMIT])


def waiting_for_approval(user: User) -> list[Submission]:
    """For a lead: what was sent for approval."""
    return list(submissions.waiting(user)[:LIMIT])


def unsettled_deliveries(user: User) -> list[Unsettled]:
    """Deliveries of the user's activities in doubt, failed or to be told by hand, by loop."""
    rows = (
        Delivery.objects.unsettled()
        .filter(
            pk__in=access.rows(user, MessagingPermission.DELIVERY_SETTLE, Delivery).values("pk"),
            message__loop__isnull=False,
        )
        .order_by()
        .values_list("message__loop__pk", "message__loop__activity__title")
        .annotate(number=Count("pk"), since=Min("made_at"))
        .order_by("since")[:LIMIT]
    )
    return [Unsettled(*row) for row in rows]


def changes_brought_about(user: User, *, number: int = 5) -> list[Change]:
    """The latest changes made because of the user's activities."""
    return list(_made_changes().filter(activity__in=worked_on_by(user))[:number])


def latest_changes(*, number: int = 5) -> list[Change]:
    """The latest changes made anywhere."""
    return list(_made_changes()[:number])


def _made_changes() -> QuerySet[Change]:
    made = Change.objects.filter(stage=ChangeStage.MADE).exclude(activity__status=Status.CANCELLED)
    return made.select_related("activity").order_by(F("made_on").desc(nulls_last=True), "-pk")
