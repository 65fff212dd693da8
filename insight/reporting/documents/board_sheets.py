"""The Board report as tables for a spreadsheet: every figure of every measure, nothing left out."""

from collections.abc import Iterator, Mapping
from typing import cast

from core.periods import Month
from insight.reporting.choices import WRITTEN, Part
from insight.reporting.documents import board_tables
from insight.reporting.documents.blocks import Fingerprint, Heading, ItemList, Notes, Text
from insight.reporting.documents.board_trend import DEFINITION as TREND_DEFINITION
from insight.reporting.documents.board_trend import NO_REPORT
from insight.reporting.documents.documents import Document, Section
from insight.reporting.documents.kinds.board_report import arrange, dated
from insight.reporting.documents.schema import FrozenReport, MeasureFigures, Story, read
from insight.reporting.documents.sheets import Cell, Sheet, Workbook, cell
from insight.reporting.documents.wording import date_in_words

#: What the secretary writes for the front page; the rest of it has a section of its own.
_ON_THE_FRONT = tuple(part for part in WRITTEN if part != Part.LOOK_AHEAD)
_STORY_HEADS = ["Activity", "Place", "You said", "We did", "Status"]


def workbook(frozen: FrozenReport) -> Workbook:
    """Every table of the report, one without rows left out, and the first with every sentence."""
    document = arrange(frozen)
    frozen = read(frozen)
    sheets = (
        _words(frozen, document),
        _headline(frozen),
        _figures(frozen),
        _trend(frozen),
        _stories(Part.STORIES, frozen["stories"]),
        _stories(Part.OTHER_CHANGES, frozen["other_changes"]["listed"]),
        _activities(frozen),
        _loops(frozen),
        *(_measure(measure) for measure in frozen["measures"]),
        *_charts(frozen),
        _definitions(frozen),
    )
    return Workbook(
        title=frozen["title"],
        organisation=frozen["organisation"],
        dated=dated(frozen),
        sheets=tuple(sheet for sheet in sheets if sheet.rows),
    )


def _words(frozen: FrozenReport, document: Document) -> Sheet:
    written = cast("Mapping[str, str]", {**frozen["front_sheet"], **frozen["narrative"]})
    rows: list[list[Cell]] = [
        ["Organisation", document.organisation],
        ["Title", document.title],
        ["Status", document.status],
    ]
    rows.extend([part.label, written[part]] for part in _ON_THE_FRONT if written[part])
    for section in document.sections:
        rows.extend(_sentences(section))
    return Sheet("In words", "What the report says in words.", ["Part", "Words"], rows)


def _sentences(section: Section) -> Iterator[list[Cell]]:
    """What a section says besides its tables, each after its heading."""
    heading = section.title
    for block in section.blocks:
        match block:
            case Heading():
                heading = block.text
            case Text():
                yield [heading, "\n\n".join("\n".join(lines) for lines in block.paragraphs)]
            case Notes() | ItemList():
                for item in block.items:
                    yield [heading, item]
            case Fingerprint():
                yield [block.label, block.text]


def _headline(frozen: FrozenReport) -> Sheet:
    rows: list[list[Cell]] = [
        [
            one["title"],
            cell(one["shown"]),
            cell(one["previous"] or ""),
            one["movement"] or "",
        ]
        for one in frozen["headline"]
    ]
    heads = ["Figure", frozen["month"], _month_before(frozen), "Movement"]
    words = "The figures that the report begins with."
    return Sheet(Part.HEADLINE.label, words, heads, rows)


def _figures(frozen: FrozenReport) -> Sheet:
    rows: list[list[Cell]] = [
        [
            measure["title"],
            measure["unit"],
            cell(measure["total"]["shown"]),
            cell(measure["total"]["numerator"] or ""),
            cell(measure["total"]["denominator"] or ""),
            cell(measure["previous"]["shown"] if measure["previous"] else board_tables.NO_FIGURE),
            measure["how"],
            " ".join(measure["notes"]),
        ]
        for measure in frozen["measures"]
    ]
    heads = ["Figure", "Counted in", frozen["month"], "Part", "Of", _month_before(frozen)]
    heads += ["How this is counted", "Notes"]
    words = "Every figure over everything. Of a share, the part and what it is a part of."
    return Sheet(Part.MEASURES.label, words, heads, rows)


def _trend(frozen: FrozenReport) -> Sheet:
    trends = frozen["trend"]
    months = trends[0]["months"] if trends else []
    rows: list[list[Cell]] = [
        [
            Month.parse(month["period"]).words,
            *(cell(trend["months"][at]["shown"] or NO_REPORT) for trend in trends),
        ]
        for at, month in enumerate(months)
    ]
    heads = ["Month", *(trend["title"] for trend in trends)]
    return Sheet(Part.TREND.label, TREND_DEFINITION, heads, rows)


def _stories(part: Part, stories: list[Story]) -> Sheet:
    rows: list[list[Cell]] = [
        [one["title"], one["place"], one["you_said"], one["we_did"], one["where"]]
        for one in stories
    ]
    words = "New changes in answers published in the month, as they were published."
    return Sheet(part.label, words, _STORY_HEADS, rows)


def _activities(frozen: FrozenReport) -> Sheet:
    rows: list[list[Cell]] = [
        [one["title"], one["place"], one["level"], one["when"]]
        for one in frozen["activities"]["listed"]
    ]
    words = "Activities of the month with a public page."
    heads = ["Activity", "Place", "Level promised", "When"]
    return Sheet(Part.ACTIVITIES.label, words, heads, rows)


def _loops(frozen: FrozenReport) -> Sheet:
    rows: list[list[Cell]] = [
        [one["title"], one["place"], date_in_words(one["due"]), one["state"]]
        for one in frozen["loops"]["owed"]
    ]
    words = "Feedback due by the end of the month and not given by then."
    heads = ["Activity", "Place", "Feedback due", "Status"]
    return Sheet(Part.LOOPS.label, words, heads, rows)


def _measure(measure: MeasureFigures) -> Sheet:
    cuts = measure["cuts"]
    width = max((len(row["cells"]) for cut in cuts for row in cut["rows"]), default=0)
    heads = max((list(cut["columns"])[-width:] for cut in cuts), key=len, default=[])
    rows: list[list[Cell]] = [
        [
            board_tables.label_head(cut),
            row["label"],
            *map(cell, row["cells"]),
            *[""] * (width - len(row["cells"])),
        ]
        for cut in cuts
        for row in cut["rows"]
    ]
    notes = dict.fromkeys(note for cut in cuts for note in cut["notes"])
    definition = " ".join([measure["how"], *notes])
    return Sheet(measure["title"], definition, ["By", "Group", *heads], rows, labels=2)


def _charts(frozen: FrozenReport) -> list[Sheet]:
    return [
        Sheet(
            chart["title"],
            chart["description"],
            ["Group", *chart["series"]],
            [
                [row["label"], *map(cell, row["shown"])]
                for row in chart["rows"]
                if len(row["shown"]) == len(chart["series"])
            ],
        )
        for chart in frozen["charts"]
    ]


def _definitions(frozen: FrozenReport) -> Sheet:
    definitions = {one["title"]: one["how"] for one in frozen["definitions"]}
    for measure in frozen["measures"]:
        definitions.setdefault(measure["title"], measure["how"])
    rows: list[list[Cell]] = [[title, how] for title, how in definitions.items()]
    return Sheet("Definitions", "How each figure is counted.", ["Figure", "Definition"], rows)


def _month_before(frozen: FrozenReport) -> str:
    return Month.parse(frozen["period"]).previous().words
