"""Who took part, who is owed an answer, and what one person came to and said."""

from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from core import access
from core.actors import Actor
from engagement.activities.models import Activity, Attendance, Contribution
from engagement.activities.permissions import Permission
from engagement.people.choices import ConsentPurpose
from engagement.people.models import Consent, Contact, Person
from engagement.people.permissions import Permission as PeoplePermission


def who_took_part(
    activity: Activity, *, first: date | None = None, last: date | None = None
) -> QuerySet[Contact]:
    """Contacts with an attendance or a contribution at the activity.

    With `first` or `last`, only those from or up to that day; a contribution without a day counts.
    """
    attended = Attendance.objects.filter(contact=OuterRef("pk"), session__activity=activity)
    contributed = Contribution.objects.filter(contact=OuterRef("pk"), activity=activity)
    if first is not None:
        attended = attended.filter(session__starts_at__date__gte=first)
        contributed = contributed.filter(Q(received_on__gte=first) | Q(received_on=None))
    if last is not None:
        attended = attended.filter(session__starts_at__date__lte=last)
        contributed = contributed.filter(Q(received_on__lte=last) | Q(received_on=None))
    return Contact.objects.filter(Exists(attended) | Exists(contributed))


def owed_an_answer(
    activity: Activity, *, first: date | None = None, last: date | None = None
) -> QuerySet[Contact]:
    """Those who took part and agree to be told what came of it."""
    agreed = Consent.objects.standing().filter(
        contact=OuterRef("pk"), purpose=ConsentPurpose.TOLD_WHAT_CAME
    )
    return who_took_part(activity, first=first, last=last).filter(Exists(agreed))


def attendances_of(actor: Actor, person: Person) -> QuerySet[Attendance]:
    """What a person came to, in order. A member of staff sees that of activities they work on."""
    return (
        Attendance.objects.filter(
            _as_activities(actor, "session__activity"), contact__in=_contacts(actor, person)
        )
        .select_related("session__activity", "recorded_by")
        .order_by("session__starts_at", "pk")
    )


def contributions_of(actor: Actor, person: Person) -> QuerySet[Contribution]:
    """What a person said, in order. A member of staff sees that of activities they work on."""
    return (
        Contribution.objects.filter(
            _as_activities(actor, "activity"), contact__in=_contacts(actor, person)
        )
        .select_related("activity", "session__activity", "recorded_by")
        .order_by("recorded_at", "pk")
    )


def _contacts(actor: Actor, person: Person) -> QuerySet[Contact]:
    return access.rows(actor, PeoplePermission.CONTACT_READ, Contact).filter(person=person)


def _as_activities(actor: Actor, path: str) -> Q:
    """No more than the person’s contacts already allow, unless a member of staff asks."""
    if actor.user is None:
        return Q()
    return Q(**{f"{path}__in": access.rows(actor, Permission.CONTRIBUTION_RECORD, Activity)})
