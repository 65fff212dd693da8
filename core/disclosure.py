"""When a number of people is too small to show, and what else must be held back so that it cannot be worked out.

The rule is the design's, section 4: a count of people from 1 to 4 is shown as “fewer than 5”, and
enough other cells are held back that no hidden count can be calculated from the rest.
"""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from math import inf
from typing import TypeVar

FLOOR = 5
FEWER = f"fewer than {FLOOR}"
HELD_BACK = "held back"

K = TypeVar("K", bound=Hashable)


@dataclass(frozen=True)
class Shown:
    """A count as it may be shown. `value` is None when it is hidden; `words` is always printable."""

    value: int | None
    words: str

    @property
    def is_hidden(self) -> bool:
        return self.value is None


def plain(count: int) -> Shown:
    """A count that is not of people, or is big enough: shown as it is."""
    return Shown(count, f"{count:,}")


def is_small(count: int) -> bool:
    return 0 < count < FLOOR


def protect_one(count: int) -> Shown:
    """One count of people that stands alone."""
    return Shown(None, FEWER) if is_small(count) else plain(count)


def protect(cells: Mapping[K, int], *, total: int | None, additive: bool = True) -> dict[K, Shown]:
    """The cells of one table as they may be shown beside its total.

    `total` is the figure shown with the table, or None when none is; a total that is itself small
    hides every cell that is not zero. `additive` says that the cells add up to the total; where
    one person can stand in two cells they do not, and only the lower bound is known to a reader.
    """
    small = {key for key, count in cells.items() if is_small(count)}
    if total is not None and is_small(total):
        small = {key for key, count in cells.items() if count}
        return {key: _shown(cells[key], key in small, False) for key in cells}
    held: set[K] = set()
    if total is not None:
        spare = sorted(
            (key for key in cells if key not in small),
            key=lambda key: (cells[key] == 0, cells[key]),
        )
        while small and _gives_away(cells, small, held, total, additive) and spare:
            held.add(spare.pop(0))
    return {key: _shown(count, key in small, key in held) for key, count in cells.items()}


def _shown(count: int, small: bool, held: bool) -> Shown:
    if small:
        return Shown(None, FEWER)
    return Shown(None, HELD_BACK) if held else plain(count)


def _gives_away(
    cells: Mapping[K, int], small: set[K], held: set[K], total: int, additive: bool
) -> bool:
    """Could a reader find any small count exactly, from the total and the cells that are shown?

    Each small cell is known to lie from 1 to 4 and each held one to be 0 or more; a small cell
    is given away when only one value is left to it, or when two are hidden and one is the total's rest.
    """
    left = total - sum(
        count for key, count in cells.items() if key not in small and key not in held
    )
    most_of_others: float = (len(small) - 1) * (FLOOR - 1) + (inf if held else 0)
    least_of_others = len(small) - 1
    low = max(1, left - most_of_others)
    high = min(FLOOR - 1, left - least_of_others) if additive else FLOOR - 1
    return low >= high
