"""The tables of the Board report: every figure, the totals of some, and each cut.

Everything here turns display strings into other display strings; nothing is counted.
"""

import math

from core.periods import Month
from insight.reporting.documents.blocks import (
    Block,
    Table,
    notes,
    sentence,
    words_table,
)
from insight.reporting.documents.schema import Cut, CutRow, FrozenReport, MeasureFigures
from insight.reporting.documents.wording import breakable, lowercase_first, sentence_list

#: The most columns of figures, beside the row labels, that are legible on a page.
MOST_COLUMNS = 5


def all_figures(frozen: FrozenReport) -> list[Block]:
    """Every measure over everything, beside the month before, with its notes."""
    rows = [
        [
            breakable(measure["title"], 24),
            breakable(measure["unit"]),
            breakable(measure["total"]["shown"]),
            breakable(_made_of(measure)),
            breakable(measure["previous"]["shown"] if measure["previous"] else "No figure"),
        ]
        for measure in frozen["measures"]
    ]
    heads = ["Figure", "Counted in", frozen["month"], "Made of", _month_before(frozen)]
    figures: Block = (
        words_table("Each figure, with the month before", heads, rows)
        if rows
        else sentence("No figures were counted for this month.")
    )
    return [figures, *notes(_measure_notes(frozen["measures"]))]


def totals(frozen: FrozenReport, keys: tuple[str, ...]) -> list[Table]:
    """The measures with these keys as one table; none where the report has none of them."""
    measures = [measure for measure in frozen["measures"] if measure["key"] in keys]
    if not measures:
        return []
    rows = [
        [
            breakable(measure["title"], 24),
            breakable(measure["total"]["shown"]),
            breakable(_made_of(measure)),
            breakable(measure["previous"]["shown"] if measure["previous"] else "No figure"),
        ]
        for measure in measures
    ]
    heads = ["Figure", frozen["month"], "Made of", _month_before(frozen)]
    titles = [measure["title"] for measure in measures]
    return [words_table(sentence_list(titles), heads, rows)]


def cut_blocks(measures: list[MeasureFigures], key: str) -> list[Block]:
    """One cut of every measure: those of one column side by side, a table for each other one."""
    cut_by = [
        (measure, cut) for measure in measures for cut in measure["cuts"] if cut["key"] == key
    ]
    narrow = [pair for pair in cut_by if _width(pair[1]) == 1]
    wide = [pair for pair in cut_by if _width(pair[1]) > 1]
    blocks: list[Block] = []
    if narrow:
        tables = math.ceil(len(narrow) / MOST_COLUMNS)
        share = math.ceil(len(narrow) / tables)
        for at in range(0, len(narrow), share):
            blocks.append(_side_by_side(narrow[at : at + share]))  # noqa: PERF401  # reads better
    for measure, cut in wide:
        blocks.extend(_wide_tables(measure, cut))
    lines = [f"{measure['title']}: {note}" for measure, cut in cut_by for note in cut["notes"]]
    blocks.extend(notes(lines))
    return blocks or [sentence("Nothing to show for this month.")]


def _side_by_side(pairs: list[tuple[MeasureFigures, Cut]]) -> Table:
    labels: dict[str, str] = {}
    for _, cut in pairs:
        for row in cut["rows"]:
            labels.setdefault(row["key"], row["label"])
    columns = [{row["key"]: row for row in cut["rows"]} for _, cut in pairs]
    rows = [
        [breakable(label, 24)] + [_first_cell(column.get(key)) for column in columns]
        for key, label in labels.items()
    ]
    has_total = not {"all", "total"} & set(labels)
    if has_total:
        rows.append(["Total"] + [breakable(measure["total"]["shown"]) for measure, _ in pairs])
    first = pairs[0][1]
    heads = [_label_head(first)] + [breakable(measure["title"]) for measure, _ in pairs]
    titles = [measure["title"] for measure, _ in pairs]
    return Table(
        f"{first['title']}: {lowercase_first(sentence_list(titles))}",
        heads,
        rows,
        has_total=has_total,
    )


def _wide_tables(measure: MeasureFigures, cut: Cut) -> list[Table]:
    heads = list(cut["columns"][-_width(cut) :])
    blocks = []
    for start in range(0, len(heads), MOST_COLUMNS + 1):
        part = heads[start : start + MOST_COLUMNS + 1]
        rows = []
        for row in cut["rows"]:
            cells = [breakable(cell) for cell in row["cells"][start : start + len(part)]]
            rows.append([breakable(row["label"], 24), *cells, *[""] * (len(part) - len(cells))])
        caption = f"{measure['title']}, {lowercase_first(cut['title'])}" + (
            ", continued" if start else ""
        )
        blocks.append(Table(caption, [_label_head(cut), *map(breakable, part)], rows))
    return blocks


def _measure_notes(measures: list[MeasureFigures]) -> list[str]:
    return [f"{measure['title']}: {note}" for measure in measures for note in measure["notes"]]


def _month_before(frozen: FrozenReport) -> str:
    return Month.parse(frozen["period"]).previous().words


def _made_of(measure: MeasureFigures) -> str:
    top, bottom = measure["total"]["numerator"], measure["total"]["denominator"]
    made_of = f"{top} of {bottom}" if top and bottom else ""
    # "63% (12 of 19)" says it already.
    return "" if made_of in measure["total"]["shown"] else made_of


def _width(cut: Cut) -> int:
    return max((len(row["cells"]) for row in cut["rows"]), default=max(1, len(cut["columns"])))


def _label_head(cut: Cut) -> str:
    if len(cut["columns"]) > _width(cut):
        return breakable(cut["columns"][0])
    words = cut["title"].removeprefix("By ")
    return words[:1].upper() + words[1:]


def _first_cell(row: CutRow | None) -> str:
    return breakable(row["cells"][0]) if row and row["cells"] else "Not counted"
