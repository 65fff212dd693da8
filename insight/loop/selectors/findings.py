"""Findings across activities, for everybody on the staff who reads them."""

from django.db.models import Q, QuerySet

from core import access
from core.models import Place, User
from engagement.activities.choices import Status
from insight.loop.models import Finding
from insight.loop.permissions import Permission


def search(
    user: User,
    *,
    words: str = "",
    place: Place | None = None,
    decision: str = "",
    is_undecided: bool = False,
) -> QuerySet[Finding]:
    """Findings of activities that go on or went ahead, newest first.

    `decision` is a kind of decision; `is_undecided` asks for those with none recorded at all.
    """
    found = access.rows(user, Permission.FINDING_READ, Finding).exclude(
        activity__status=Status.CANCELLED
    )
    for word in words.split():
        found = found.filter(Q(sentence__icontains=word) | Q(activity__title__icontains=word))
    if place is not None:
        # An activity for the whole area is one in each of its places.
        found = found.filter(Q(activity__places=place) | Q(activity__is_area_wide=True))
    if is_undecided:
        found = found.filter(decision=None)
    elif decision:
        found = found.filter(decision__kind=decision)
    return (
        found.select_related("decision", "activity__lead_organisation", "loop")
        .prefetch_related("activity__places", "decision__changes")
        .order_by("-pk")
    )
