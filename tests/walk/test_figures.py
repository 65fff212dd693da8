# ruff: noqa: E501  # SQL is read in its own lines
"""Every figure of a month's report, counted again from the rows by plain SQL."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import connection, transaction

from core import clock
from core.actions import accounts
from core.actors import SERVICE
from core.choices import Role
from core.models import Organisation, User
from core.periods import Month
from insight.loop.actions.loops import open_due
from insight.measures import query
from insight.measures.definitions import MEASURES
from insight.measures.query import Question, count
from insight.measures.subjects import Cut
from insight.reporting.actions import reports
from insight.reporting.documents import board
from insight.reporting.documents.schema import FrozenReport
from insight.reporting.models import BoardReport
from nel_participation import cases, demo, walk
from nel_participation.scenario import Walkthrough
from tests.factories.facts import Facts
from tests.insight.reporting.documents import solvable

pytestmark = pytest.mark.django_db

TODAY = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
MONTH = Month(2026, 10)

# An activity runs in the month where every day its ends can have been gives the same answer.
_IN_MONTH = """
a.status <> 'cancelled' AND (
    (a.start_earliest >= %(first)s AND a.start_latest <= %(last)s)
    OR (a.end_earliest >= %(first)s AND a.end_latest <= %(last)s)
    OR (a.start_latest <= %(last)s AND (a.end_earliest >= %(first)s OR (a.is_always_on AND a.end_earliest IS NULL)))
)"""
_LONDON = "(s.starts_at AT TIME ZONE 'Europe/London')::date"
_TOOK_PART = f"""
SELECT s.activity_id, t.contact_id, k.person_id, {_LONDON} AS day
FROM activities_attendance t JOIN activities_session s ON s.id = t.session_id
JOIN people_contact k ON k.id = t.contact_id
UNION ALL
SELECT c.activity_id, c.contact_id, k.person_id, c.received_on
FROM activities_contribution c JOIN people_contact k ON k.id = c.contact_id
"""
_OWED = f"""
SELECT DISTINCT l.activity_id, l.id AS loop_id, p.person_id, d.state
FROM loop_loop l
JOIN activities_activity a ON a.id = l.activity_id AND a.status <> 'cancelled'
JOIN ({_TOOK_PART}) p ON p.activity_id = l.activity_id
    AND (p.day IS NULL OR p.day <= l.heard_until) AND (p.day IS NULL OR l.heard_from IS NULL OR p.day >= l.heard_from)
LEFT JOIN messaging_delivery d ON d.message_id = l.notice_id AND d.person_id = p.person_id
WHERE l.due_on BETWEEN %(first)s AND %(last)s AND (d.id IS NOT NULL OR EXISTS (
    SELECT 1 FROM people_consent c WHERE c.contact_id = p.contact_id
    AND c.purpose = 'told_what_came' AND c.withdrawn_at IS NULL))
"""
_IMPACTS = ("access", "experience", "outcomes", "value", "equity")
_LEVELS = ("inform", "consult", "involve", "co-produce", "empower")


def _rows(measure: str) -> str:
    """One row for each thing a measure counts: the activity it belongs to, and its columns as
    noughts and ones.
    """
    return {
        "activities": f"SELECT a.id AS activity_id, a.id AS what, 1 AS count FROM "
        f"activities_activity a WHERE {_IN_MONTH}",
        "spectrum": "SELECT a.id AS activity_id, a.id AS what, 1 AS count, "
        + ", ".join(f"(a.level = '{level}')::int AS \"{level}\"" for level in _LEVELS)
        + f" FROM activities_activity a WHERE {_IN_MONTH}",
        "people": f"SELECT activity_id, person_id AS what, 1 AS count FROM ({_TOOK_PART}) p "
        "WHERE day BETWEEN %(first)s AND %(last)s",
        "heads": "SELECT s.activity_id, h.id AS what, h.count AS count, CASE WHEN "
        "h.is_estimated THEN h.count ELSE 0 END "
        "AS estimated FROM activities_headcount h JOIN activities_session s ON s.id = h.session_id "
        f"WHERE {_LONDON} BETWEEN %(first)s AND %(last)s",
        "contributions": "SELECT activity_id, id AS what, 1 AS count FROM activities_contribution "
        "WHERE received_on BETWEEN %(first)s AND %(last)s",
        "loops_closed": "SELECT l.activity_id, l.id AS what, 1 AS due, "
        "coalesce(answered_on <= due_on, false)::int AS in_time, coalesce(answered_on > "
        "due_on, false)::int AS late, "
        "(answered_on IS NULL)::int AS open FROM loop_loop l JOIN activities_activity a ON "
        "a.id = l.activity_id "
        "WHERE a.status <> 'cancelled' AND due_on BETWEEN %(first)s AND %(last)s",
        "loop_days": "SELECT l.activity_id, l.id AS what, 1 AS count, answered_on - "
        "heard_until AS median "
        "FROM loop_loop l JOIN activities_activity a ON a.id = l.activity_id "
        "WHERE a.status <> 'cancelled' AND answered_on BETWEEN %(first)s AND %(last)s",
        "people_told": "SELECT activity_id, loop_id::text || ' ' || person_id AS what, 1 "
        "AS owed, "
        "coalesce(state = 'sent', false)::int AS told, coalesce(state = 'cannot_reach', "
        "false)::int AS cannot_reach, "
        f"(coalesce(state, '') NOT IN ('sent', 'cannot_reach'))::int AS not_yet FROM ({_OWED}) o",
        "influence": "SELECT f.activity_id, d.id AS what, 1 AS count, (d.kind = "
        "'accepted')::int AS accepted, "
        "(d.kind = 'partly')::int AS partly, (d.kind = 'not_accepted')::int AS not_accepted "
        "FROM loop_decision d JOIN loop_finding f ON f.id = d.finding_id "
        "WHERE decided_on BETWEEN %(first)s AND %(last)s",
        "changes_made": "SELECT activity_id, id AS what, 1 AS count, (impact = '')::int AS "
        "not_said, "
        + ", ".join(f"(impact = '{impact}')::int AS {impact}" for impact in _IMPACTS)
        + " FROM loop_change WHERE stage = 'made' AND made_on BETWEEN %(first)s AND %(last)s",
    }[measure]


_GROUPS = {
    Cut.PLACE: "SELECT a.id AS activity_id, p.key AS g FROM activities_activity a "
    "LEFT JOIN activities_activity_places ap ON ap.activity_id = a.id LEFT JOIN core_place p "
    "ON p.id = ap.place_id",
    Cut.COLLABORATIVE: "SELECT a.id AS activity_id, c.key AS g FROM activities_activity a "
    "JOIN core_collaborative c ON c.id = a.collaborative_id",
    Cut.PROGRAMME: "SELECT a.id AS activity_id, p.key AS g FROM activities_activity a "
    "JOIN activities_activity_programmes ap ON ap.activity_id = a.id JOIN "
    "core_programme p ON p.id = ap.programme_id",
    Cut.SYSTEM_LEVEL: "SELECT id AS activity_id, CASE WHEN collaborative_id IS NOT NULL THEN "
    "'collaborative' "
    "WHEN is_area_wide THEN 'nel' ELSE 'place' END AS g FROM activities_activity",
    None: "SELECT id AS activity_id, NULL AS g FROM activities_activity",
}


def _counted(measure: str, cut: Cut | None) -> dict[str | None, dict[str, float]]:
    """The tallies of a measure, by plain SQL: each thing once in each group it belongs to."""
    names = [name for name, _ in MEASURES[measure].columns]
    sums = ", ".join(
        "percentile_cont(0.5) WITHIN GROUP (ORDER BY median)"
        if name == "median"
        else f'sum("{name}")'
        for name in names
    )
    kept = ", ".join(f'"{name}"' for name in names)
    question = (
        f"SELECT g, {sums} FROM (SELECT DISTINCT g, what, {kept} FROM ({_rows(measure)}) r "
        f"JOIN ({_GROUPS[cut]}) "
        f"AS groups USING (activity_id)) AS once GROUP BY g"
    )
    with connection.cursor() as cursor:
        cursor.execute(question, {"first": MONTH.first, "last": MONTH.last})
        return {
            row[0]: {name: float(value) for name, value in zip(names, row[1:], strict=True)}
            for row in cursor.fetchall()
        }


@pytest.fixture(scope="module")
def frozen(loaded_facts: Facts, django_db_blocker: Any) -> Iterator[FrozenReport]:
    """The report of a month with the whole demo and the strategy’s cases behind it."""
    with django_db_blocker.unblock(), transaction.atomic(), clock.set_to(TODAY):
        loaded_facts.put()
        yield _report(_people())
        transaction.set_rollback(True)


def _people() -> dict[Role, User]:
    organisation = Organisation.objects.get(key="nhs-nel")
    roles = (Role.OFFICER, Role.LEAD, Role.SECRETARY)
    return {
        role: accounts.make(
            by=SERVICE, email=f"{role}@example.org", name=role, role=role, organisation=organisation
        )
        for role in roles
    }


def _report(people: dict[Role, User]) -> FrozenReport:
    cases.load(officer=people[Role.OFFICER], lead=people[Role.LEAD])
    for scenario in demo.scenarios():
        walkthrough = Walkthrough(scenario, people, sends_mail=False)
        for step in walk.up_to("tell"):
            if scenario.day(step.after(scenario)) < TODAY:
                walk.run_step(walkthrough, step)
    open_due(by=SERVICE)
    report = reports.draft(by=SERVICE, month=MONTH)
    says: FrozenReport = reports.approve(by=people[Role.SECRETARY], report=report).frozen  # type: ignore[assignment]  # as it was built
    return says


@pytest.mark.parametrize("key", MEASURES)
def test_measure_when_counted_over_everything_then_it_equals_plain_sql(
    frozen: FrozenReport, key: str
) -> None:
    question = Question(MEASURES[key], MONTH)

    asked = count([question])[question].total

    counted = _counted(key, None).get(None, {})

    assert {name: value for name, value in asked.items() if value} == {
        n: v for n, v in counted.items() if v
    }
    assert counted, (
        "the demo has nothing to count here, so this would pass whatever the measure did"
    )


@pytest.mark.parametrize(
    ("key", "cut"), [(key, cut) for key, measure in MEASURES.items() for cut in measure.cuts]
)
def test_measure_when_cut_then_each_group_equals_plain_sql(
    frozen: FrozenReport, key: str, cut: Cut
) -> None:
    question = Question(MEASURES[key], MONTH, (cut,))

    asked = {group.key: tally for group, tally in count([question])[question].cuts[cut].items()}

    counted = _counted(key, cut)

    names = [name for name, _ in MEASURES[key].columns]
    assert _plain(asked, names) == _plain(counted, names)


def test_measures_when_asked_together_then_one_statement_answers_each_as_if_alone(
    frozen: FrozenReport, django_assert_num_queries: Any
) -> None:
    questions = [
        Question(measure, month, measure.cuts)
        for measure in MEASURES.values()
        for month in (MONTH, MONTH.shift(-1))
    ]

    with django_assert_num_queries(4):  # the names of three cuts, and the statement
        together = count(questions)

    assert together == {question: count([question])[question] for question in questions}


def test_measures_when_there_are_too_many_groups_for_a_number_then_the_same(
    frozen: FrozenReport, monkeypatch: pytest.MonkeyPatch
) -> None:
    questions = [Question(measure, MONTH, measure.cuts) for measure in MEASURES.values()]
    few = count(questions)

    monkeypatch.setattr(query, "_WORD", 0)

    assert count(questions) == few


@pytest.mark.parametrize(
    "key", [key for key, measure in MEASURES.items() if not measure.protects_cuts]
)
def test_report_when_a_figure_is_shown_then_it_is_the_one_counted(
    frozen: FrozenReport, key: str
) -> None:
    measured = next(one for one in frozen["measures"] if one["key"] == key)
    counted = _counted(key, None)[None]
    main = counted[MEASURES[key].main]

    assert measured["total"]["shown"].startswith(f"{main:,.1f}".removesuffix(".0"))
    for cut in measured["cuts"]:
        by_group = _counted(key, Cut(cut["key"]))
        for row in cut["rows"]:
            tally = by_group.get(
                None if row["key"] == "nel" and cut["key"] == "place" else row["key"], {}
            )
            for (name, _), cell in zip(MEASURES[key].columns, row["cells"], strict=True):
                if name != "median":
                    assert cell == f"{int(tally.get(name, 0)):,}", (cut["key"], row["label"], name)


@pytest.mark.parametrize("key", [key for key, measure in MEASURES.items() if measure.protects_cuts])
def test_report_when_people_are_few_then_no_small_number_is_shown(
    frozen: FrozenReport, key: str
) -> None:
    measured = next(one for one in frozen["measures"] if one["key"] == key)

    cells = [cell for cut in measured["cuts"] for row in cut["rows"] for cell in row["cells"]]

    assert not {"1", "2", "3", "4"} & set(cells)


def test_months_of_the_demo_when_read_together_then_nothing_hidden_can_be_worked_out(
    frozen: FrozenReport,
) -> None:
    months = [Month.of(TODAY.date()).shift(-back) for back in range(demo.MONTHS - 1, -1, -1)]
    reports = [board.build(BoardReport(month=one.first, drafted_at=TODAY)) for one in months]

    counted = count(
        Question(measure, month, measure.cuts) for month in months for measure in MEASURES.values()
    )

    truth = {(one.period.key, one.measure.key): result for one, result in counted.items()}
    assert solvable.determined(reports, truth) == []


def test_activity_when_its_dates_are_not_recorded_then_it_is_in_no_month(
    frozen: FrozenReport,
) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM activities_activity WHERE start_earliest IS NULL AND "
            "end_earliest IS NULL"
        )
        undated = cursor.fetchone()[0]

    notes = next(one for one in frozen["measures"] if one["key"] == "activities")["notes"]

    assert undated > 0
    assert notes[0].startswith(f"{undated} activities have no dates recorded")


def _plain(
    tallies: Mapping[str | None, Mapping[str, float]], names: list[str]
) -> dict[str | None, dict[str, float]]:
    """Groups and columns that are not nought."""
    kept = {
        group: {name: tally[name] for name in names if tally.get(name)}
        for group, tally in tallies.items()
    }
    return {group: tally for group, tally in kept.items() if tally}
