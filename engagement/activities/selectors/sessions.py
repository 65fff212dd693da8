"""Sessions that a user works on: those without a register, and those to come."""

from datetime import timedelta

from django.db.models import Exists, OuterRef

from core import access, clock
from core.models import User
from engagement.activities.choices import Source, Status
from engagement.activities.models import Attendance, Contribution, HeadCount, Session
from engagement.activities.permissions import Permission
from engagement.activities.policies import worked_on_by


def has_records(session: Session) -> bool:
    """Whether anything is recorded of a session: people, a head count, or what was said at it."""
    return any(
        of_it.filter(session=session).exists()
        for of_it in (Attendance.objects, HeadCount.objects, Contribution.objects)
    )


def took_place(session: Session) -> bool:
    """Whether a session is over and something is recorded of it."""
    return session.ends_at <= clock.now() and has_records(session)


def without_register(user: User, *, limit: int) -> list[Session]:
    """Sessions that are over and have nobody ticked and no head count, the oldest first."""
    over = access.rows(user, Permission.CONTRIBUTION_RECORD, Session).filter(
        ~Exists(Attendance.objects.filter(session=OuterRef("pk"))),
        ~Exists(HeadCount.objects.filter(session=OuterRef("pk"))),
        ends_at__lt=clock.now(),
        cancelled_reason="",
    )
    over = over.exclude(activity__status=Status.CANCELLED).exclude(activity__source=Source.STRATEGY)
    return list(over.select_related("activity").order_by("starts_at", "pk")[:limit])


def upcoming(user: User, *, limit: int, days: int = 14) -> list[Session]:
    """Sessions that start within so many days, the soonest first."""
    now = clock.now()
    ahead = Session.objects.going_ahead().filter(
        activity__in=worked_on_by(user), starts_at__range=(now, now + timedelta(days=days))
    )
    return list(
        ahead.exclude(activity__status=Status.CANCELLED)
        .select_related("activity")
        .order_by("starts_at", "pk")[:limit]
    )
