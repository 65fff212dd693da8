"""Disclosure control: small counts of people are hidden, so that nobody can be recognised by them.

A count of people from 1 to 4 is shown as “fewer than 5”, and enough other cells of its table are
held back that no hidden count can be worked out from the rest.
"""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import TypeVar

#: The smallest count of people, other than none, that is shown.
FLOOR = 5
FEWER = f"fewer than {FLOOR}"
HELD_BACK = "held back"

K = TypeVar("K", bound=Hashable)


@dataclass(frozen=True)
class ProtectedCount:
    """A count as it may be shown: `words` on pages, `value` to programs, None when hidden."""

    value: int | None
    words: str

    @property
    def is_hidden(self) -> bool:
        """Whether the words stand in for the number."""
        return self.value is None


def plain(count: int) -> ProtectedCount:
    """A count that needs no protection: not of people, or large enough."""
    return ProtectedCount(count, f"{count:,}")


def is_small(count: int) -> bool:
    """Whether a count of people has to be hidden."""
    return 0 < count < FLOOR


def protect_one(count: int) -> ProtectedCount:
    """One count of people that is not part of a table."""
    return ProtectedCount(None, FEWER) if is_small(count) else plain(count)


def protect(
    cells: Mapping[K, int], *, total: int | None, additive: bool = True
) -> dict[K, ProtectedCount]:
    """The counts of people in one table, by cell, as they may be shown beside its total.

    `total` is the total shown with the table, None when there is none; a total that is itself small
    hides every cell that is not zero. `additive` says that the cells add up to the total. They do
    not where one person can be in two cells; a reader then knows only a lower bound. Where holding
    back other cells is not enough, the whole table is held back.
    """
    small = {key for key, count in cells.items() if is_small(count)}
    if total is not None and is_small(total):
        small = {key for key, count in cells.items() if count}
        # Four cells that are not zero, in a total of at most four, are one each. Tables with three
        # are held back as well, or a table held back would always be one with four.
        if additive and len(small) >= FLOOR - 2:
            return {key: _protected(count, False, True) for key, count in cells.items()}
        return {key: _protected(cells[key], key in small, False) for key in cells}
    held: set[K] = set()
    if total is not None:
        spare = sorted(
            (key for key in cells if key not in small),
            key=lambda key: (cells[key] == 0, cells[key]),
        )
        while small and _reveals_a_count(cells, small, held, total, additive):
            if not spare:
                return {key: _protected(count, False, True) for key, count in cells.items()}
            held.add(spare.pop(0))
    return {key: _protected(count, key in small, key in held) for key, count in cells.items()}


def _protected(count: int, small: bool, held: bool) -> ProtectedCount:
    if small:
        return ProtectedCount(None, FEWER)
    return ProtectedCount(None, HELD_BACK) if held else plain(count)


def _reveals_a_count(
    cells: Mapping[K, int], small: set[K], held: set[K], total: int, additive: bool
) -> bool:
    """Whether a reader can work out a small count from the total and the cells that are shown.

    A reader knows that each small cell is from 1 to 4 and that each cell held back is 0 or at least
    5. The possible values are the same for every small cell: with only one, it is revealed.
    """
    left = total - sum(
        count for key, count in cells.items() if key not in small and key not in held
    )
    others = len(small) - 1
    if not additive:
        # People may be in several cells, so a cell held back may have any count: no upper bound.
        return not held and left - others * (FLOOR - 1) >= FLOOR - 1
    sums = range(others, others * (FLOOR - 1) + 1)
    possible = {
        count
        for count in range(1, FLOOR)
        if any(_may_be_held(left - count - rest, held) for rest in sums)
    }
    return len(possible) < 2


def _may_be_held(count: int, held: set[K]) -> bool:
    """Whether the cells held back can add up to this count."""
    return count == 0 or (bool(held) and count >= FLOOR)
