"""Whom a register shows: those ticked, those likely to come, and those found by name."""

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from core import access
from core.choices import Permission
from core.models import User
from engagement.models import AccessNeed, Activity, Attendance, Contact, Session
from engagement.selectors.participants import who_took_part

#: People shown at once under “who came”; others are found by their name.
SHOWN = 50


def ticked(user: User, session: Session) -> QuerySet[Attendance]:
    """Who is on the register and may be seen, by name, with their needs."""
    return (
        Attendance.objects.filter(
            session=session,
            contact__in=access.rows(user, Permission.CONTACT_READ, Contact),
        )
        .select_related("contact")
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
    people = named(access.rows(user, Permission.CONTACT_READ, Contact), name)
    if not name:
        people = people.filter(pk__in=who_took_part(activity).values("pk"))
    return people.prefetch_related("access_needs")


def named(people: QuerySet[Contact], name: str) -> QuerySet[Contact]:
    """Those with a name, or a part of it, that begins so."""
    for word in name.split():
        people = people.filter(Q(name__istartswith=word) | Q(name__icontains=f" {word}"))
    return people
