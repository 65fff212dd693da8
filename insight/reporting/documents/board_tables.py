"""The tables of the Board report: every figure, the levels of the system, and each measure in full.

Everything here turns display strings into other display strings; nothing is counted.
"""

import re
from collections.abc import Iterable

from core.periods import Month
from insight.reporting.documents.blocks import Block, Table, notes, sentence, words_table
from insight.reporting.documents.schema import Cut, CutRow, FrozenReport, MeasureFigures
from insight.reporting.documents.wording import lowercase_first, sentence_list

#: The measures that are shown beside each other for each place, collaborative and programme.
LEVEL_MEASURES = (
    *("activities", "people", "contributions"),
    *("loops_closed", "people_told", "changes_made"),
)
#: What stands for a month that has no figure.
NO_FIGURE = "No figure"
#: Cells that say that there was nothing.
_NOTHING = {"0", "–", ""}
_COUNT = re.compile(r"[\d,]+")


def all_figures(frozen: FrozenReport) -> list[Block]:
    """Every measure over everything, beside the month before, with its notes."""
    measures = frozen["measures"]
    if not measures:
        return [sentence("No figures were counted for this month.")]
    rows = [
        [
            measure["title"],
            measure["total"]["shown"],
            measure["previous"]["shown"] if measure["previous"] else NO_FIGURE,
        ]
        for measure in measures
    ]
    month = Month.parse(frozen["period"])
    heads = ["Figure", frozen["month"], month.previous().words]
    lines = [f"{measure['title']}: {note}" for measure in measures for note in measure["notes"]]
    return [words_table("Each figure, with the month before", heads, rows), *notes(lines)]


def level(frozen: FrozenReport, key: str) -> list[Block]:
    """The main figures of each group of a cut beside each other; nothing where all are nought."""
    pairs = [
        (measure, cut)
        for measure in frozen["measures"]
        if measure["key"] in LEVEL_MEASURES
        for cut in measure["cuts"]
        if cut["key"] == key
    ]
    labels: dict[str, str] = {}
    for _, cut in pairs:
        labels |= {row["key"]: row["label"] for row in cut["rows"] if row["key"] not in labels}
    columns = [
        {row["key"]: _main_cell(measure, row) for row in cut["rows"]} for measure, cut in pairs
    ]
    absent = ["–" if "share" in measure["unit"] else "0" for measure, _ in pairs]
    rows = [
        [label, *(column.get(group, none) for column, none in zip(columns, absent, strict=True))]
        for group, label in labels.items()
    ]
    kept, empty = _apart(rows)
    if not kept:
        return []
    first = pairs[0][1]
    heads = [label_head(first), *(measure["title"] for measure, _ in pairs)]
    caption = f"The main figures {lowercase_first(first['title'])}"
    blocks: list[Block] = [Table(caption, heads, kept)]
    if empty:
        blocks.append(sentence(f"Nothing to count for {sentence_list(empty)}."))
    return blocks + notes(_notes(cut for _, cut in pairs))


def in_full(measure: MeasureFigures) -> Table | None:
    """Each cut of a measure in one table; groups with nothing to count are left out."""
    rows: list[list[str]] = []
    width = max((_width(cut) for cut in measure["cuts"]), default=0)
    for cut in measure["cuts"]:
        kept, _ = _apart([row["label"], *row["cells"]] for row in cut["rows"])
        if kept:
            rows.append([cut["title"]])
            rows += [row + [""] * (width + 1 - len(row)) for row in kept]
    if not rows:
        return None
    heads = max((list(cut["columns"][-width:]) for cut in measure["cuts"]), key=len)
    return Table(measure["title"], ["Group", *heads], rows, definition=measure["how"])


def notes_in_full(frozen: FrozenReport) -> list[Block]:
    """The notes on the tables of every measure."""
    return notes(
        f"{measure['title']}: {note}"
        for measure in frozen["measures"]
        for note in _notes(measure["cuts"])
    )


def label_head(cut: Cut) -> str:
    """The heading of a cut's row labels: “By place” gives “Place”."""
    if len(cut["columns"]) > _width(cut):
        return cut["columns"][0]
    words = cut["title"].removeprefix("By ")
    return words[:1].upper() + words[1:]


def is_nothing(cells: Iterable[str]) -> bool:
    """Whether cells say that there was nothing."""
    return all(cell in _NOTHING for cell in cells)


def _apart(rows: Iterable[list[str]]) -> tuple[list[list[str]], list[str]]:
    """The rows that say something, and the labels of those that do not."""
    kept, empty = [], []
    for row in rows:
        if is_nothing(row[1:]):
            empty.append(row[0])
        else:
            kept.append(row)
    return kept, empty


def _main_cell(measure: MeasureFigures, row: CutRow) -> str:
    """The first cell; of a share, “2 of 3”, for its last cell is what it is a share of."""
    cells = row["cells"]
    if not cells:
        return "–"
    if "share" in measure["unit"] and _COUNT.fullmatch(cells[0]) and _COUNT.fullmatch(cells[-1]):
        return f"{cells[0]} of {cells[-1]}" if cells[-1] != "0" else "–"
    return cells[0]


def _notes(cuts: Iterable[Cut]) -> list[str]:
    return [note for cut in cuts for note in cut["notes"]]


def _width(cut: Cut) -> int:
    return max((len(row["cells"]) for row in cut["rows"]), default=max(1, len(cut["columns"])))
