"""Who took part, and who of them is owed an answer."""

from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from engagement.activities.models import Activity, Attendance, Contribution
from engagement.people.choices import ConsentPurpose
from engagement.people.models import Consent, Contact


def who_took_part(
    activity: Activity, *, first: date | None = None, last: date | None = None
) -> QuerySet[Contact]:
    """Different named people with an attendance or a contribution at the activity, within the days
    given.
    """
    came = Attendance.objects.filter(contact=OuterRef("pk"), session__activity=activity)
    said = Contribution.objects.filter(contact=OuterRef("pk"), activity=activity)
    if first is not None:
        came = came.filter(session__starts_at__date__gte=first)
        said = said.filter(Q(received_on__gte=first) | Q(received_on=None))
    if last is not None:
        came = came.filter(session__starts_at__date__lte=last)
        said = said.filter(Q(received_on__lte=last) | Q(received_on=None))
    return Contact.objects.filter(Exists(came) | Exists(said))


def owed_an_answer(
    activity: Activity, *, first: date | None = None, last: date | None = None
) -> QuerySet[Contact]:
    """Of those who took part, the ones who agreed to be told what came of it and still do."""
    agreed = Consent.objects.filter(
        contact=OuterRef("pk"), purpose=ConsentPurpose.TOLD_WHAT_CAME, withdrawn_at=None
    )
    return who_took_part(activity, first=first, last=last).filter(Exists(agreed))
