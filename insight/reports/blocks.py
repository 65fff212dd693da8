"""What a printed report is put together from: tables, charts with their tables, sentences, notes.

A block is a dictionary that the document's template knows by its `kind`.
"""

from collections.abc import Iterable
from typing import Any

from insight.reports.shape import Chart, ChartRow
from insight.reports.wording import soft

Block = dict[str, Any]


def chart_blocks(chart: Chart) -> list[Block]:
    """A chart as a picture with its table, or the table alone where a picture would not fit."""
    series, drawn = list(chart["series"]), chart["rows"]
    top = max(
        (
            sum(known) if chart["kind"] == "stacked" else max(known, default=0)
            for known in ([max(0, v) for v in row["values"] if v is not None] for row in drawn)
        ),
        default=0,
    )
    table_rows = [
        [
            soft(row["label"], 24),
            *(soft(shown) for shown in row["shown"]),
            *[""] * _short(row, series),
        ]
        for row in drawn
    ]
    table = table_block(f"{chart['title']}: the figures", ["", *map(soft, series)], table_rows)
    table["heads"][0] = "Month" if chart["key"].startswith("loop") else "Place"
    picture = {
        "kind": "chart",
        "stacked": chart["kind"] == "stacked",
        "caption": f"{chart['title']} ({chart['unit']})" if chart["unit"] else chart["title"],
        "alt": (
            f"Chart. {chart['title']}. {chart['description']} "
            "The table after it has the same figures."
        ),
        "series": series,
        "top": top,
        "rows": [
            {
                "label": soft(row["label"]),
                "values": [None if v is None else max(0, v) for v in row["values"]],
                "shown": list(row["shown"]),
            }
            for row in drawn
        ],
    }
    if not drawn or not series:
        return [text_block("Nothing to draw for this month.")]
    # A picture cannot run over a page; a table can.
    if len(drawn) * (len(series) if chart["kind"] == "bars" else 1) > 36:
        return [table]
    return [picture, table]


def _short(row: ChartRow, series: list[str]) -> int:
    return max(0, len(series) - len(row["shown"]))


def table_block(
    caption: str,
    heads: list[str],
    rows: list[list[str]],
    *,
    total: bool = False,
    wide: bool = False,
) -> Block:
    """A table; `total` sets its last row apart, `wide` marks columns of words, not of figures.

    A wide table leaves out a column that is empty in every row.
    """
    if wide:
        kept = [at for at in range(len(heads)) if at == 0 or any(row[at] for row in rows)]
        heads = [heads[at] for at in kept]
        rows = [[row[at] for at in kept] for row in rows]
    return {
        "kind": "table",
        "caption": caption,
        "heads": heads,
        "rows": rows,
        "total": total,
        "wide": wide,
    }


def text_block(text: str) -> Block:
    """One sentence."""
    return {"kind": "text", "paragraphs": [[text]]}


def notes_block(notes: Iterable[str]) -> Block | None:
    """Notes, each once; None where there are none."""
    once = [soft(note, 60) for note in dict.fromkeys(notes)]
    return {"kind": "notes", "items": once} if once else None


def filled(blocks: Iterable[Block | None]) -> list[Block]:
    """Those that hold something."""
    return [block for block in blocks if block]
