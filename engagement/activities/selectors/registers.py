"""Whom a register shows: those ticked, those likely to come, and those found by what was typed."""

from django.db.models import Exists, OuterRef, Prefetch, QuerySet

from core import access
from core.models import User
from engagement.activities.models import Activity, Attendance, Session
from engagement.activities.selectors.participants import who_took_part
from engagement.people.models import AccessNeed, Contact
from engagement.people.permissions import Permission
from engagement.people.selectors.contacts import found_by

#: People shown at once under “who came”; others are found by their name.
SHOWN = 50


def ticked(user: User, session: Session) -> QuerySet[Attendance]:
    """Who is on the register and may be seen, by name, with their needs."""
    return (
        Attendance.objects.filter(
            session=session,
            contact__in=access.rows(user, Permission.CONTACT_READ, Contact),
        )
        .select_related("contact__place")
        .prefetch_related(Prefetch("contact__access_needs", AccessNeed.objects.order_by("pk")))
        .order_by("contact__name", "pk")
    )


def likely_at(
    user: User, session: Session, name: str = "", *, with_ticked: bool = False
) -> list[Contact]:
    """As `likely`, each with `is_here`: ticked already. A name finds those too, else one asks."""
    here = Attendance.objects.filter(session=session, contact=OuterRef("pk"))
    people = _likely(user, session.activity, name).annotate(is_here=Exists(here))
    if not name and not with_ticked:
        people = people.filter(is_here=False)
    return list(people[:SHOWN])


def likely(user: User, activity: Activity, name: str = "") -> list[Contact]:
    """People who took part in an activity; with a name, whoever is known by it."""
    return list(_likely(user, activity, name)[:SHOWN])


def _likely(user: User, activity: Activity, name: str) -> QuerySet[Contact]:
    people = found_by(access.rows(user, Permission.CONTACT_READ, Contact), name)
    if not name:
        people = people.filter(pk__in=who_took_part(activity).values("pk"))
    return people.select_related("place").prefetch_related("access_needs")
