"""The sources of measures: the rows each counts in a period, and the subject they belong to.

A row has the id of its subject, a kind and a number. Both ends of a period are inside it; days are
London's.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
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

from core.periods import Period
from engagement.activities.models import Activity, Attendance, Contribution, HeadCount
from engagement.messaging.choices import DeliveryState
from engagement.people.choices import ConsentPurpose
from insight.loop.choices import ChangeStage
from insight.loop.models import Change, Decision, Loop
from insight.measures.subjects import ACTIVITY, Subject


@dataclass(frozen=True)
class Rows:
    """A query in SQL with its parameters, for rows of a subject's id, a kind and a number.

    The id may be null. What the number says is for the measure to know: how many, how many days,
    or which person.
    """

    sql: str
    parameters: tuple[Any, ...]


@dataclass(frozen=True)
class Source:
    """What a measure counts: its rows in a period, and the subject they belong to, if any."""

    subject: Subject | None
    rows: Callable[[Period], Rows]


def source(subject: Subject | None) -> Callable[[Callable[[Period], Rows]], Source]:
    """Make a source of a function that gives its rows in a period.

    What it gives may depend on nothing else, for it is kept: putting the queries of a report into
    SQL takes longer than the database takes for many of them.
    """
    return lambda rows: Source(subject, lru_cache(maxsize=128)(rows))


def rows_of(
    found: QuerySet[Any], subject: str, kind: Expression | F, number: Expression | F
) -> Rows:
    """A query set as rows of a source; `subject` is the path to the id of the subject."""
    asked = (
        found.order_by()
        .values(of_subject=F(subject), of_kind=kind)
        .annotate(of_number=number)
        .values_list("of_subject", "of_kind", "of_number")
    )
    return Rows(*asked.query.sql_with_params())


@source(ACTIVITY)
def activities(period: Period) -> Rows:
    """Activities not cancelled that ran in the period, by the level promised."""
    rows = Activity.objects.live().in_period(period.first, period.last)
    return rows_of(rows, "pk", F("level"), Value(1))


@source(ACTIVITY)
def people(period: Period) -> Rows:
    """Everybody who came to a session or said something."""
    came = Attendance.objects.filter(_between("session__starts_at", period))
    said = Contribution.objects.filter(
        received_on__range=(period.first, period.last), contact__isnull=False
    )
    return _union(
        rows_of(came, "session__activity", _ALL, F("person_id")),
        rows_of(said, "activity", _ALL, F("contact__person_id")),
    )


@source(ACTIVITY)
def heads(period: Period) -> Rows:
    """People who were counted and not named, estimates apart."""
    rows = HeadCount.objects.filter(_between("session__starts_at", period))
    kind = Case(When(is_estimated=True, then=_kind("estimated")), default=_kind("exact"))
    return rows_of(rows, "session__activity", kind, F("count"))


@source(ACTIVITY)
def contributions(period: Period) -> Rows:
    """What was said."""
    rows = Contribution.objects.filter(received_on__range=(period.first, period.last))
    return rows_of(rows, "activity", _ALL, Count("pk"))


@source(ACTIVITY)
def loops_due(period: Period) -> Rows:
    """Answers that fell due, by whether they were given in time."""
    kind = Case(
        When(answered_on=None, then=_kind("open")),
        When(answered_on__lte=F("due_on"), then=_kind("in_time")),
        default=_kind("late"),
    )
    return rows_of(Loop.objects.due_between(period.first, period.last), "activity", kind, Value(1))


@source(ACTIVITY)
def loops_answered(period: Period) -> Rows:
    """Answers given, each with the days from the close of listening to it."""
    days = Func(
        F("answered_on"),
        F("heard_until"),
        template="(%(expressions)s)",
        arg_joiner=" - ",
        output_field=IntegerField(),
    )
    return rows_of(Loop.objects.answered_between(period.first, period.last), "activity", _ALL, days)


@source(ACTIVITY)
def people_owed(period: Period) -> Rows:
    """Each person once for each loop that fell due: those who took part while it listened, and
    agreed or were written to; by what became of the message.
    """
    due = Loop.objects.due_between(period.first, period.last).order_by("notice_id")
    sql, parameters = due.values_list(
        "pk", "activity", "notice", "heard_from", "heard_until"
    ).query.sql_with_params()
    owed = _OWED.format(
        due=f"({sql}) AS due (loop_id, activity_id, notice_id, heard_from, heard_until)",
        purpose=ConsentPurpose.TOLD_WHAT_CAME.value,
        sent=DeliveryState.SENT.value,
        cannot_reach=DeliveryState.CANNOT_REACH.value,
    )
    return Rows(owed, parameters * _OWED.count("{due}"))


# Whoever was written to has one delivery for the message of a loop; whoever took part may be in it
# more than once, at two sessions or known to two organisations. Another process may not read a WITH
# query, so the loops due, which are few, are read three times, in the order of their messages,
# which they are then joined to one by one.
_OWED = """
SELECT activity_id, kind, number FROM (
    SELECT min(activity_id) AS activity_id,
        count(DISTINCT person_id) AS owed,
        count(DISTINCT person_id) FILTER (WHERE state = '{sent}') AS told,
        count(DISTINCT person_id) FILTER (WHERE state = '{cannot_reach}') AS cannot_reach
    FROM (
        SELECT loop_id, activity_id, contact_id, person_id FROM {due}
        JOIN activities_session AS session USING (activity_id)
        JOIN activities_attendance AS attendance ON attendance.session_id = session.id
        WHERE heard_until >= (starts_at AT TIME ZONE 'Europe/London')::date AND (
            heard_from IS NULL OR heard_from <= (starts_at AT TIME ZONE 'Europe/London')::date
        )
        UNION ALL
        SELECT loop_id, activity_id, contact_id, person_id FROM {due}
        JOIN activities_contribution AS contribution USING (activity_id)
        JOIN people_contact AS contact ON contact.id = contact_id
        WHERE received_on IS NULL
            OR received_on BETWEEN coalesce(heard_from, '-infinity') AND heard_until
    ) AS took_part
    LEFT JOIN (
        SELECT loop_id, person_id, state
        FROM {due} JOIN messaging_delivery AS delivery ON message_id = notice_id
    ) AS written_to USING (loop_id, person_id)
    WHERE state IS NOT NULL OR contact_id IN (
        SELECT contact_id FROM people_consent
        WHERE purpose = '{purpose}' AND withdrawn_at IS NULL
    )
    GROUP BY loop_id
) AS each_loop CROSS JOIN LATERAL (VALUES
    ('told', told), ('cannot_reach', cannot_reach), ('not_yet', owed - told - cannot_reach)
) AS of_kind (kind, number)
WHERE number > 0"""


@source(ACTIVITY)
def decisions(period: Period) -> Rows:
    """Decisions taken, by what was decided."""
    rows = Decision.objects.filter(decided_on__range=(period.first, period.last))
    return rows_of(rows, "finding__activity", F("kind"), Count("pk"))


@source(ACTIVITY)
def changes(period: Period) -> Rows:
    """Changes made, by what they are for; `not_said` where that is not recorded."""
    rows = Change.objects.filter(stage=ChangeStage.MADE, made_on__range=(period.first, period.last))
    kind = Case(When(impact="", then=_kind("not_said")), default=F("impact"))
    return rows_of(rows, "activity", kind, Count("pk"))


def _kind(kind: str) -> Value:
    return Value(kind, output_field=CharField())


_ALL = _kind("")


def _between(path: str, period: Period) -> Q:
    """Moments in the period, asked for so that an index on them can be used."""
    return Q(**{f"{path}__gte": period.starts_at, f"{path}__lt": period.ends_before})


def _union(one: Rows, other: Rows) -> Rows:
    return Rows(f"({one.sql}) UNION ALL ({other.sql})", (*one.parameters, *other.parameters))
