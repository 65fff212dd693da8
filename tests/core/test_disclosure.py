"""Disclosure control: no reader can work out a small count, shown by trying all possible tables."""

from collections.abc import Callable
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.disclosure import FEWER, FLOOR, HELD_BACK, ProtectedCount, plain, protect, protect_one


def possible_counts(cell: ProtectedCount, total: int, *, all_held_back: bool) -> range:
    """Every count that a cell can have, judged by its words alone."""
    if cell.value is not None:
        return range(cell.value, cell.value + 1)
    if cell.words == FEWER:
        return range(1, min(FLOOR - 1, total) + 1)
    return range(0 if all_held_back else FLOOR, total + 1)


def possible_tables(
    shown: dict[str, ProtectedCount], totals: list[int], several: int
) -> list[tuple[int, ...]]:
    """Every table that agrees with the words and one of the totals, by brute force, where so many
    people are in several cells.
    """
    all_held_back = all(cell.words == HELD_BACK for cell in shown.values())
    return [
        table
        for total in totals
        for table in product(
            *(possible_counts(cell, total, all_held_back=all_held_back) for cell in shown.values())
        )
        if sum(table) == total + several
    ]


def revealed(cells: dict[str, int], total: ProtectedCount, count: int) -> set[str]:
    """The small cells whose count can be worked out by a reader who knows how many people are in
    several of them.
    """
    shown = protect(cells, total=total)
    known = list(range(1, FLOOR)) if total.is_hidden else [count]
    tables = possible_tables(shown, known, sum(cells.values()) - count)
    assert tuple(cells.values()) in tables, "the words contradict the real table"
    return {
        key
        for place, key in enumerate(cells)
        if 0 < cells[key] < FLOOR and len({table[place] for table in tables}) == 1
    }


counts = st.one_of(st.integers(0, FLOOR), st.integers(0, 9))
tables = st.lists(counts, min_size=2, max_size=4).map(
    lambda row: {f"cell {number}": count for number, count in enumerate(row)}
)


@given(tables, st.sampled_from([plain, protect_one]))
def test_small_count_when_cells_add_up_to_the_total_then_no_reader_finds_it(
    cells: dict[str, int], shown: Callable[[int], ProtectedCount]
) -> None:
    total = sum(cells.values())

    assert not revealed(cells, shown(total), total)


@given(tables, st.data())
def test_small_count_when_people_are_in_several_cells_then_no_reader_finds_it(
    cells: dict[str, int], data: st.DataObject
) -> None:
    total = data.draw(st.integers(max(FLOOR, *cells.values()), max(FLOOR, sum(cells.values()))))

    if sum(cells.values()) >= total:
        assert not revealed(cells, plain(total), total)


def test_small_rest_when_no_cell_holds_it_then_a_cell_is_held_back() -> None:
    assert [cell.words for cell in protect({"a": 9, "b": 8}, total=plain(19)).values()] == [
        "9",
        HELD_BACK,
    ]


def test_every_table_of_three_small_numbers_when_protected_then_no_reader_finds_any() -> None:
    broken = [
        row
        for row in product(range(7), repeat=3)
        for shown in (plain, protect_one)
        if revealed(dict(zip("abc", row, strict=True)), shown(sum(row)), sum(row))
    ]

    assert broken == []


@pytest.mark.parametrize(
    ("cells", "total", "words"),
    [
        ({"a": 3, "b": 7, "c": 9}, None, [FEWER, "7", "9"]),
        ({"a": 12, "b": 7}, 19, ["12", "7"]),
        # With 5 and 1 in a total of 6 only one table is possible, so all of it is held back.
        ({"a": 1, "b": 5}, 6, [HELD_BACK, HELD_BACK]),
        ({"a": 2, "b": 9}, 11, [FEWER, HELD_BACK]),
        ({"a": 2, "b": 9, "c": 0}, 11, [FEWER, HELD_BACK, "0"]),
        ({"a": 2, "b": 30, "c": 9}, 41, [FEWER, "30", HELD_BACK]),
        ({"a": 2, "b": 3, "c": 9}, 14, [FEWER, FEWER, "9"]),
        ({"a": 4, "b": 4}, 8, [HELD_BACK, HELD_BACK]),
        ({"a": 1, "b": 1, "c": 9}, 11, [FEWER, FEWER, HELD_BACK]),
        ({"a": 3, "b": 0}, 3, [FEWER, "0"]),
        ({"a": 1, "b": 1, "c": 1, "d": 1}, 4, [HELD_BACK] * 4),
        ({"a": 0, "b": 0}, 0, ["0", "0"]),
        ({}, 0, []),
    ],
)
def test_protect_when_a_table_is_shown_then_just_enough_is_hidden(
    cells: dict[str, int], total: int | None, words: list[str]
) -> None:
    shown = None if total is None else protect_one(total)

    assert [cell.words for cell in protect(cells, total=shown).values()] == words


@given(tables)
def test_protect_when_a_cell_is_small_then_its_number_is_never_in_the_words(
    cells: dict[str, int],
) -> None:
    shown = protect(cells, total=plain(sum(cells.values())))

    assert all(shown[key].is_hidden for key, count in cells.items() if 0 < count < FLOOR)


@given(st.integers(0, 10_000))
def test_protect_one_when_count_is_from_one_to_four_then_it_is_hidden(count: int) -> None:
    assert protect_one(count).is_hidden == (1 <= count <= 4)


def test_plain_when_a_count_has_thousands_then_it_has_a_comma() -> None:
    assert plain(12_345) == ProtectedCount(12_345, "12,345")
