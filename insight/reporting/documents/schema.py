"""The schema of a frozen Board report: what each printed form is made from, and nothing else.

The month's report is counted and worded once, into this dictionary. The page and the five files are
each made from it alone, so they cannot disagree and can be made again years later. Everything
that a reader sees is a display string already protected ("fewer than 5", "held back"); the few
numbers are only there to give a bar its length.
"""

from collections.abc import Mapping
from typing import Any, Literal, NotRequired, TypedDict, cast

from core.frozen import FrozenType
from core.published_fields import Words

#: The type and the number of this schema, as frozen reports name them.
TYPE = "board_report"
SCHEMA = 2


class FrontSheet(TypedDict):
    """What the secretary fills in for the agenda, in words; any may be empty."""

    agenda_item: str
    author: str
    purpose: str


class Narrative(TypedDict):
    """The secretary's words: plain text, a blank line between paragraphs; any may be empty."""

    highlights: str
    story: str
    involvement: str
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
    kind: Literal["bars", "stacked", "columns"]
    series: list[str]
    rows: list[ChartRow]


class Story(TypedDict):
    """A published change: what people said, what was done, and its stage in words."""

    title: str
    place: str
    you_said: str
    we_did: str
    where: str


class Changes(TypedDict):
    """Published changes besides those that lead, and how many more there are."""

    listed: list[Story]
    more: int


class ListedActivity(TypedDict):
    """An activity of the month, as the report lists it."""

    title: str
    place: str
    level: str
    when: str


class Activities(TypedDict):
    """The activities of the month that the report lists, and how many more there are."""

    listed: list[ListedActivity]
    more: int


class TrendMonth(TypedDict):
    """A figure as the report of its month gave it; `shown` is null where none was approved.

    `value` is the number behind it, null where there is none or it is held back.
    """

    period: str
    shown: str | None
    value: int | float | None


class Trend(TypedDict):
    """One headline figure over twelve months, the month of the report last."""

    key: str
    title: str
    unit: str
    months: list[TrendMonth]


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
    front_sheet: FrontSheet
    narrative: Narrative
    headline: list[HeadlineFigure]
    trend: list[Trend]
    measures: list[MeasureFigures]
    charts: list[Chart]
    stories: list[Story]
    other_changes: Changes
    activities: Activities
    loops: Loops
    definitions: list[Definition]
    sources: list[str]
    fingerprint: NotRequired[str]


def _with_front_sheet(words: Words) -> Words:
    """Reports of schema 1 had no front sheet, no list of activities and no trend."""
    words["front_sheet"] = {"agenda_item": "", "author": "", "purpose": ""}
    words["narrative"]["involvement"] = ""
    words["other_changes"] = {"listed": [], "more": 0}
    words["activities"] = {"listed": [], "more": 0}
    words["trend"] = []
    more = words["loops"].pop("more", 0)
    words["loops"].setdefault("sentences", [f"{more:,} more are due."] if more else [])
    return words


_FROZEN = FrozenType(TYPE, SCHEMA, {1: _with_front_sheet})


def read(frozen: Mapping[str, Any]) -> FrozenReport:
    """A frozen report, brought up to date. Refuses one of another type or of a later schema."""
    return cast("FrozenReport", _FROZEN.read(frozen))
