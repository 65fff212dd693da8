"""The form of a line of the bench, and how one is measured."""

import statistics
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any

#: Runs of each side; they take turns, so that both meet the same machine.
RUNS = 5


@dataclass(frozen=True)
class Line:
    """One path: what ours took beside the floor, in seconds; the ratio is what counts.

    `is_speed` tells how it is read: floor ÷ ours (a share of the floor's speed, more is better), or
    ours ÷ floor (so many times the floor's time, less is better). `must` and `aim` are in
    the same terms.
    """

    key: str
    title: str
    floor: str
    floor_seconds: float
    ours_seconds: float
    is_speed: bool
    must: float
    aim: float
    note: str = ""

    @property
    def ratio(self) -> float:
        if self.is_speed:
            return self.floor_seconds / self.ours_seconds
        return self.ours_seconds / self.floor_seconds

    @property
    def verdict(self) -> str:
        def reaches(goal: float) -> bool:
            return self.ratio >= goal if self.is_speed else self.ratio <= goal

        return "aim" if reaches(self.aim) else "must" if reaches(self.must) else "MISSED"

    def as_json(self) -> dict[str, Any]:
        return asdict(self) | {"ratio": round(self.ratio, 4), "verdict": self.verdict}


def side_by_side(
    floor: Callable[[], object], ours: Callable[[], object], *, runs: int = RUNS
) -> tuple[float, float]:
    """The median seconds of each, taken in turns after one round that does not count."""
    floor()
    ours()
    times: tuple[list[float], list[float]] = ([], [])
    for _ in range(runs):
        for side, what in zip(times, (floor, ours), strict=True):
            begun = time.perf_counter()
            what()
            side.append(time.perf_counter() - begun)
    return statistics.median(times[0]), statistics.median(times[1])


def table(lines: list[Line]) -> str:
    """The lines as people read them."""
    head = ("path", "floor", "floor ms", "ours ms", "ratio", "must", "aim", "reached")
    rows = [
        (
            line.title,
            line.floor,
            f"{line.floor_seconds * 1000:,.2f}",
            f"{line.ours_seconds * 1000:,.2f}",
            f"{line.ratio:.2f} ×",
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
