"""Figures in display words: shares, days, movement since last month, small numbers of residents
protected.
"""

from collections.abc import Iterable, Mapping

from core.disclosure import (
    FEWER,
    HELD_BACK,
    ProtectedCount,
    hold_back,
    is_small,
    plain,
    protect,
    protect_one,
)
from insight.measures.measure import Measure, Unit
from insight.measures.query import Group, Tally
from insight.measures.subjects import Cut
from insight.reporting.documents.schema import Cut as CutTable
from insight.reporting.documents.schema import Total

NOTHING = "none to count"


def total(measure: Measure, tally: Tally) -> Total:
    """The figure over everything, protected where it is of residents."""
    if measure.of:
        part, whole = int(tally.get(measure.main, 0)), int(tally.get(measure.of, 0))
        if not whole:
            return {"shown": NOTHING, "numerator": "0", "denominator": "0"}
        words = f"{part:,} of {whole:,} ({percentage(part, whole)}%)"
        return {"shown": words, "numerator": f"{part:,}", "denominator": f"{whole:,}"}
    if measure.unit == Unit.DAYS:
        words = f"{_number(tally['median'])} days" if tally.get("count") else NOTHING
        return {"shown": words, "numerator": None, "denominator": None}
    words = _over_everything(measure, tally, measure.main).words
    return {"shown": words, "numerator": None, "denominator": None}


def movement(measure: Measure, now: Tally, before: Tally, month: str) -> str | None:
    """How the figure moved since the month named; None where either may not be shown."""
    if measure.of:
        wholes = int(now.get(measure.of, 0)), int(before.get(measure.of, 0))
        if not all(wholes):
            return None
        parts = int(now[measure.main]), int(before[measure.main])
        points = percentage(parts[0], wholes[0]) - percentage(parts[1], wholes[1])
        return _moved(points, "percentage point", month)
    if measure.unit == Unit.DAYS and not (now.get("count") and before.get("count")):
        return None
    if any(_over_everything(measure, one, measure.main).is_hidden for one in (now, before)):
        return None
    difference = now.get(measure.main, 0) - before.get(measure.main, 0)
    return _moved(difference, "day" if measure.unit == Unit.DAYS else "", month)


def table(
    measure: Measure,
    cut: Cut,
    tallies: Mapping[Group, Tally],
    whole: Tally,
) -> CutTable:
    """A measure by the groups of a cut, protected against its total.

    Groups without anything are shown as 0; what is in no group only where there is something.
    """
    counts = {group: tally for group, tally in tallies.items() if group.key or any(tally.values())}
    rows = (
        _protected(measure, counts, whole)
        if measure.protects_cuts
        else _unprotected(measure, counts)
    )
    notes = (
        ["Some figures are held back so that no one can be recognised from them."]
        if _hides(rows)
        else []
    )
    return {
        "key": cut.value,
        "title": _TITLES[cut],
        "columns": [heading for _, heading in measure.columns],
        "rows": [
            {
                "key": group.key or "nel",
                "label": group.name,
                "cells": cells,
                "value": _value(measure, counts[group], cells),
            }
            for group, cells in rows.items()
        ],
        "notes": notes,
    }


def _unprotected(measure: Measure, counts: Mapping[Group, Tally]) -> dict[Group, list[str]]:
    return {
        key: [_cell(name, tally) for name, _ in measure.columns] for key, tally in counts.items()
    }


def _cell(name: str, tally: Tally) -> str:
    if name == "median":
        return _number(tally["median"]) if tally.get("count") else "–"
    return f"{int(tally.get(name, 0)):,}"


def _protected(
    measure: Measure, counts: Mapping[Group, Tally], whole: Tally
) -> dict[Group, list[str]]:
    """Rows of residents: the leading count (of people owed, or of people) protected against its
    total, the other parts of a row shown where none of them is small and the leading count is
    shown.
    """
    lead = measure.of or measure.main
    numbers = {key: int(tally.get(lead, 0)) for key, tally in counts.items()}
    leads = protect(numbers, total=_over_everything(measure, whole, lead))
    hidden = {key for key, tally in counts.items() if _hides_parts(measure, tally, leads[key])}
    # What is in no group, such as no programme, is in no row and protected as one would be.
    rest = {name: max(0, whole.get(name, 0) - _sum(counts, name)) for name, _ in measure.columns}
    if measure.of:
        # The total of the figure is shown, so that one row alone could be worked out, or a rest.
        others = [key for key in counts if key not in hidden and numbers[key]]
        if others and len(hidden) + _hides_parts(measure, rest, plain(0)) == 1:
            hidden.add(min(others, key=lambda key: numbers[key]))
        if hidden and _is_pinned(measure, {key: counts[key] for key in hidden}, whole):
            leads, hidden = hold_back(numbers), set(counts)
    unseen = [*(counts[key] for key in hidden), rest]
    return {
        key: [
            leads[key].words
            if name == lead
            else HELD_BACK
            if key in hidden and not _is_nought(measure, name, whole, unseen)
            else plain(int(tally.get(name, 0))).words
            for name, _ in measure.columns
        ]
        for key, tally in counts.items()
    }


def _sum(counts: Mapping[Group, Tally], name: str) -> int:
    return int(sum(tally.get(name, 0) for tally in counts.values()))


def _hides_parts(measure: Measure, tally: Tally, lead: ProtectedCount) -> bool:
    """Whether the parts of a row are held back: with the leading count, and where one is small, or
    gives away a small rest (of all heads, those estimated give away those that were not).
    """
    parts = [int(tally.get(name, 0)) for name, _ in measure.columns if name != measure.whole]
    rests = [] if measure.of else [int(tally.get(measure.whole, 0)) - part for part in parts]
    return lead.is_hidden or any(map(is_small, [*parts, *rests]))


def _is_pinned(measure: Measure, counts: Mapping[Group, Tally], whole: Tally) -> bool:
    """Whether hidden rows can be worked out from the sum of their figures: it is of one row, or the
    most that there can be in each.
    """
    figure = [int(tally.get(measure.main, 0)) for tally in counts.values()]
    most = [min(whole[measure.main], tally[measure.of]) for tally in counts.values()]
    return len([one for one in most if one]) < 2 or sum(figure) == sum(most)


def _is_nought(measure: Measure, name: str, whole: Tally, unseen: Iterable[Tally]) -> bool:
    """Whether the total, which is a share, tells that a part is nought in all that is not shown."""
    if not measure.of or any(tally.get(name) for tally in unseen):
        return False
    return name == measure.main or whole.get(measure.main) == whole.get(measure.of)


def _over_everything(measure: Measure, tally: Tally, name: str) -> ProtectedCount:
    """One count over everything, as it may be shown."""
    count = int(tally.get(name, 0))
    return protect_one(count) if measure.protects_total else plain(count)


def _hides(rows: Mapping[Group, list[str]]) -> bool:
    return any(cell in {FEWER, HELD_BACK} for cells in rows.values() for cell in cells)


def _value(measure: Measure, tally: Tally, cells: list[str]) -> float | None:
    if FEWER in cells or HELD_BACK in cells:
        return None
    if measure.of:
        whole = tally.get(measure.of, 0)
        return percentage(int(tally[measure.main]), int(whole)) if whole else None
    return tally.get(measure.main, 0)


def _moved(difference: float, what: str, month: str) -> str:
    if not difference:
        return f"The same as in {month}"
    size = _number(abs(difference))
    unit = f" {what}{'' if abs(difference) == 1 else 's'}" if what else ""
    words = ("higher", "lower") if what == "percentage point" else ("more", "fewer")
    more = words[difference < 0]
    return f"{size}{unit} {more} than in {month}"


def _number(value: float) -> str:
    return f"{int(value):,}" if float(value).is_integer() else f"{value:,.1f}"


def percentage(part: int, whole: int) -> int:
    """A share in whole per cent, a half upwards; 0 and 100 only where it is none and all."""
    nearest = (200 * part + whole) // (2 * whole)
    return max(1, min(99, nearest)) if 0 < part < whole else nearest


_TITLES = {
    Cut.PLACE: "By place",
    Cut.COLLABORATIVE: "By provider collaborative",
    Cut.PROGRAMME: "By programme",
    Cut.SYSTEM_LEVEL: "By level of the system",
}
