"""The schema of a frozen Board report: what each printed form is made from, and nothing else.

The month's report is counted and worded once, into this dictionary. The page, the PDF and the JSON
are each made from it alone, so they cannot disagree and can be made again years later. Everything
that a reader sees is a display string already protected ("fewer than 5", "held back"); the few
numbers are only there to give a bar its length.
"""

from typing import Literal, NotRequired, TypedDict

#: The type and the number of this schema, as frozen reports name them.
TYPE = "board_report"
SCHEMA = 1


class Narrative(TypedDict):
    """The secretary's words: plain text, a blank line between paragraphs; any may be empty."""

    highlights: str
    story: str
    to_know: str
    asks: str
    look_ahead: str


class HeadlineFigure(TypedDict):
    """One of the five figures of page one, as it is read."""

    key: str
    title: str
    shown: str
    previous: str | None
    movement: str | None


class Total(TypedDict):
    """A measure over everything: the figure, and what it is made of where it is a share."""

    shown: str
    numerator: str | None
    denominator: str | None


class PreviousTotal(TypedDict):
    """The same measure the month before."""

    shown: str


class CutRow(TypedDict):
    """One row of a cut. `value` is the number behind its first cell, null where held back."""

    key: str
    label: str
    cells: list[str]
    value: int | float | None


class Cut(TypedDict):
    """A measure broken down by place, collaborative, programme and so on.

    `columns` heads the cells. The column of row labels takes its heading from the title ("By
    place" gives "Place"), unless `columns` holds one more word than the rows have cells: then the
    first of them is that heading.
    """

    key: str
    title: str
    columns: list[str]
    rows: list[CutRow]
    notes: list[str]


class MeasureFigures(TypedDict):
    """All figures of one measure; `how` is the sentence “how this is counted”."""

    key: str
    title: str
    how: str
    unit: str
    total: Total
    previous: PreviousTotal | None
    cuts: list[Cut]
    notes: list[str]


class ChartRow(TypedDict):
    """One row of bars: a value and its display string for each series; null is not drawn."""

    label: str
    values: list[int | float | None]
    shown: list[str]


class Chart(TypedDict):
    """A chart. `description` is its text alternative."""

    key: str
    title: str
    description: str
    unit: str
    kind: Literal["bars", "stacked"]
    series: list[str]
    rows: list[ChartRow]


class Story(TypedDict):
    """A published change: what people said, what was done, and its stage in words."""

    title: str
    place: str
    you_said: str
    we_did: str
    where: str


class OwedLoop(TypedDict):
    """An answer still owed to people who took part."""

    title: str
    place: str
    due: str
    state: str


class Loops(TypedDict):
    """The answers owed that the report lists, and sentences on those it does not."""

    owed: list[OwedLoop]
    sentences: list[str]


class Definition(TypedDict):
    """A measure's title with the sentence "how this is counted"."""

    title: str
    how: str


class FrozenReport(TypedDict):
    """One month, frozen. Dates and times are ISO 8601; `approved_at` is null in a draft."""

    type: str
    schema: int
    period: str
    month: str
    organisation: str
    title: str
    drafted_at: str
    approved_at: str | None
    approved_by: str | None
    narrative: Narrative
    headline: list[HeadlineFigure]
    measures: list[MeasureFigures]
    charts: list[Chart]
    stories: list[Story]
    loops: Loops
    definitions: list[Definition]
    sources: list[str]
    fingerprint: NotRequired[str]
