"""Loops: due, overdue and answered, and how far their notices have been delivered."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Case, Count, Exists, OuterRef, Q, QuerySet, When

from core import access, clock
from core.models import Organisation, Place, User
from core.periods import quarter_of
from engagement.activities.choices import Status
from engagement.activities.models import Activity, Attendance, Contribution
from engagement.activities.policies import worked_on_by
from engagement.messaging.models import Delivery
from engagement.messaging.permissions import Permission as MessagingPermission
from engagement.people.models import Contact
from engagement.people.permissions import Permission as PeoplePermission
from insight.loop.choices import PublicationKind
from insight.loop.models import Loop, Publication
from insight.loop.permissions import Permission


def heard_in_quarter_without_loop(last: date) -> QuerySet[Activity]:
    """Activities that never end, where somebody was heard in the quarter ending on the day `last`
    and no loop of that quarter is due.
    """
    first, _ = quarter_of(last)
    came = Attendance.objects.filter(
        session__activity=OuterRef("pk"), session__starts_at__date__range=(first, last)
    )
    said = Contribution.objects.filter(activity=OuterRef("pk"), received_on__range=(first, last))
    owed = Loop.objects.filter(activity=OuterRef("pk"), heard_until=last)
    return Activity.objects.filter(
        Exists(came) | Exists(said), is_always_on=True, status=Status.OPEN
    ).exclude(Exists(owed))


def unanswered_for(user: User) -> QuerySet[Loop]:
    """Loops of the user's activities that are due and not answered, oldest first."""
    readable = access.rows(user, Permission.LOOP_READ, Loop)
    return (
        Loop.objects.unanswered()
        .filter(pk__in=readable, activity__in=worked_on_by(user))
        .select_related("activity__lead_organisation")
        .order_by("due_on", "pk")
    )


def ledger(
    user: User,
    *,
    state: str = "owed",
    place: Place | None = None,
    organisation: Organisation | None = None,
    is_mine: bool = False,
) -> QuerySet[Loop]:
    """Loops by the day they are due, overdue first.

    `state` is owed, late, answered, listening or all.
    """
    found = access.rows(user, Permission.LOOP_READ, Loop).exclude(activity__status=Status.CANCELLED)
    if state == "owed":
        found = found.filter(due_on__isnull=False, answered_on=None)
    elif state == "late":
        found = found.filter(due_on__lt=clock.today(), answered_on=None)
    elif state == "answered":
        found = found.filter(answered_on__isnull=False)
    elif state == "listening":
        found = found.filter(due_on=None)
    if place is not None:
        # An activity for the whole area is one in each of its places.
        found = found.filter(Q(activity__places=place) | Q(activity__is_area_wide=True))
    if organisation is not None:
        found = found.filter(activity__lead_organisation=organisation)
    if is_mine:
        found = found.filter(activity__in=worked_on_by(user))
    found = found.select_related("activity__lead_organisation").prefetch_related("activity__places")
    if state == "answered":
        return found.order_by("-answered_on", "-pk")
    # Those due first, then those still open, then the answered.
    rank = Case(When(answered_on__isnull=False, then=2), When(due_on=None, then=1), default=0)
    return found.order_by(rank, "due_on", "pk")


def has_answer(activity: Activity) -> bool:
    """Whether anything that came of the activity has been published."""
    return Publication.objects.filter(activity=activity, kind=PublicationKind.ANSWER).exists()


def may_reopen(activity: Activity) -> bool:
    """Whether it can be taken back that listening closed."""
    return activity.status == Status.LISTENING_CLOSED and not has_answer(activity)


def delivery_counts(loops: Iterable[Loop]) -> dict[int, dict[str, int]]:
    """For each loop with a notice, by its id, the number of deliveries in each state; one query."""
    notices = {loop.notice_id: loop.pk for loop in loops if loop.notice_id is not None}
    counts: dict[int, dict[str, int]] = {pk: {} for pk in notices.values()}
    rows = Delivery.objects.filter(message__in=notices).order_by().values_list("message", "state")
    for notice, state, number in rows.annotate(number=Count("pk")):
        counts[notices[notice]][state] = number
    return counts


def with_readable_deliveries(user: User, loops: Iterable[Loop]) -> set[int]:
    """The ids of those loops whose deliveries the user may read: of activities they work on."""
    pks = [loop.pk for loop in loops]
    return set(
        access.rows(user, MessagingPermission.DELIVERY_READ, Loop)
        .filter(pk__in=pks)
        .values_list("pk", flat=True)
    )


def deliveries(user: User, loop: Loop, *, state: str = "") -> QuerySet[Delivery]:
    """The deliveries of a loop's notice that the user may read; in one state, or all.

    Each with `is_seen`, whether the user may see whom it is for, and `may_be_settled`, whether the
    user may settle it once its state asks for that.
    """
    found = access.rows(user, MessagingPermission.DELIVERY_READ, Delivery).filter(
        message=loop.notice_id
    )
    if state:
        found = found.filter(state=state)
    seen = access.rows(user, PeoplePermission.CONTACT_READ, Contact)
    settled = access.rows(user, MessagingPermission.DELIVERY_SETTLE, Delivery)
    return (
        found.annotate(
            is_seen=Exists(seen.filter(pk=OuterRef("contact"))),
            may_be_settled=Exists(settled.filter(pk=OuterRef("pk"))),
        )
        .select_related("contact__organisation")
        .order_by("pk")
    )
