"""Lists of activities as staff ask for them, and what one activity holds."""

from dataclasses import dataclass

from django.contrib.postgres.search import SearchQuery
from django.db.models import Case, Count, OuterRef, Q, QuerySet, Subquery, Value, When

from core import access
from core.choices import Permission
from core.models import Place, User
from engagement.activities.choices import Status
from engagement.activities.models import Activity, Attendance, Contribution, Session
from engagement.activities.permissions import Permission as ActivityPermission
from engagement.activities.policies import worked_on_by


@dataclass(frozen=True)
class Wanted:
    """Which activities somebody asked for; empty parts ask for nothing."""

    mine: bool = False
    status: str = ""
    place: Place | None = None
    words: str = ""


def listed(user: User, wanted: Wanted) -> QuerySet[Activity]:
    """The activities a person may read and asked for: their own first, then the newest."""
    found = access.rows(user, ActivityPermission.ACTIVITY_READ, Activity)
    if wanted.mine:
        found = found.filter(pk__in=worked_on_by(user))
    if wanted.status:
        found = found.filter(status=wanted.status)
    if wanted.place is not None:
        # Something done across the whole area is done in each of its places.
        found = found.filter(
            Q(pk__in=Activity.objects.filter(places=wanted.place).values("pk"))
            | Q(is_area_wide=True)
        )
    if wanted.words:
        found = found.filter(matching(wanted.words))
    return (
        found.annotate(
            is_own=Case(When(pk__in=worked_on_by(user), then=Value(True)), default=Value(False))
        )
        .select_related("lead_organisation", "collaborative")
        .prefetch_related("places")
        .order_by("-is_own", "-pk")
    )


def own_among(user: User, found: QuerySet[Activity]) -> int:
    """How many of these activities are a person’s own."""
    return found.filter(pk__in=worked_on_by(user)).count()


def matching(words: str) -> Q:
    """Activities about these words, or with them as part of the title."""
    return Q(search=SearchQuery(words, config="english", search_type="websearch")) | Q(
        title__icontains=words
    )


def planned_alike(user: User, title: str, limit: int = 5) -> list[Activity]:
    """Activities still planned or open that share words with a title being typed."""
    asked = [word for word in title.split() if len(word) > 3][:12]
    if not asked:
        return []
    query = SearchQuery(asked[0], config="english")
    for word in asked[1:]:
        query |= SearchQuery(word, config="english")
    return list(
        access.rows(user, ActivityPermission.ACTIVITY_READ, Activity)
        .filter(search=query, status__in=[Status.PLANNED, Status.OPEN])
        .select_related("lead_organisation")
        .order_by("-pk")[:limit]
    )


def whole(user: User, permission: Permission) -> QuerySet[Activity]:
    """Activities with everything their page shows, as far as it is the activity's own."""
    return (
        access.rows(user, permission, Activity)
        .select_related("lead_organisation", "collaborative", "logged_by")
        .prefetch_related("places", "programmes", "languages", "partners", "outputs")
    )


def sessions_of(activity: Activity) -> QuerySet[Session]:
    """Its sessions by date, each with how many came (`came`) and the heads counted."""
    came = (
        Attendance.objects.filter(session=OuterRef("pk"))
        .order_by()
        .values("session")
        .annotate(n=Count("pk"))
        .values("n")
    )
    return (
        Session.objects.filter(activity=activity)
        .select_related("head_count")
        .annotate(came=Subquery(came))
    )


def said_at(activity: Activity) -> int:
    """How many contributions were recorded."""
    return Contribution.objects.filter(activity=activity).count()
