"""Activities as staff list them, and what one activity has."""

from dataclasses import dataclass

from django.contrib.postgres.search import SearchQuery
from django.db.models import Case, Count, OuterRef, Q, QuerySet, Subquery, Value, When

from core import access
from core.choices import Permission
from core.models import Place, User
from engagement.activities.choices import Status
from engagement.activities.models import Activity, Attendance, Session
from engagement.activities.permissions import Permission as ActivityPermission
from engagement.activities.policies import worked_on_by


@dataclass(frozen=True)
class ActivityFilter:
    """Which activities to list. Empty parts do not narrow the list.

    `is_own` keeps those the user works on; `words` are searched for in title, summary and purpose.
    """

    is_own: bool = False
    status: str = ""
    place: Place | None = None
    words: str = ""


def readable_by(user: User, only: ActivityFilter) -> QuerySet[Activity]:
    """The activities that a user may read and the filter keeps: their own first, then the newest.

    Each has `is_own`: whether the user works on it.
    """
    found = access.rows(user, ActivityPermission.ACTIVITY_READ, Activity)
    if only.is_own:
        found = found.filter(pk__in=worked_on_by(user))
    if only.status:
        found = found.filter(status=only.status)
    if only.place is not None:
        # An activity for the whole area is one in each of its places.
        found = found.filter(
            Q(pk__in=Activity.objects.filter(places=only.place).values("pk")) | Q(is_area_wide=True)
        )
    if only.words:
        found = found.filter(matching(only.words))
    return (
        found.annotate(
            is_own=Case(When(pk__in=worked_on_by(user), then=Value(True)), default=Value(False))
        )
        .select_related("lead_organisation", "collaborative")
        .prefetch_related("places")
        .order_by("-is_own", "-pk")
    )


def own_count(user: User, activities: QuerySet[Activity]) -> int:
    """How many of these activities the user works on."""
    return activities.filter(pk__in=worked_on_by(user)).count()


def matching(words: str) -> Q:
    """A condition for activities that these words find, or whose title has them as a part."""
    return Q(search=SearchQuery(words, config="english", search_type="websearch")) | Q(
        title__icontains=words
    )


def similar(user: User, title: str, limit: int = 5) -> list[Activity]:
    """Activities still planned or open that share a longer word with a title, the newest first."""
    words = [word for word in title.split() if len(word) > 3][:12]
    if not words:
        return []
    query = SearchQuery(words[0], config="english")
    for word in words[1:]:
        query |= SearchQuery(word, config="english")
    return list(
        access.rows(user, ActivityPermission.ACTIVITY_READ, Activity)
        .filter(search=query, status__in=[Status.PLANNED, Status.OPEN])
        .select_related("lead_organisation")
        .order_by("-pk")[:limit]
    )


def with_details(user: User, permission: Permission) -> QuerySet[Activity]:
    """Activities for which a user holds the permission, with the related rows their page shows."""
    return (
        access.rows(user, permission, Activity)
        .select_related("lead_organisation", "collaborative", "logged_by")
        .prefetch_related("places", "programmes", "languages", "partners", "outputs")
    )


def sessions_of(activity: Activity) -> QuerySet[Session]:
    """Its sessions by date, each with its head count and `attended`: how many are ticked."""
    attended = (
        Attendance.objects.filter(session=OuterRef("pk"))
        .order_by()
        .values("session")
        .annotate(n=Count("pk"))
        .values("n")
    )
    return (
        Session.objects.filter(activity=activity)
        .select_related("head_count")
        .annotate(attended=Subquery(attended))
    )
