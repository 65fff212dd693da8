"""Every figure, defined once: what it counts, how, and by what it may be cut.

The dashboard, the Board report, the public pages and the API all ask here; nothing is stored as a
counter. Definitions are the design's, section 4. Each cut of a measure is one question to the
database, whatever the number of rows.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from django.db import connection
from django.db.models import (
    Aggregate,
    Case,
    CharField,
    Count,
    DurationField,
    Expression,
    F,
    Q,
    QuerySet,
    Sum,
    Value,
    When,
)

from core.models import Collaborative, Place, Programme
from engagement.choices import DeliveryState
from engagement.models import Activity, Attendance, Contribution, HeadCount
from insight.choices import ChangeStage, DecisionKind, Impact
from insight.models import Change, Decision, Loop
from standards.choices import Level, SystemLevel

#: What one group of a cut comes to, by column. A missing column is nought.
Tally = Mapping[str, float]
#: Tallies by the key of the group; None stands for what is in no group (for places: area-wide).
Tallies = dict[str | None, dict[str, float]]


class Cut(StrEnum):
    """What figures may be cut by."""

    PLACE = "place"
    COLLABORATIVE = "collaborative"
    PROGRAMME = "programme"
    SYSTEM_LEVEL = "system_level"


class Unit(StrEnum):
    """What a figure is of; people are protected when few."""

    ACTIVITIES = "activities"
    PEOPLE = "people"
    THINGS_SAID = "things said"
    SHARE = "share"
    PEOPLE_SHARE = "share of people"
    DAYS = "days"
    DECISIONS = "decisions"
    CHANGES = "changes"


@dataclass(frozen=True)
class Measure:
    """One figure. `tally` gives, for a period (both days included) and a cut or none, the tallies.

    `columns` are the parts of a tally with their headings; `main` is the column that is the figure,
    `of` the one it is a share of.
    """

    key: str
    title: str
    how: str
    unit: Unit
    columns: tuple[tuple[str, str], ...]
    tally: Callable[[date, date, Cut | None], Tallies]
    main: str = "count"
    of: str = ""
    cuts: tuple[Cut, ...] = (Cut.PLACE, Cut.COLLABORATIVE, Cut.PROGRAMME)
    notes: Callable[[date, date], list[str]] = field(default=lambda first, last: [])

    @property
    def is_of_people(self) -> bool:
        return self.unit in {Unit.PEOPLE, Unit.PEOPLE_SHARE}

    def total(self, first: date, last: date) -> dict[str, float]:
        """The tally over everything."""
        return self.tally(first, last, None).get(None, {})


def groups(cut: Cut) -> dict[str | None, str]:
    """Every group of a cut with its name, in the order it is shown; groups with nothing are shown
    as nought.
    """
    if cut == Cut.PLACE:
        return {place.key: place.name for place in Place.objects.all()} | {
            None: "The whole of north east London"
        }
    if cut == Cut.COLLABORATIVE:
        return {one.key: one.name for one in Collaborative.objects.all()}
    if cut == Cut.PROGRAMME:
        return {one.key: one.name for one in Programme.objects.all()}
    return {level.value: level.label for level in SystemLevel}


class _Median(Aggregate):
    """The middle value, on PostgreSQL."""

    function = "percentile_cont"
    template = "%(function)s(0.5) WITHIN GROUP (ORDER BY %(expressions)s)"
    name = "Median"


def _group(cut: Cut, path: str) -> str | Expression:
    """The expression that says which group a row belongs to; `path` leads from the row to its
    activity.
    """
    inside = f"{path}__" if path else ""
    if cut == Cut.PLACE:
        return f"{inside}places__key"
    if cut == Cut.COLLABORATIVE:
        return f"{inside}collaborative__key"
    if cut == Cut.PROGRAMME:
        return f"{inside}programmes__key"
    return Case(
        When(**{f"{inside}collaborative__isnull": False}, then=Value(SystemLevel.COLLABORATIVE)),
        When(**{f"{inside}is_area_wide": True}, then=Value(SystemLevel.NEL)),
        default=Value(SystemLevel.PLACE),
        output_field=CharField(),
    )


def _tally(rows: QuerySet[Any], path: str, cut: Cut | None, **parts: Any) -> Tallies:
    """Count the parts of some rows, by group, in one question."""
    # A part may bear the name of a field, which PostgreSQL would take it for.
    asked = {f"part_{name}": part for name, part in parts.items()}
    if cut is None:
        found = [(None, rows.aggregate(**asked))]
    else:
        grouped = (
            rows.order_by().annotate(in_group=_as_expression(_group(cut, path))).values("in_group")
        )
        found = [(row["in_group"], row) for row in grouped.annotate(**asked)]
    return {group: {name: row[f"part_{name}"] or 0 for name in parts} for group, row in found}


def _as_expression(group: str | Expression) -> Expression | F:
    return F(group) if isinstance(group, str) else group


def _by_kind(path: str, kinds: type[Any]) -> dict[str, Any]:
    """One part for each kind, and their sum."""
    return {"count": Count("pk", distinct=True)} | {
        kind.value.replace("-", "_"): Count("pk", filter=Q(**{path: kind.value}), distinct=True)
        for kind in kinds
    }


def _activities(first: date, last: date, cut: Cut | None) -> Tallies:
    return _tally(
        Activity.objects.live().in_period(first, last), "", cut, count=Count("pk", distinct=True)
    )


def _spectrum(first: date, last: date, cut: Cut | None) -> Tallies:
    return _tally(
        Activity.objects.live().in_period(first, last), "", cut, **_by_kind("level", Level)
    )


def _undated(first: date, last: date) -> list[str]:
    count = Activity.objects.live().filter(start_earliest=None, end_earliest=None).count()
    if not count:
        return []
    what = "activity has" if count == 1 else "activities have"
    return [f"{count} {what} no dates recorded and so cannot be counted in any month."]


def _people(first: date, last: date, cut: Cut | None) -> Tallies:
    """Different people over attendances and contributions together: counted over their union, never
    added up.
    """
    came = Attendance.objects.filter(session__starts_at__date__range=(first, last))
    said = Contribution.objects.filter(received_on__range=(first, last), participant__isnull=False)
    sides = [
        rows.order_by()
        .annotate(
            in_group=_as_expression(_group(cut, path))
            if cut
            else Value(None, output_field=CharField())
        )
        .values_list("in_group", "participant_id")
        for rows, path in ((came, "session__activity"), (said, "activity"))
    ]
    sql, values = sides[0].union(sides[1]).query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(_DIFFERENT.format(pairs=sql), values)
        counted: Tallies = {group: {"count": count} for group, count in cursor.fetchall()}
    return counted if cut else {None: counted.get(None, {"count": 0})}


_DIFFERENT = "SELECT g, count(DISTINCT p) FROM ({pairs}) AS took_part(g, p) GROUP BY g"


def _heads(first: date, last: date, cut: Cut | None) -> Tallies:
    return _tally(
        HeadCount.objects.filter(session__starts_at__date__range=(first, last)),
        "session__activity",
        cut,
        count=Sum("count"),
        estimated=Sum("count", filter=Q(is_estimated=True)),
    )


def _contributions(first: date, last: date, cut: Cut | None) -> Tallies:
    rows = Contribution.objects.filter(received_on__range=(first, last))
    return _tally(rows, "activity", cut, count=Count("pk", distinct=True))


def _loops_closed(first: date, last: date, cut: Cut | None) -> Tallies:
    in_time = Q(answered_on__lte=F("due_on"))
    return _tally(
        Loop.objects.due_between(first, last),
        "activity",
        cut,
        due=Count("pk", distinct=True),
        in_time=Count("pk", filter=in_time, distinct=True),
        late=Count("pk", filter=Q(answered_on__gt=F("due_on")), distinct=True),
        open=Count("pk", filter=Q(answered_on=None), distinct=True),
    )


def _loop_days(first: date, last: date, cut: Cut | None) -> Tallies:
    days = _Median(F("answered_on") - F("heard_until"), output_field=DurationField())
    tallies = _tally(
        Loop.objects.answered_between(first, last),
        "activity",
        cut,
        count=Count("pk", distinct=True),
        median=days,
    )
    return {
        group: {"count": tally["count"], "median": _days(tally["median"])} if tally["count"] else {}
        for group, tally in tallies.items()
    }


def _days(median: Any) -> float:
    return median.total_seconds() / 86_400 if median else 0


def _people_told(first: date, last: date, cut: Cut | None) -> Tallies:
    """Each person once for each loop that fell due: those who took part while it listened, and
    agreed or were written to.
    """
    came = Attendance.objects.filter(
        Q(session__activity__loops__heard_from=None)
        | Q(session__starts_at__date__gte=F("session__activity__loops__heard_from")),
        session__activity__loops__in=Loop.objects.due_between(first, last),
        session__starts_at__date__lte=F("session__activity__loops__heard_until"),
    )
    said = Contribution.objects.filter(
        Q(activity__loops__heard_from=None)
        | Q(received_on=None)
        | Q(received_on__gte=F("activity__loops__heard_from")),
        Q(received_on=None) | Q(received_on__lte=F("activity__loops__heard_until")),
        activity__loops__in=Loop.objects.due_between(first, last),
        participant__isnull=False,
    )
    sides = [
        rows.order_by()
        .annotate(
            in_group=_as_expression(_group(cut, path))
            if cut
            else Value(None, output_field=CharField())
        )
        .values_list(
            "in_group", f"{path}__loops__notice_id", f"{path}__loops__id", "participant_id"
        )
        for rows, path in ((came, "session__activity"), (said, "activity"))
    ]
    sql, values = sides[0].union(sides[1]).query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(
            _TOLD.format(pairs=sql), [DeliveryState.SENT, DeliveryState.CANNOT_REACH, *values]
        )
        counted: Tallies = {
            group: {
                "owed": owed,
                "told": told,
                "cannot_reach": cannot,
                "not_yet": owed - told - cannot,
            }
            for group, owed, told, cannot in cursor.fetchall()
        }
    return (
        counted
        if cut
        else {None: counted.get(None, {"owed": 0, "told": 0, "cannot_reach": 0, "not_yet": 0})}
    )


_TOLD = """
SELECT owed.g, count(*), count(*) FILTER (WHERE state = %s), count(*) FILTER (WHERE state = %s)
FROM (
    SELECT took_part.g, delivery.state
    FROM ({pairs}) AS took_part(g, notice_id, loop_id, participant_id)
    LEFT JOIN engagement_delivery AS delivery USING (notice_id, participant_id)
    WHERE delivery.id IS NOT NULL OR EXISTS (
        SELECT FROM engagement_consent AS consent
        WHERE consent.participant_id = took_part.participant_id
        AND consent.purpose = 'told_what_came' AND consent.withdrawn_at IS NULL
    )
) AS owed(g, state)
GROUP BY owed.g
"""


def _influence(first: date, last: date, cut: Cut | None) -> Tallies:
    rows = Decision.objects.filter(decided_on__range=(first, last))
    return _tally(rows, "finding__activity", cut, **_by_kind("kind", DecisionKind))


def _changes_made(first: date, last: date, cut: Cut | None) -> Tallies:
    rows = Change.objects.filter(stage=ChangeStage.MADE, made_on__range=(first, last))
    unsaid = {"not_said": Count("pk", filter=Q(impact=""), distinct=True)}
    return _tally(rows, "activity", cut, **_by_kind("impact", Impact), **unsaid)


def _headings(kinds: type[Any], *, without: tuple[str, ...] = ()) -> tuple[tuple[str, str], ...]:
    return tuple(
        (kind.value.replace("-", "_"), kind.label) for kind in kinds if kind.value not in without
    )


MEASURES: dict[str, Measure] = {
    measure.key: measure
    for measure in (
        Measure(
            "activities",
            "Activities",
            "Activities, not cancelled, with any day from start to end inside the month. One "
            "with two places counts "
            "once in each and once in the total. Dates known only roughly count where they "
            "leave no doubt.",
            Unit.ACTIVITIES,
            (("count", "Activities"),),
            _activities,
            notes=_undated,
        ),
        Measure(
            "spectrum",
            "Activities by level promised",
            "The same activities, by the level on the spectrum from inform to empower that "
            "people were promised.",
            Unit.ACTIVITIES,
            (*_headings(Level), ("count", "All levels")),
            _spectrum,
        ),
        Measure(
            "people",
            "People who took part",
            "Different named people who came to a session or said something in the month. "
            "Somebody who took part in "
            "two places counts once in each and once in the total. People who were only "
            "counted are a separate figure.",
            Unit.PEOPLE,
            (("count", "People"),),
            _people,
        ),
        Measure(
            "heads",
            "People counted but not named",
            "People at sessions in the month who were counted and not named, with the part "
            "that was estimated. "
            "Somebody may be counted at more than one session, and may also be among the "
            "people who were named.",
            Unit.PEOPLE,
            (("count", "People counted"), ("estimated", "Of these, estimated")),
            _heads,
        ),
        Measure(
            "contributions",
            "Things people said",
            "Contributions received in the month: what one person, or one group, said at an "
            "activity.",
            Unit.THINGS_SAID,
            (("count", "Contributions"),),
            _contributions,
        ),
        Measure(
            "loops_closed",
            "Answers given in time",
            "Of the answers that fell due in the month, those whose findings and decisions "
            "were published on or before "
            "the due date: 28 days after listening closed, unless the activity promised "
            "another time. Activities that "
            "never end owe an answer each quarter.",
            Unit.SHARE,
            (
                ("in_time", "In time"),
                ("late", "Late"),
                ("open", "Not yet answered"),
                ("due", "Fell due"),
            ),
            _loops_closed,
            main="in_time",
            of="due",
        ),
        Measure(
            "loop_days",
            "Days to an answer",
            "The median number of days from the close of listening to the first publication, "
            "for answers first "
            "published in the month.",
            Unit.DAYS,
            (("median", "Median days"), ("count", "Answers published")),
            _loop_days,
            main="median",
        ),
        Measure(
            "people_told",
            "People told what came of it",
            "Of the people owed an answer that fell due in the month (they took part and "
            "agreed to be told), those to "
            "whom it was sent. Those who cannot be reached are counted apart. Somebody owed "
            "two answers counts twice.",
            Unit.PEOPLE_SHARE,
            (
                ("told", "Told"),
                ("cannot_reach", "Cannot be reached"),
                ("not_yet", "Not yet told"),
                ("owed", "Owed an answer"),
            ),
            _people_told,
            main="told",
            of="owed",
        ),
        Measure(
            "influence",
            "Decisions on what people said",
            "Decisions taken in the month on findings, by what was decided.",
            Unit.DECISIONS,
            (*_headings(DecisionKind, without=("undecided",)), ("count", "All decisions")),
            _influence,
        ),
        Measure(
            "changes_made",
            "Changes people brought about",
            "Changes that were made in the month, by what they are for and by level of the system.",
            Unit.CHANGES,
            (*_headings(Impact), ("not_said", "Not said"), ("count", "All changes")),
            _changes_made,
            cuts=(Cut.PLACE, Cut.COLLABORATIVE, Cut.PROGRAMME, Cut.SYSTEM_LEVEL),
        ),
    )
}
