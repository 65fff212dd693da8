"""What each measure counts in a period: rows of an activity, a kind of thing, and a number.

The number says how many such things the activity has; for `people` it says which person, and for
`loops_answered` how many days it took. Both days of a period are inside it; days are London's.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import (
    Case,
    CharField,
    Count,
    Expression,
    F,
    Func,
    IntegerField,
    Q,
    QuerySet,
    Value,
    When,
)

from core import clock
from engagement.choices import ConsentPurpose, DeliveryState
from engagement.models import Activity, Attendance, Contribution, HeadCount
from insight.choices import ChangeStage
from insight.models import Change, Decision, Loop


@dataclass(frozen=True)
class Things:
    """A question in SQL, with its values, for rows of activity, kind and number."""

    sql: str
    values: tuple[Any, ...]


def activities(first: date, last: date) -> Things:
    """Activities not cancelled that ran in the period, by the level promised."""
    rows = Activity.objects.live().in_period(first, last)
    return _rows(rows, "pk", F("level"), Value(1))


def people(first: date, last: date) -> Things:
    """Everybody who came to a session or said something."""
    came = Attendance.objects.filter(_between("session__starts_at", first, last))
    said = Contribution.objects.filter(received_on__range=(first, last), contact__isnull=False)
    return _both(
        _rows(came, "session__activity", _ALL, F("contact__person_id")),
        _rows(said, "activity", _ALL, F("contact__person_id")),
    )


def heads(first: date, last: date) -> Things:
    """People who were counted and not named, estimates apart."""
    rows = HeadCount.objects.filter(_between("session__starts_at", first, last))
    kind = Case(When(is_estimated=True, then=_kind("estimated")), default=_kind("exact"))
    return _rows(rows, "session__activity", kind, F("count"))


def contributions(first: date, last: date) -> Things:
    """What was said."""
    rows = Contribution.objects.filter(received_on__range=(first, last))
    return _rows(rows, "activity", _ALL, Count("pk"))


def loops_due(first: date, last: date) -> Things:
    """Answers that fell due, by whether they were given in time."""
    kind = Case(
        When(answered_on=None, then=_kind("open")),
        When(answered_on__lte=F("due_on"), then=_kind("in_time")),
        default=_kind("late"),
    )
    return _rows(Loop.objects.due_between(first, last), "activity", kind, Value(1))


def loops_answered(first: date, last: date) -> Things:
    """Answers given, each with the days from the close of listening to it."""
    days = Func(
        F("answered_on"),
        F("heard_until"),
        template="(%(expressions)s)",
        arg_joiner=" - ",
        output_field=IntegerField(),
    )
    return _rows(Loop.objects.answered_between(first, last), "activity", _ALL, days)


def people_owed(first: date, last: date) -> Things:
    """Each person once for each loop that fell due: those who took part while it listened, and
    agreed or were written to; by what became of the message.
    """
    due = Loop.objects.due_between(first, last).order_by()
    sql, values = due.values_list(
        "pk", "activity", "notice", "heard_from", "heard_until"
    ).query.sql_with_params()
    kinds = (DeliveryState.SENT, "told", DeliveryState.CANNOT_REACH, "cannot_reach", "not_yet")
    return Things(_OWED.format(due=sql), (*values, ConsentPurpose.TOLD_WHAT_CAME, *kinds))


# A loop's own deliveries are gathered first: there are far more than fall to one month.
_OWED = """
WITH due (loop_id, activity_id, notice_id, heard_from, heard_until) AS MATERIALIZED ({due}),
took_part AS (
    SELECT loop_id, activity_id, notice_id, contact_id FROM due
    JOIN engagement_session AS session USING (activity_id)
    JOIN engagement_attendance AS attendance ON attendance.session_id = session.id
    WHERE (starts_at AT TIME ZONE 'Europe/London')::date
        BETWEEN coalesce(heard_from, '-infinity') AND heard_until
    UNION ALL
    SELECT loop_id, activity_id, notice_id, contact_id FROM due
    JOIN engagement_contribution AS contribution USING (activity_id)
    WHERE contact_id IS NOT NULL AND (
        received_on IS NULL
        OR received_on BETWEEN coalesce(heard_from, '-infinity') AND heard_until
    )
),
written_to AS (
    SELECT notice_id, person_id, state FROM due
    JOIN engagement_delivery AS delivery USING (notice_id)
),
owed AS (
    SELECT DISTINCT loop_id, activity_id, person_id, state
    FROM took_part
    JOIN engagement_contact AS contact ON contact.id = contact_id
    LEFT JOIN written_to USING (notice_id, person_id)
    WHERE state IS NOT NULL OR contact_id IN (
        SELECT contact_id FROM engagement_consent
        WHERE purpose = %s AND withdrawn_at IS NULL
    )
)
SELECT activity_id, CASE state WHEN %s THEN %s WHEN %s THEN %s ELSE %s END, 1 FROM owed
"""


def decisions(first: date, last: date) -> Things:
    """Decisions taken, by what was decided."""
    rows = Decision.objects.filter(decided_on__range=(first, last))
    return _rows(rows, "finding__activity", F("kind"), Count("pk"))


def changes(first: date, last: date) -> Things:
    """Changes made, by what they are for; `not_said` where that is not recorded."""
    rows = Change.objects.filter(stage=ChangeStage.MADE, made_on__range=(first, last))
    kind = Case(When(impact="", then=_kind("not_said")), default=F("impact"))
    return _rows(rows, "activity", kind, Count("pk"))


def _kind(kind: str) -> Value:
    return Value(kind, output_field=CharField())


_ALL = _kind("")


def _between(path: str, first: date, last: date) -> Q:
    """Moments on the days of the period, asked for so that an index on them can be used."""
    ends_before = clock.start_of(last + timedelta(days=1))
    return Q(**{f"{path}__gte": clock.start_of(first), f"{path}__lt": ends_before})


def _rows(
    rows: QuerySet[Any], activity: str, kind: Expression | F, number: Expression | F
) -> Things:
    asked = (
        rows.order_by()
        .values(of_activity=F(activity), of_kind=kind)
        .annotate(of_number=number)
        .values_list("of_activity", "of_kind", "of_number")
    )
    return Things(*asked.query.sql_with_params())


def _both(one: Things, other: Things) -> Things:
    return Things(f"({one.sql}) UNION ALL ({other.sql})", (*one.values, *other.values))
