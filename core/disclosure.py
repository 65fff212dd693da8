"""When a number of people is too small to show, and what else must be held back so that it cannot
be worked out.

The rule is the design's, section 4: a count of people from 1 to 4 is shown as “fewer than 5”, and
enough other cells are held back that no hidden count can be calculated from the rest.
"""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import TypeVar

FLOOR = 5
FEWER = f"fewer than {FLOOR}"
HELD_BACK = "held back"

K = TypeVar("K", bound=Hashable)


@dataclass(frozen=True)
class Shown:
    """A count as it may be shown.

    `value` is None when it is hidden; `words` is always printable.
    """

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
    Where holding back other cells is not enough, the whole table is held back.
    """
    small = {key for key, count in cells.items() if is_small(count)}
    if total is not None and is_small(total):
        small = {key for key, count in cells.items() if count}
        # Four cells of at least one in a total of at most four are one each; holding back three
        # as well keeps the holding back itself from saying that there are four.
        if additive and len(small) >= FLOOR - 2:
            return {key: _shown(count, False, True) for key, count in cells.items()}
        return {key: _shown(cells[key], key in small, False) for key in cells}
    held: set[K] = set()
    if total is not None:
        spare = sorted(
            (key for key in cells if key not in small),
            key=lambda key: (cells[key] == 0, cells[key]),
        )
        while small and _gives_away(cells, small, held, total, additive):
            if not spare:
                return {key: _shown(count, False, True) for key, count in cells.items()}
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

    A reader knows each small cell to lie from 1 to 4 and, from its words, each held one to be 0 or
    at least 5. What is possible is the same for every small cell; it is given away when only one
    count is left to it.
    """
    left = total - sum(
        count for key, count in cells.items() if key not in small and key not in held
    )
    others = len(small) - 1
    if not additive:
        # A held cell may hold everybody, and people may stand in several cells: no upper bound.
        return not held and left - others * (FLOOR - 1) >= FLOOR - 1
    sums = range(others, others * (FLOOR - 1) + 1)
    possible = {
        count
        for count in range(1, FLOOR)
        if any(_may_be_held(left - count - rest, held) for rest in sums)
    }
    return len(possible) < 2


def _may_be_held(count: int, held: set[K]) -> bool:
    """Can the held cells come to this together?"""
    return count == 0 or (bool(held) and count >= FLOOR)
