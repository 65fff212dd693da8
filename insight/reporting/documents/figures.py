"""Figures in display words: shares, days, movement since last month, small numbers of people
protected.
"""

from collections.abc import Mapping

from core.disclosure import FEWER, HELD_BACK, is_small, plain, protect, protect_one
from insight.measures.measure import Measure, Unit
from insight.measures.query import Group, Tally
from insight.measures.subjects import Cut
from insight.reporting.documents.schema import Cut as CutTable
from insight.reporting.documents.schema import Total

NOTHING = "none to count"


def total(measure: Measure, tally: Tally) -> Total:
    """The figure over everything, protected where it is of people."""
    if measure.of:
        part, whole = int(tally.get(measure.main, 0)), int(tally.get(measure.of, 0))
        if not whole:
            return {"shown": NOTHING, "numerator": "0", "denominator": "0"}
        shown = _parts(measure, tally)
        numerator, denominator = shown[measure.main], shown[measure.of]
        if measure.is_of_people and not _may_be_shown(measure, tally):
            # The rest is people too, so a small rest is protected.
            few_missing = is_small(whole - part) and not is_small(whole)
            numerator = f"all but {FEWER}" if few_missing else numerator
            return {
                "shown": f"{numerator} of {denominator}",
                "numerator": None,
                "denominator": None,
            }
        words = f"{numerator} of {denominator} ({_percent(part, whole)})"
        return {"shown": words, "numerator": numerator, "denominator": denominator}
    if measure.unit == Unit.DAYS:
        words = f"{_number(tally['median'])} days" if tally.get("count") else NOTHING
        return {"shown": words, "numerator": None, "denominator": None}
    return {"shown": _parts(measure, tally)[measure.main], "numerator": None, "denominator": None}


def movement(measure: Measure, now: Tally, before: Tally, month: str) -> str | None:
    """How the figure moved since the month named; None where either may not be shown."""
    if measure.of:
        wholes = int(now.get(measure.of, 0)), int(before.get(measure.of, 0))
        if not all(wholes) or (
            measure.is_of_people
            and not (_may_be_shown(measure, now) and _may_be_shown(measure, before))
        ):
            return None
        points = round(100 * now[measure.main] / wholes[0]) - round(
            100 * before[measure.main] / wholes[1]
        )
        return _moved(points, "percentage point", month)
    if measure.unit == Unit.DAYS and not (now.get("count") and before.get("count")):
        return None
    if measure.is_of_people and not (
        _may_be_shown(measure, now) and _may_be_shown(measure, before)
    ):
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
        if measure.is_of_people
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
    """Rows of people. A row with a small part is hidden whole, and never one row alone.

    The row's leading count (of people owed, or of people) is protected against the table's total;
    its other parts are shown only where all of them may be and the leading count is.
    """
    lead = measure.of or measure.main
    leads = protect(
        {key: int(tally.get(lead, 0)) for key, tally in counts.items()},
        total=int(whole.get(lead, 0)),
        additive=False,
    )
    parts = [name for name, _ in measure.columns if name != lead]
    hidden_rows = {
        key
        for key, tally in counts.items()
        if leads[key].is_hidden
        or any(is_small(int(tally.get(name, 0))) for name in parts)
        or _rest_is_small(measure, tally)
    }
    others = sorted(
        (key for key in counts if key not in hidden_rows and counts[key].get(lead)),
        key=lambda key: counts[key][lead],
    )
    if len(hidden_rows) == 1 and parts and others:
        hidden_rows.add(others[0])
    return {
        key: [
            leads[key].words
            if name == lead
            else HELD_BACK
            if key in hidden_rows
            else plain(int(tally.get(name, 0))).words
            for name, _ in measure.columns
        ]
        for key, tally in counts.items()
    }


def _rest_is_small(measure: Measure, tally: Tally) -> bool:
    """Whether a part shown beside its whole gives away a small rest: of all heads, those that were
    estimated give away those that were not.
    """
    if measure.of:
        return False
    return any(
        tally.get(name) and is_small(int(tally.get(measure.main, 0) - tally[name]))
        for name, _ in measure.columns
        if name != measure.main
    )


def _parts(measure: Measure, tally: Tally) -> dict[str, str]:
    """The parts of one tally as they may be shown together."""
    names = [name for name, _ in measure.columns]
    if not measure.is_of_people:
        return {name: plain(int(tally.get(name, 0))).words for name in names}
    if measure.of:
        whole = int(tally.get(measure.of, 0))
        shown = protect(
            {name: int(tally.get(name, 0)) for name in names if name != measure.of}, total=whole
        )
        return {name: one.words for name, one in shown.items()} | {
            measure.of: protect_one(whole).words
        }
    return {name: protect_one(int(tally.get(name, 0))).words for name in names}


def _may_be_shown(measure: Measure, tally: Tally) -> bool:
    """Whether the figure, and the rest of its whole, may both be shown as they are."""
    shown = _parts(measure, tally)
    figures = {shown[measure.main], shown[measure.of] if measure.of else ""}
    rest = int(tally.get(measure.of, 0) - tally.get(measure.main, 0)) if measure.of else 0
    return not {FEWER, HELD_BACK} & figures and not is_small(rest)


def _hides(rows: Mapping[Group, list[str]]) -> bool:
    return any(cell in {FEWER, HELD_BACK} for cells in rows.values() for cell in cells)


def _value(measure: Measure, tally: Tally, cells: list[str]) -> float | None:
    if FEWER in cells or HELD_BACK in cells:
        return None
    if measure.of:
        whole = tally.get(measure.of, 0)
        return round(100 * tally[measure.main] / whole) if whole else None
    return tally.get(measure.main, 0)


def _moved(difference: float, what: str, month: str) -> str:
    if not difference:
        return f"The same as in {month}"
    size = _number(abs(difference))
    unit = f" {what}{'' if abs(difference) == 1 else 's'}" if what else ""
    more = "more" if difference > 0 else "fewer"
    return f"{size}{unit} {more} than in {month}"


def _number(value: float) -> str:
    return f"{int(value):,}" if float(value).is_integer() else f"{value:,.1f}"


def _percent(part: int, whole: int) -> str:
    return f"{round(100 * part / whole)}%"


_TITLES = {
    Cut.PLACE: "By place",
    Cut.COLLABORATIVE: "By provider collaborative",
    Cut.PROGRAMME: "By programme",
    Cut.SYSTEM_LEVEL: "By level of the system",
}
