"""Disclosure control: small counts of residents are hidden, so that nobody can be recognised by
them.

A count from 1 to 4 is shown as “fewer than 5”, and enough other cells of its table are held back
that no hidden count can be worked out from the rest.
"""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import TypeVar

#: The smallest count of residents, other than none, that is shown.
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
    """A count that needs no protection: not of residents, or large enough."""
    return ProtectedCount(count, f"{count:,}")


def is_small(count: int) -> bool:
    """Whether a count of residents has to be hidden."""
    return 0 < count < FLOOR


def protect_one(count: int) -> ProtectedCount:
    """One count of residents that is not part of a table."""
    return ProtectedCount(None, FEWER) if is_small(count) else plain(count)


def protect(
    cells: Mapping[K, int], *, total: ProtectedCount | None = None
) -> dict[K, ProtectedCount]:
    """The counts of one table, by cell, as they may be shown beside its total.

    `total` is the total as it is shown with the table, None where there is none. Somebody may be in
    several cells, or in none, so the cells need not add up to it; but a reader may know how many
    are in several (public pages tell the places of an activity). So a small cell, or a small rest
    in no cell, is hidden only together with others of which no sum gives it away. A cell of nought
    is no help in that, for a reader may know that nothing happened there. Where the others do not
    suffice, the whole table is held back.
    """
    small = {key for key, count in cells.items() if is_small(count)}
    held: set[K] = set()
    if total is not None and total.value is None:
        # Each cell is then at most four. Four in a total of at most four are one each; tables with
        # three are held back as well, or a table held back would always be one with four.
        if len(small) >= FLOOR - 2:
            return hold_back(cells)
    elif total is not None and total.value is not None:
        spare = sorted((key for key in cells if cells[key] >= FLOOR), key=lambda key: cells[key])
        rest = max(0, total.value - sum(cells.values()))
        few = [cells[key] for key in small] + [rest] * is_small(rest)
        while few and _reveals_a_count(few, [cells[key] for key in held], total.value):
            if not spare:
                return hold_back(cells)
            held.add(spare.pop(0))
    return {key: _protected(count, key in small, key in held) for key, count in cells.items()}


def hold_back(cells: Mapping[K, int]) -> dict[K, ProtectedCount]:
    """A whole table held back."""
    return {key: _protected(count, False, True) for key, count in cells.items()}


def _protected(count: int, small: bool, held: bool) -> ProtectedCount:
    if small:
        return ProtectedCount(None, FEWER)
    return ProtectedCount(None, HELD_BACK) if held else plain(count)


def _reveals_a_count(small: list[int], held: list[int], total: int) -> bool:
    """Whether a reader who knows the sum of all cells can work out a small one of them.

    Such a reader knows that each small cell is from 1 to 4, and that each cell held back is at
    least 5 and no more than the total. The possible values are the same for every small cell: with
    only one, it is revealed.
    """
    left, most, others = sum(small) + sum(held), min(FLOOR - 1, total), len(small) - 1
    possible = {
        count
        for count in range(1, most + 1)
        for rest in range(others, others * most + 1)
        if FLOOR * len(held) <= left - count - rest <= total * len(held)
    }
    return len(possible) < 2
