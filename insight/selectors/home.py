"""What a member of the staff owes, what is coming, and what changed because of their work."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Exists, F, Min, OuterRef, QuerySet

from core import access, clock
from core.choices import Permission
from core.models import User
from engagement.choices import DeliveryState, Source, Status
from engagement.models import Attendance, Delivery, HeadCount, Session
from engagement.policies import own
from insight.choices import ChangeStage, ReportState, SubmissionState
from insight.models import BoardReport, Change, Loop, Submission
from insight.selectors import loops, submissions

#: How many of one kind are looked at: more than anybody sees to in a day.
LIMIT = 50


@dataclass(frozen=True)
class Unsettled:
    """The deliveries of one loop that a person has to see to, and since when."""

    loop_id: int
    title: str
    number: int
    since: datetime


def loops_owed(user: User) -> list[Loop]:
    """Answers one's own activities owe, oldest first. Nobody owes what they may not write."""
    if not access.holds(user, Permission.FINDING_WRITE):
        return []
    return list(loops.owed_by(user)[:LIMIT])


def registers_not_taken(user: User) -> list[Session]:
    """Sessions of one's own activities that are over, with nobody ticked and no heads counted."""
    over = access.rows(user, Permission.CONTRIBUTION_RECORD, Session).filter(
        ~Exists(Attendance.objects.filter(session=OuterRef("pk"))),
        ~Exists(HeadCount.objects.filter(session=OuterRef("pk"))),
        ends_at__lt=clock.now(),
    )
    over = over.exclude(activity__status=Status.CANCELLED).exclude(activity__source=Source.STRATEGY)
    return list(over.select_related("activity").order_by("starts_at", "pk")[:LIMIT])


def sent_back(user: User) -> list[Submission]:
    """What a lead sent back and has not been sent again."""
    later = Submission.objects.filter(
        activity=OuterRef("activity"), kind=OuterRef("kind"), pk__gt=OuterRef("pk")
    )
    back = access.rows(user, Permission.FINDING_WRITE, Submission).filter(
        ~Exists(later), state=SubmissionState.SENT_BACK
    )
    return list(back.select_related("activity").order_by("settled_at", "pk")[:LIMIT])


def waiting_for_approval(user: User) -> list[Submission]:
    """For a lead: what others wait for."""
    return list(submissions.waiting(user)[:LIMIT])


def unsettled_deliveries(user: User) -> list[Unsettled]:
    """Deliveries of one's own activities in doubt, failed or to be told by hand, by loop."""
    rows = (
        access.rows(user, Permission.DELIVERY_SETTLE, Delivery)
        .filter(
            state__in=[DeliveryState.IN_DOUBT, DeliveryState.FAILED, DeliveryState.BY_HAND],
            notice__loop__isnull=False,
        )
        .order_by()
        .values_list("notice__loop__pk", "notice__activity__title")
        .annotate(number=Count("pk"), since=Min("made_at"))
        .order_by("since")[:LIMIT]
    )
    return [Unsettled(*row) for row in rows]


def reports_to_finish(user: User) -> list[BoardReport]:
    """For a secretary: reports still to be written or published, oldest first."""
    if not access.holds(user, Permission.REPORT_WRITE):
        return []
    reports = access.rows(user, Permission.REPORT_WRITE, BoardReport).exclude(
        state=ReportState.PUBLISHED
    )
    return list(reports.only("month", "state", "drafted_at").order_by("month")[:LIMIT])


def coming(user: User, *, days: int = 14) -> list[Session]:
    """Sessions of one's own activities in the days ahead."""
    now = clock.now()
    ahead = Session.objects.filter(
        activity__in=own(user), starts_at__range=(now, now + timedelta(days=days))
    )
    return list(
        ahead.exclude(activity__status=Status.CANCELLED)
        .select_related("activity")
        .order_by("starts_at", "pk")[:LIMIT]
    )


def changes_brought_about(user: User, *, number: int = 5) -> list[Change]:
    """The latest changes made because of one's own activities."""
    return list(_made().filter(activity__in=own(user))[:number])


def latest_changes(*, number: int = 5) -> list[Change]:
    """The latest changes made anywhere."""
    return list(_made()[:number])


def _made() -> QuerySet[Change]:
    made = Change.objects.filter(stage=ChangeStage.MADE).exclude(activity__status=Status.CANCELLED)
    return made.select_related("activity").order_by(F("made_on").desc(nulls_last=True), "-pk")
