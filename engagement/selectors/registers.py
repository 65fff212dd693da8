"""Whom a register shows: those ticked, those likely to come, and those found by name."""

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from core import access
from core.choices import Permission
from core.models import User
from engagement.models import AccessNeed, Activity, Attendance, Participant, Session
from engagement.selectors.participants import who_took_part

#: People shown at once under “who came”; others are found by their name.
SHOWN = 50


def ticked(user: User, session: Session) -> QuerySet[Attendance]:
    """Who is on the register and may be seen, by name, with their needs."""
    return (
        Attendance.objects.filter(
            session=session,
            participant__in=access.rows(user, Permission.PARTICIPANT_READ, Participant),
        )
        .select_related("participant")
        .prefetch_related(Prefetch("participant__access_needs", AccessNeed.objects.order_by("pk")))
        .order_by("participant__name", "pk")
    )


def likely_at(
    user: User, session: Session, name: str = "", *, with_ticked: bool = False
) -> list[Participant]:
    """As `likely`, each with `is_here`: ticked already. A name finds those too, else one asks."""
    here = Attendance.objects.filter(session=session, participant=OuterRef("pk"))
    people = _likely(user, session.activity, name).annotate(is_here=Exists(here))
    if not name and not with_ticked:
        people = people.filter(is_here=False)
    return list(people[:SHOWN])


def likely(user: User, activity: Activity, name: str = "") -> list[Participant]:
    """People who took part in an activity; with a name, whoever is known by it."""
    return list(_likely(user, activity, name)[:SHOWN])


def _likely(user: User, activity: Activity, name: str) -> QuerySet[Participant]:
    people = named(access.rows(user, Permission.PARTICIPANT_READ, Participant), name)
    if not name:
        people = people.filter(pk__in=who_took_part(activity).values("pk"))
    return people.prefetch_related("access_needs")


def named(people: QuerySet[Participant], name: str) -> QuerySet[Participant]:
    """Those with a name, or a part of it, that begins so."""
    for word in name.split():
        people = people.filter(Q(name__istartswith=word) | Q(name__icontains=f" {word}"))
    return people
