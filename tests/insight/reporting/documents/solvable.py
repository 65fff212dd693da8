"""What a reader can work out: published tables as a linear system in whole numbers.

Each count that a report tells, or hides, is an unknown of 0 or more. What is shown fixes it, “fewer
than 5” means 1 to 4, and the tables tie unknowns together: a cell is no more than its total, the
parts of a row add up to its whole, and the cells of a column to their total, once the people in
several of them are left out. The reader is taken to know how many those are, which is more than
any page tells (though not of a total that is hidden, where those would be the same few). Those in
no group of a cut, such as no programme, are a rest that is protected too.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain

import numpy
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from core.disclosure import FEWER, FLOOR, HELD_BACK, is_small
from insight.measures.definitions import MEASURES
from insight.measures.measure import Measure
from insight.measures.query import Result
from insight.measures.subjects import Cut
from insight.reporting.documents.schema import Cut as CutTable
from insight.reporting.documents.schema import FrozenReport, MeasureFigures

#: More than any count in the tables.
MOST = 100_000

#: The group of those that are in no group of a cut.
NONE = "in none"

#: A count: its month and measure, then its cut, row and column; of a total, the column alone.
Unknown = tuple[str, ...]
#: Unknowns, each so many times, with the least and the most that they add up to.
Sum = tuple[dict[Unknown, int], int, int]
_MOVED = re.compile(r"([\d,]+) (more|fewer) than in .+")


@dataclass
class System:
    """Unknowns with their lowest and highest value, and sums of them that are known."""

    bounds: dict[Unknown, tuple[int, int]] = field(default_factory=dict)
    sums: list[Sum] = field(default_factory=list)
    hidden: set[Unknown] = field(default_factory=set)

    def told(self, unknown: Unknown, words: str) -> None:
        """A count in the words of a report. Told twice, both are true."""
        self._between(unknown, 0, MOST)
        if words == FEWER:
            self._between(unknown, 1, FLOOR - 1)
        elif words != HELD_BACK:
            number = int(words.replace(",", ""))
            self._between(unknown, number, number)
        if words in {FEWER, HELD_BACK}:
            self.hidden.add(unknown)

    def untold(self, unknown: Unknown, real: int, *, is_protected: bool = True) -> None:
        """A count in no table. A reader may know that it is nought; a small one is protected."""
        self._between(unknown, 0, MOST if real else 0)
        if is_protected and is_small(real):
            self.hidden.add(unknown)

    def adds_up(self, parts: Mapping[Unknown, int], least: int, most: int) -> None:
        """The sum of these unknowns, each so many times, is from `least` to `most`."""
        self.sums.append((dict(parts), least, most))

    def determined(self) -> list[Unknown]:
        """The hidden counts with one possible value."""
        self._tighten()
        found = [one for one in self.hidden if self._is_fixed(one)]
        for unknowns, sums in self._components():
            found += self._determined(unknowns, sums)
        return sorted(found)

    def _tighten(self) -> None:
        """Make bounds of the sums that have one unknown left beside fixed ones."""
        waiting, before = self.sums, -1
        while len(waiting) != before:
            before, left = len(waiting), []
            for parts, least, most in waiting:
                fixed = sum(
                    times * self.bounds[one][0]
                    for one, times in parts.items()
                    if self._is_fixed(one)
                )
                free = {one: times for one, times in parts.items() if not self._is_fixed(one)}
                if len(free) == 1:
                    ((one, times),) = free.items()
                    ends = sorted((times * (least - fixed), times * (most - fixed)))
                    self._between(one, int(ends[0]), int(ends[1]))
                elif free:
                    left.append((free, least - fixed, most - fixed))
            waiting = left
        self.sums = waiting

    def _components(self) -> Iterator[tuple[list[Unknown], list[Sum]]]:
        """The unknowns that sums tie together, with those sums: each can be solved alone."""
        ties = [list(parts) for parts, _, _ in self.sums]
        numbers = {unknown: at for at, unknown in enumerate(dict.fromkeys(chain(*ties)))}
        one, other = [], []
        for tied in ties:
            one += [numbers[tied[0]]] * len(tied)
            other += [numbers[unknown] for unknown in tied]
        size = (len(numbers), len(numbers))
        graph = coo_array((numpy.ones(len(one)), (one, other)), shape=size)
        number, labels = connected_components(graph, directed=False)
        found: list[tuple[list[Unknown], list[Sum]]] = [([], []) for _ in range(number)]
        for unknown, at in numbers.items():
            found[labels[at]][0].append(unknown)
        for tied, rule in zip(ties, self.sums, strict=True):
            found[labels[numbers[tied[0]]]][1].append(rule)
        yield from found

    def _determined(self, unknowns: list[Unknown], sums: list[Sum]) -> Iterator[Unknown]:
        matrix = [[parts.get(unknown, 0) for unknown in unknowns] for parts, _, _ in sums]
        rules = LinearConstraint(
            numpy.array(matrix), [least for _, least, _ in sums], [most for _, _, most in sums]
        )
        limits = Bounds(*zip(*(self.bounds[unknown] for unknown in unknowns), strict=True))

        def lowest(wanted: numpy.ndarray) -> list[int]:
            """The possible values of the unknowns with the least sum of those wanted."""
            found = milp(
                wanted, integrality=numpy.ones(len(unknowns)), bounds=limits, constraints=rules
            )
            assert found.success, f"the tables contradict each other: {found.message}"
            return [round(value) for value in found.x]

        # Most have two values at the ends of a sum that weighs them; the rest are tried one by one.
        weights = numpy.arange(1, len(unknowns) + 1)
        several = lowest(weights), lowest(-weights)
        for at, unknown in enumerate(unknowns):
            if unknown in self.hidden and several[0][at] == several[1][at]:
                one = numpy.eye(len(unknowns))[at]
                if lowest(one)[at] == lowest(-one)[at]:
                    yield unknown

    def _is_fixed(self, unknown: Unknown) -> bool:
        low, high = self.bounds[unknown]
        return low == high

    def _between(self, unknown: Unknown, least: int, most: int) -> None:
        low, high = self.bounds.get(unknown, (0, MOST))
        self.bounds[unknown] = max(low, least), min(high, most)


def determined(
    reports: Iterable[FrozenReport], truth: Mapping[tuple[str, str], Result]
) -> list[Unknown]:
    """The hidden counts that can be worked out from these reports together.

    `truth` holds the real counts, by month and measure, only to tell how many people are in several
    cells of a table.
    """
    system = System()
    for report in reports:
        for figures in report["measures"]:
            if MEASURES[figures["key"]].protects_cuts:
                add_tables(
                    system, report["period"], figures, truth[report["period"], figures["key"]]
                )
        _add_movements(system, report)
    return system.determined()


def add_tables(system: System, month: str, figures: MeasureFigures, truth: Result) -> None:
    """The total and the cuts of one measure."""
    measure = MEASURES[figures["key"]]
    known = _totals(measure, figures)
    for column, words in known.items():
        system.told((month, measure.key, column), words)
    for cut in figures["cuts"]:
        at: Unknown = (month, measure.key, cut["key"])
        real = truth.cuts[Cut(cut["key"])]
        rests = {
            name: int(truth.total.get(name, 0) - sum(tally.get(name, 0) for tally in real.values()))
            for name, _ in measure.columns
        }
        for row in cut["rows"]:
            cells = {name: (*at, row["key"], name) for name, _ in measure.columns}
            for words, unknown in zip(row["cells"], cells.values(), strict=True):
                system.told(unknown, words)
            _add_row(system, measure, cells)
        for column in known:
            total = (month, measure.key, column)
            column_cells = [(*at, row["key"], column) for row in cut["rows"]]
            for cell in column_cells:
                system.adds_up({total: 1, cell: -1}, 0, MOST)
        if min(rests.values()) >= 0 or max(rests.values()) <= 0:
            _add_sums(system, measure, at, known, cut, rests)


def _add_sums(
    system: System,
    measure: Measure,
    at: Unknown,
    known: Mapping[str, str],
    cut: CutTable,
    rests: Mapping[str, int],
) -> None:
    """What the cells of each column add up to, with those in no group. Where some are in several
    groups and others in none, no page tells how many, and nothing is added.
    """
    month = at[0]
    # Where nothing is in any group the rest is all there is, of which the total may tell.
    whole = system.bounds.get((month, measure.key, measure.of), (0, 0))
    is_all = bool(measure.of) and rests[measure.of] == whole[0]
    for column, words in known.items():
        total, rest = (month, measure.key, column), rests[column]
        cells = [(*at, row["key"], column) for row in cut["rows"]]
        several = max(0, -rest)
        system.adds_up(
            dict.fromkeys([*cells, (*at, NONE, column)], 1) | {total: -1},
            several if words != FEWER else 0,
            several if words != FEWER or not several else MOST,
        )
        system.untold((*at, NONE, column), max(0, rest), is_protected=not is_all)
    if measure.of and 0 <= rests[measure.main] <= rests[measure.of] and not is_all:
        others = (*at, NONE, "others")
        system.untold(others, rests[measure.of] - rests[measure.main])
        parts = {(*at, NONE, measure.main): 1, others: 1, (*at, NONE, measure.of): -1}
        system.adds_up(parts, 0, 0)


def _totals(measure: Measure, figures: MeasureFigures) -> dict[str, str]:
    """The words of each column of which the report tells the total."""
    total = figures["total"]
    if measure.of:
        return {
            measure.main: total["numerator"] or HELD_BACK,
            measure.of: total["denominator"] or HELD_BACK,
        }
    return {measure.main: total["shown"]}


def _add_row(system: System, measure: Measure, cells: Mapping[str, Unknown]) -> None:
    parts = [cells[name] for name in cells if name != measure.whole]
    if measure.of:
        system.adds_up(dict.fromkeys(parts, 1) | {cells[measure.whole]: -1}, 0, 0)
    else:
        for part in parts:
            system.adds_up({cells[measure.whole]: 1, part: -1}, 0, MOST)


def _add_movements(system: System, report: FrozenReport) -> None:
    """The figures of the month before, and by how much those on page one have moved."""
    before = _month_before(report["period"])
    for figures in report["measures"]:
        measure = MEASURES[figures["key"]]
        if measure.protects_total and figures["previous"]:
            system.told((before, measure.key, measure.main), figures["previous"]["shown"])
    for figure in report["headline"]:
        measure = MEASURES[figure["key"]]
        moved = _MOVED.fullmatch(figure["movement"] or "")
        if measure.protects_total and moved:
            by = int(moved[1].replace(",", "")) * (1 if moved[2] == "more" else -1)
            now = (report["period"], measure.key, measure.main)
            system.adds_up({now: 1, (before, measure.key, measure.main): -1}, by, by)


def _month_before(month: str) -> str:
    year, number = map(int, month.split("-"))
    return f"{year - (number == 1)}-{(number - 2) % 12 + 1:02}"
