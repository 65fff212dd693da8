"""Counting: sources with a subject of their own or none, and different numbers by kind."""

import re
from typing import Any

import pytest
from django.db import connection
from django.db.models import F, Value
from django.test.utils import CaptureQueriesContext

from core.models import Organisation, User
from core.periods import FinancialYear, Month, Period
from insight.measures.definitions import MEASURES
from insight.measures.measure import Measure, Reduction, Unit
from insight.measures.query import Question, count
from insight.measures.sources import Rows, Source, rows_of, source
from insight.measures.subjects import Cut, GroupRule, Subject
from tests.factories import engaging
from tests.factories.world import World

FEBRUARY = Month(2027, 2)

#: An organisation falls into each of its places, and has no other groups.
ORGANISATION = Subject(
    "organisation",
    {
        Cut.PLACE: GroupRule(
            "JOIN core_organisation_places AS link ON link.organisation_id = subject_id",
            "link.place_id",
        )
    },
)


@source(ORGANISATION)
def staff(period: Period) -> Rows:
    """Accounts by role, of their organisation; some have none."""
    return rows_of(User.objects.all(), "organisation", F("role"), Value(1))


@source(None)
def accounts(period: Period) -> Rows:
    """Accounts, which belong to nothing."""
    return Rows("SELECT NULL::bigint, role, 1 FROM core_user", ())


def a_measure(counted: Source, **more: Any) -> Measure:
    columns = (("officer", "Officers"), ("count", "All"))
    return Measure("staff", "Staff", "", Unit.ACTIVITIES, columns, counted, **more)


def numbers(**rows: tuple[str, int]) -> Source:
    """A source with a row of the kind and the number for each; the subject is an organisation."""
    values = ", ".join("(%s::bigint, %s, %s)" for _ in rows)
    parameters = tuple(
        part
        for name, (kind, number) in rows.items()
        for part in (Organisation.objects.get(name=name.split("_")[0].title()).pk, kind, number)
    )
    return Source(ORGANISATION, lambda period: Rows(f"VALUES {values}", parameters))


def test_source_when_its_subject_is_no_activity_then_its_rows_fall_into_its_own_groups(
    world: World,
) -> None:
    world.own.places.set([world.here, world.there])
    world.officer, world.other_officer, world.service  # noqa: B018  # made when first asked for
    question = Question(a_measure(staff), FEBRUARY, (Cut.PLACE, Cut.PROGRAMME))

    result = count([question])[question]

    by_place = {group.key: tally for group, tally in result.cuts[Cut.PLACE].items()}
    assert by_place[world.here.key] == by_place[world.there.key] == {"officer": 1, "count": 1}
    assert by_place[None] == {"officer": 0, "count": 0}, "no rule says that it is area-wide"
    assert result.total == {"officer": 2, "count": User.objects.count()}
    assert not any(any(tally.values()) for tally in result.cuts[Cut.PROGRAMME].values())


def test_source_when_it_has_no_subject_then_it_is_in_no_group_and_in_the_total(
    world: World,
) -> None:
    world.officer  # noqa: B018  # made when first asked for
    question = Question(a_measure(accounts), FEBRUARY, (Cut.PLACE, Cut.SYSTEM_LEVEL))

    result = count([question])[question]

    assert result.total == {"officer": 1, "count": User.objects.count()}
    assert not any(any(t.values()) for cut in result.cuts.values() for t in cut.values())


def test_sources_when_their_subjects_differ_then_one_statement_counts_them_all(
    world: World, django_assert_num_queries: Any
) -> None:
    world.own.places.set([world.here])
    engaging.activity(world.officer, places=[world.there])
    year = FinancialYear.of(FEBRUARY.first)
    cuts = (Cut.PLACE,)
    questions = [
        Question(measure, year, cuts)
        for measure in (a_measure(staff), a_measure(accounts), *MEASURES.values())
    ]

    with django_assert_num_queries(2):  # the names of the places, and the statement
        together = count(questions)

    assert together == {question: count([question])[question] for question in questions}


def test_sources_when_processes_share_them_then_they_see_what_the_transaction_wrote(
    world: World,
) -> None:
    engaging.activity(world.officer, places=[world.there])
    year = FinancialYear.of(FEBRUARY.first)
    questions = [Question(measure, year, measure.cuts) for measure in MEASURES.values()]
    questions += [Question(measure, FEBRUARY) for measure in MEASURES.values()]
    by_one = count(questions)

    with connection.cursor() as cursor, CaptureQueriesContext(connection) as captured:
        cursor.execute("SET LOCAL parallel_setup_cost = 50; SET LOCAL parallel_tuple_cost = 0")
        by_several = count(questions)
        statement = captured[-1]["sql"]
        cursor.execute(f"EXPLAIN {statement[statement.index('WITH') :]}")
        plan = "\n".join(line for (line,) in cursor.fetchall())

    assert re.search(r"CTE every\s+->  Gather.*\n.*\n\s+->  Parallel Append", plan), plan
    assert by_several == by_one
    assert any(
        result.total["count"] for q, result in by_one.items() if q.measure.key == "activities"
    )


def test_different_numbers_when_counted_then_each_kind_and_the_whole_have_their_own(
    world: World,
) -> None:
    world.own.name, world.other.name = "One", "Two"
    world.own.save()
    world.other.save()
    world.own.places.set([world.here])
    world.other.places.set([world.there])
    rows = numbers(
        one=("officer", 7),
        one_again=("officer", 7),
        one_too=("lead", 7),
        two=("officer", 7),
        two_too=("officer", 8),
    )
    measure = a_measure(rows, reduction=Reduction.COUNT_DISTINCT)
    cut = Question(measure, FEBRUARY, (Cut.PLACE,))
    uncut = Question(measure, FEBRUARY)

    results = count([cut, uncut])

    by_place = {group.key: tally for group, tally in results[cut].cuts[Cut.PLACE].items()}
    assert results[cut].total == results[uncut].total == {"officer": 2, "count": 2}
    assert by_place[world.here.key] == {"officer": 1, "count": 1}
    assert by_place[world.there.key] == {"officer": 2, "count": 2}


def test_nothing_when_counted_then_there_is_no_result() -> None:
    assert count([]) == {}


def test_subject_when_its_key_could_not_name_a_table_then_it_is_refused() -> None:
    with pytest.raises(ValueError, match="cannot name a part of a statement"):
        Subject("a; DROP TABLE")
