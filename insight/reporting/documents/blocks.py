"""The blocks that documents are made of: words, tables, charts with their tables, cards.

A block holds content and nothing of its layout. Each is laid out by its `kind`: by the templates in
`templates/reporting/documents/` for the PDF, by `word` for Word, and by
`templates/reporting/_document.html.jinja` for the page. Every word of a block is printed as it is,
never read as markup.
"""

from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from typing import Any, ClassVar

from insight.reporting.documents.schema import Chart, ChartRow

#: The labels of what a change says.
STORY_LABELS = {"you_said": "You said", "we_did": "We did", "where": "Status"}
#: Paragraphs of lines.
Paragraphs = list[list[str]]
#: The most bars in one chart: a table can continue on the next page, a chart cannot.
_MOST_BARS = 36


@dataclass(frozen=True)
class Block:
    """One part of a document."""

    kind: ClassVar[str]

    def as_data(self) -> dict[str, Any]:
        """The block as the templates read it."""
        return {"kind": self.kind, **_with_kinds(self)}


def _with_kinds(block: Block) -> dict[str, Any]:
    inner = {
        name: [one.as_data() for one in value]
        for name, value in vars(block).items()
        if isinstance(value, tuple) and all(isinstance(one, Block) for one in value)
    }
    return asdict(block) | inner


@dataclass(frozen=True)
class Text(Block):
    """Paragraphs of lines."""

    kind = "text"
    paragraphs: Paragraphs


@dataclass(frozen=True)
class Heading(Block):
    """A heading inside a section; `level` 1 is only for front pages."""

    kind = "heading"
    text: str
    level: int = 2


@dataclass(frozen=True)
class Labelled(Block):
    """A sentence after a label in bold: "You said: …"."""

    kind = "labelled"
    label: str
    text: str


@dataclass(frozen=True)
class Facts(Block):
    """Short facts, each after its label."""

    kind = "facts"
    items: list[list[str]]


@dataclass(frozen=True)
class Table(Block):
    """A table, with its definition where it has one.

    `is_wide` is for columns of words. A row of one cell is a heading of the rows after it.
    """

    kind = "table"
    caption: str
    heads: list[str]
    rows: list[list[str]]
    is_wide: bool = False
    definition: str = ""


@dataclass(frozen=True)
class Picture(Block):
    """A chart: bars beside each other, stacked, or columns. `top` is the value of the longest.

    The table after it has the same figures; `chart` is what the page draws it from.
    """

    kind = "chart"
    style: str
    caption: str
    alt: str
    series: list[str]
    top: float
    rows: list[dict[str, Any]]
    chart: Chart


@dataclass(frozen=True)
class Notes(Block):
    """Notes on the blocks before them."""

    kind = "notes"
    items: list[str]


@dataclass(frozen=True)
class ItemList(Block):
    """A list of lines."""

    kind = "list"
    items: list[str]


@dataclass(frozen=True)
class Terms(Block):
    """Terms, each with what it means."""

    kind = "terms"
    items: list[list[str]]


@dataclass(frozen=True)
class Fingerprint(Block):
    """The fingerprint of the frozen words, in full."""

    kind = "fingerprint"
    text: str
    label: str = "Fingerprint of the frozen figures and words (SHA-256)"


@dataclass(frozen=True)
class FigureCards(Block):
    """Figures side by side on cards. `large` is what a card prints large, and `small` the rest of
    `shown` below it.
    """

    kind = "figures"
    caption: str
    heads: list[str]
    items: list[dict[str, str]]


@dataclass(frozen=True)
class StoryCards(Block):
    """Changes side by side: each has title, place, you_said, we_did and where."""

    kind = "stories"
    items: list[dict[str, str]]
    labels: dict[str, str] = field(default_factory=lambda: dict(STORY_LABELS))


@dataclass(frozen=True)
class SeeInFull(Block):
    """A line that refers to the page of the section with this label for the rest."""

    kind = "see"
    target: str


@dataclass(frozen=True)
class Stack(Block):
    """Blocks below each other."""

    kind = "stack"
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Columns(Block):
    """Columns of equal width, each a `Stack` of blocks."""

    kind = "columns"
    columns: tuple[Stack, ...]


def sentence(text: str) -> Text:
    """One sentence as a block."""
    return Text([[text]])


def picture(chart: Chart) -> list[Block]:
    """A chart as a picture; nothing where there is nothing to draw, or more than fits a page.

    A table after it must have the same figures.
    """
    series, drawn = list(chart["series"]), chart["rows"]
    is_stacked = chart["kind"] == "stacked"
    bars = len(drawn) * (1 if is_stacked else len(series))
    top = max((_length(row, is_stacked=is_stacked) for row in drawn), default=0)
    if not top or bars > _MOST_BARS:
        return []
    return [
        Picture(
            style=chart["kind"],
            caption=f"{chart['title']} ({chart['unit']})" if chart["unit"] else chart["title"],
            alt=f"Chart. {chart['title']}. {chart['description']} "
            "The table after it has the same figures.",
            series=series,
            top=top,
            rows=[
                {
                    "label": row["label"],
                    "values": [None if v is None else max(0, v) for v in row["values"]],
                    "shown": list(row["shown"]),
                }
                for row in drawn
            ],
            chart=chart,
        )
    ]


def chart_table(chart: Chart, *, label_head: str) -> list[Block]:
    """The figures of a chart; `label_head` heads the first column. Nothing where it has none."""
    series, drawn = list(chart["series"]), chart["rows"]
    if not drawn or not series:
        return []
    rows = [
        [row["label"], *row["shown"], *[""] * max(0, len(series) - len(row["shown"]))]
        for row in drawn
    ]
    return [Table(f"{chart['title']}: the figures", [label_head, *series], rows)]


def _length(row: ChartRow, *, is_stacked: bool) -> float:
    known = [max(0, value) for value in row["values"] if value is not None]
    return sum(known) if is_stacked else max(known, default=0)


def words_table(caption: str, heads: list[str], rows: list[list[str]]) -> Table:
    """A table of words; a column that is empty in every row is left out."""
    kept = [at for at in range(len(heads)) if at == 0 or any(row[at] for row in rows)]
    return Table(
        caption,
        [heads[at] for at in kept],
        [[row[at] for at in kept] for row in rows],
        is_wide=True,
    )


def notes(lines: Iterable[str]) -> list[Block]:
    """Notes, each once; nothing where there are none."""
    once = list(dict.fromkeys(lines))
    return [Notes(once)] if once else []
