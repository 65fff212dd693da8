"""People on a register: those ticked, and those who may be, by earlier attendance or by name."""

from django.db.models import Exists, OuterRef, Prefetch, QuerySet

from core import access
from core.models import User
from engagement.activities.models import Activity, Attendance, Session
from engagement.activities.selectors.participants import who_took_part
from engagement.people.models import AccessNeed, Contact
from engagement.people.permissions import Permission
from engagement.people.selectors.contacts import found_by

#: The most people that a list of candidates has; others are found by a longer name.
MAX_SHOWN = 50


def ticked(user: User, session: Session) -> QuerySet[Attendance]:
    """Attendances of contacts that a user may see, by name, with their access needs."""
    return (
        Attendance.objects.filter(
            session=session,
            contact__in=access.rows(user, Permission.CONTACT_READ, Contact),
        )
        .select_related("contact__place")
        .prefetch_related(Prefetch("contact__access_needs", AccessNeed.objects.order_by("pk")))
        .order_by("contact__name", "pk")
    )


def number_ticked(user: User, session: Session) -> int:
    """How many different people that a user may see are ticked."""
    return ticked(user, session).order_by().values("person").distinct().count()


def ticked_elsewhere(user: User, session: Session) -> int:
    """How many more ticks there are of people whom the user may not see. They are counted without
    asking whether one is a person the user ticked too: that would show who is known elsewhere.
    """
    seen = access.rows(user, Permission.CONTACT_READ, Contact)
    return Attendance.objects.filter(session=session).exclude(contact__in=seen).count()


def candidates_at(
    user: User, session: Session, name: str = "", *, with_ticked: bool = False
) -> list[Contact]:
    """As `candidates`, each with their access needs and with `is_here`: ticked already.

    Without a name, those ticked are left out unless `with_ticked`.
    """
    attendance = Attendance.objects.filter(session=session, contact=OuterRef("pk"))
    people = _candidates(user, session.activity, name).annotate(is_here=Exists(attendance))
    people = people.prefetch_related("access_needs")
    if not name and not with_ticked:
        people = people.filter(is_here=False)
    return list(people[:MAX_SHOWN])


def candidates(user: User, activity: Activity, name: str = "") -> list[Contact]:
    """Those who took part in the activity; with a name, all whom it finds. Only people the user may
    see.
    """
    return list(_candidates(user, activity, name)[:MAX_SHOWN])


def _candidates(user: User, activity: Activity, name: str) -> QuerySet[Contact]:
    people = found_by(access.rows(user, Permission.CONTACT_READ, Contact), name)
    if not name:
        people = people.filter(pk__in=who_took_part(activity).values("pk"))
    return people.select_related("place")
