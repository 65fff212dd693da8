"""What is held back in a report cannot be worked out from its tables, nor from two in a row."""

import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from insight.measures.definitions import MEASURES
from insight.measures.measure import Measure
from insight.measures.query import Group, Result, Tally
from insight.measures.subjects import Cut
from insight.reporting.documents import figures
from insight.reporting.documents.schema import FrozenReport
from tests.insight.reporting.documents import solvable

MONTHS = ("2026-09", "2026-10")
PROTECTED = [measure for measure in MEASURES.values() if measure.protects_cuts]
GROUPS = {
    Cut.PLACE: [*(Group(f"place {n}", "") for n in range(7)), Group(None, "")],
    Cut.COLLABORATIVE: [Group(f"collaborative {n}", "") for n in range(4)],
    Cut.PROGRAMME: [Group(f"programme {n}", "") for n in range(9)],
}


@dataclass(frozen=True)
class Taking:
    """Somebody in one activity: the number of the person, the kind, and the activity's groups."""

    person: int
    kind: str
    groups: frozenset[Group]


def test_reader_when_one_place_alone_is_small_then_the_check_finds_it() -> None:
    report, truth = _shown({"people": _takings({"place 1": 3, "place 2": 20})}, "2026-10")
    row = report["measures"][0]["cuts"][0]["rows"]
    row[2]["cells"] = ["20"]

    found = solvable.determined([report], truth)

    assert found == [("2026-10", "people", "place", "place 1", "count")]


#: In the last two, nobody in a hidden row was told, and somebody in no group alone.
@pytest.mark.parametrize("seed", [*range(10), 163, 184])
def test_reports_of_random_months_when_read_together_then_nothing_hidden_can_be_worked_out(
    seed: int,
) -> None:
    source = random.Random(seed)
    reports: list[FrozenReport] = []
    truth: dict[tuple[str, str], Result] = {}
    before: FrozenReport | None = None
    for month in MONTHS:
        report, real = _shown({one.key: list(_random(one, source)) for one in PROTECTED}, month)
        reports.append(_after(report, before, real, truth))
        truth |= real
        before = report

    assert solvable.determined(reports, truth) == []


def _after(
    report: FrozenReport,
    before: FrozenReport | None,
    now: dict[tuple[str, str], Result],
    then: dict[tuple[str, str], Result],
) -> FrozenReport:
    """The report with what it says of the month before."""
    if before is None:
        return report
    for measured, earlier in zip(report["measures"], before["measures"], strict=True):
        measured["previous"] = {"shown": earlier["total"]["shown"]}
    movements: list[Any] = [
        {
            "key": one.key,
            "movement": figures.movement(
                one, now[MONTHS[1], one.key].total, then[MONTHS[0], one.key].total, "September"
            ),
        }
        for one in PROTECTED
    ]
    report["headline"] = movements
    return report


def _shown(
    takings: dict[str, list[Taking]], month: str
) -> tuple[FrozenReport, dict[tuple[str, str], Result]]:
    """The tables of a month as they are published, and the counts behind them."""
    results = {
        key: Result(
            _tally(MEASURES[key], all_of_it),
            {
                cut: {
                    group: _tally(MEASURES[key], [one for one in all_of_it if group in one.groups])
                    for group in groups
                }
                for cut, groups in GROUPS.items()
            },
        )
        for key, all_of_it in takings.items()
    }
    report: Any = {
        "period": month,
        "headline": [],
        "measures": [
            {
                "key": key,
                "total": figures.total(MEASURES[key], result.total),
                "previous": None,
                "cuts": [
                    figures.table(MEASURES[key], cut, tallies, result.total)
                    for cut, tallies in result.cuts.items()
                ],
            }
            for key, result in results.items()
        ],
    }
    return report, {(month, key): result for key, result in results.items()}


def _tally(measure: Measure, takings: Iterable[Taking]) -> Tally:
    each = {(one.person, one.kind) for one in takings}
    kinds = {name: sum(kind == name for _, kind in each) for name in measure.kinds}
    return kinds | {measure.whole: len(each)}


def _takings(people: dict[str, int]) -> list[Taking]:
    """So many people at each place."""
    return [
        Taking(hash((key, n)), "", frozenset({Group(key, "")}))
        for key, number in people.items()
        for n in range(number)
    ]


def _random(measure: Measure, source: random.Random) -> Iterator[Taking]:
    """A month of few or many activities, some in several places or programmes or in none."""
    many = source.choice((2, 4, 30))
    for activity in range(source.choice((0, 1, 1, 2, 3, 5, 9))):
        groups = {
            group
            for cut, those in GROUPS.items()
            for group in source.sample(
                those, source.choice((1, 1, 1, 2) if cut == Cut.PLACE else (0, 1, 1, 2))
            )
        }
        kinds = [""] if not measure.kinds else source.choices(measure.kinds, k=2)
        for person in range(source.randint(0, many)):
            kind = source.choice(kinds)
            # Somebody may take part in two activities.
            number = person if source.random() < 0.3 else 1000 * (activity + 1) + person
            yield Taking(number, kind, frozenset(groups))
