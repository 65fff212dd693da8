"""The form of a line of the bench, and the one way in which lines are measured."""

import statistics
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any

#: Pairs of runs, floor then product; they take turns, so that both meet the same machine.
RUNS = 5


@dataclass(frozen=True)
class Pairs:
    """The seconds of each floor and of the product's run after it, in the order taken."""

    floor: tuple[float, ...]
    ours: tuple[float, ...]

    def per(self, number: int) -> "Pairs":
        """The same for one of so many things that a run does."""
        return Pairs(
            tuple(one / number for one in self.floor), tuple(one / number for one in self.ours)
        )


@dataclass(frozen=True)
class Line:
    """One path: what ours took beside the floor, in seconds; the ratio is what counts.

    `is_speed` tells how it is read: floor ÷ ours (a share of the floor's speed, more is better), or
    ours ÷ floor (so many times the floor's time, less is better). `must` and `aim` are in
    the same terms. The ratio is the median of the ratios of the pairs, for the machine's speed
    moves from minute to minute; the spread is from the lowest to the highest of them.
    """

    key: str
    title: str
    floor: str
    pairs: Pairs
    is_speed: bool
    must: float
    aim: float
    note: str = ""

    @property
    def ratios(self) -> list[float]:
        both = zip(self.pairs.floor, self.pairs.ours, strict=True)
        return sorted(floor / ours if self.is_speed else ours / floor for floor, ours in both)

    @property
    def ratio(self) -> float:
        return statistics.median(self.ratios)

    @property
    def spread(self) -> tuple[float, float]:
        return self.ratios[0], self.ratios[-1]

    @property
    def verdict(self) -> str:
        def reaches(goal: float) -> bool:
            return self.ratio >= goal if self.is_speed else self.ratio <= goal

        return "aim" if reaches(self.aim) else "must" if reaches(self.must) else "MISSED"

    def as_json(self) -> dict[str, Any]:
        """The line as it is kept: every run, the median of the ratios, and their spread."""
        return asdict(self) | {
            "ratio": round(self.ratio, 4),
            "spread": [round(end, 4) for end in self.spread],
            "verdict": self.verdict,
        }


def side_by_side(
    floor: Callable[[], object], ours: Callable[[], object], *, runs: int = RUNS
) -> Pairs:
    """The seconds of each, taken in turns after one round that does not count.

    A side that returns a float has measured itself, so that making ready is left out.
    """
    sides: tuple[list[float], list[float]] = ([], [])
    for turn in range(runs + 1):
        for kept, what in zip(sides, (floor, ours), strict=True):
            begun = time.perf_counter()
            told = what()
            took = told if isinstance(told, float) else time.perf_counter() - begun
            if turn:
                kept.append(took)
    return Pairs(tuple(sides[0]), tuple(sides[1]))


def table(lines: list[Line]) -> str:
    """The lines as people read them."""
    head = ("path", "floor", "floor ms", "ours ms", "ratio", "spread", "must", "aim", "reached")
    rows = [
        (
            line.title,
            line.floor,
            f"{statistics.median(line.pairs.floor) * 1000:,.2f}",
            f"{statistics.median(line.pairs.ours) * 1000:,.2f}",
            f"{line.ratio:.2f} ×",
            f"{line.spread[0]:.2f} to {line.spread[1]:.2f}",
            f"{'≥' if line.is_speed else '≤'} {line.must:g}",
            f"{'≥' if line.is_speed else '≤'} {line.aim:g}",
            line.verdict,
        )
        for line in lines
    ]
    widths = [max(len(row[column]) for row in [head, *rows]) for column in range(len(head))]
    written = [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        for row in [head, *rows]
    ]
    return "\n".join(
        [
            written[0],
            "-" * len(written[0]),
            *written[1:],
            *(f"{line.title}: {line.note}" for line in lines if line.note),
        ]
    )
