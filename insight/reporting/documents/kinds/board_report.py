"""The Board report as a document: which figure, table, chart and word stands where.

Everything here turns display strings into other display strings; nothing is counted.
"""

from __future__ import annotations

import math
from datetime import datetime
from zoneinfo import ZoneInfo

from core.periods import Month
from insight.reporting.documents import canonical, pdf
from insight.reporting.documents.blocks import (
    Block,
    Fingerprint,
    Heading,
    ItemList,
    Table,
    Terms,
    Text,
    chart_blocks,
    notes,
    sentence,
    words_table,
)
from insight.reporting.documents.board_front import IN_FULL, NOTHING_WRITTEN, FrontPage, front_page
from insight.reporting.documents.documents import Document, DocumentKind, Format, Section, register
from insight.reporting.documents.schema import TYPE, Cut, CutRow, FrozenReport, MeasureFigures
from insight.reporting.documents.wording import listed, lower, paragraphs, soft, spoken

LEVELS = ("place", "collaborative", "programme")
PEOPLE = ("people", "heads", "contributions", "people_told", "reach", "access_met", "reward")
LOOPS = ("loops_closed", "loop_days")
#: Columns of figures beside the label that fit a page at a size people can read.
ACROSS = 5

_NOTHING_TO_DRAW = "Nothing to draw for this month."
_LONDON = ZoneInfo("Europe/London")


def arrange(frozen: FrozenReport) -> Document:
    """The frozen report as a document, dated by its approval, or while a draft by its drafting."""
    front = front_page(frozen)
    return Document(
        title=frozen["title"],
        organisation=frozen["organisation"],
        dated=_dated(frozen).astimezone(_LONDON),
        status=_status(frozen),
        is_draft=frozen["approved_at"] is None,
        fingerprint=frozen.get("fingerprint", ""),
        front=front.blocks,
        sections=(
            *_in_full(front),
            _month(frozen),
            *_levels(frozen),
            _people(frozen),
            _loops(frozen),
            *_charts(frozen),
            _look_ahead(frozen),
            _annex(frozen),
            _about(frozen),
        ),
    )


def _stem(frozen: FrozenReport) -> str:
    """How the names of its files begin; those of a draft say that it is one."""
    draft = "" if frozen["approved_at"] else "-draft"
    return f"participation-report-{frozen['period']}{draft}"


KIND = register(
    DocumentKind(
        key=TYPE,
        title="Board report",
        formats=(
            Format("pdf", "PDF, accessible", "application/pdf", lambda it: pdf.render(arrange(it))),
            Format("json", "Data (JSON)", "application/json", canonical.to_bytes),
        ),
        stem=_stem,
    )
)


def _dated(frozen: FrozenReport) -> datetime:
    said = datetime.fromisoformat(frozen["approved_at"] or frozen["drafted_at"])
    return said if said.tzinfo else said.replace(tzinfo=_LONDON)


def _in_full(front: FrontPage) -> list[Section]:
    if not front.in_full:
        return []
    lead = sentence("What page one had no room for, in full.")
    return [Section("In full", (lead, *front.in_full), label=IN_FULL)]


def _month(frozen: FrozenReport) -> Section:
    rows = [
        [
            soft(measure["title"], 24),
            soft(measure["unit"]),
            soft(measure["total"]["shown"]),
            soft(_made_of(measure)),
            soft(measure["previous"]["shown"] if measure["previous"] else "No figure"),
        ]
        for measure in frozen["measures"]
    ]
    heads = ["Figure", "Counted in", frozen["month"], "Made of", _month_before(frozen)]
    figures: Block = (
        words_table("Each figure, with the month before", heads, rows)
        if rows
        else sentence("No figures were counted for this month.")
    )
    blocks = (figures, *notes(_measure_notes(frozen["measures"])))
    return Section(f"All figures for {frozen['month']}", blocks)


def _levels(frozen: FrozenReport) -> list[Section]:
    found = {cut["key"]: cut["title"] for measure in frozen["measures"] for cut in measure["cuts"]}
    keys = [key for key in LEVELS if key in found] + [key for key in found if key not in LEVELS]
    return [
        Section(found[key], tuple(_cuts(frozen["measures"], key)), on_new_page=True) for key in keys
    ]


def _cuts(measures: list[MeasureFigures], key: str) -> list[Block]:
    """One cut of every measure: single figures side by side, then a table for each wider one."""
    cut_by = [
        (measure, cut) for measure in measures for cut in measure["cuts"] if cut["key"] == key
    ]
    narrow = [pair for pair in cut_by if _width(pair[1]) == 1]
    wide = [pair for pair in cut_by if _width(pair[1]) > 1]
    blocks: list[Block] = []
    if narrow:
        tables = math.ceil(len(narrow) / ACROSS)
        share = math.ceil(len(narrow) / tables)
        for at in range(0, len(narrow), share):
            blocks.append(_side_by_side(narrow[at : at + share]))  # noqa: PERF401  # reads better
    for measure, cut in wide:
        blocks.extend(_wide_tables(measure, cut))
    said = [f"{measure['title']}: {note}" for measure, cut in cut_by for note in cut["notes"]]
    blocks.extend(notes(said))
    return blocks or [sentence("Nothing to show for this month.")]


def _side_by_side(pairs: list[tuple[MeasureFigures, Cut]]) -> Table:
    labels: dict[str, str] = {}
    for _, cut in pairs:
        for row in cut["rows"]:
            labels.setdefault(row["key"], row["label"])
    columns = [{row["key"]: row for row in cut["rows"]} for _, cut in pairs]
    rows = [
        [soft(label, 24)] + [_first_cell(column.get(key)) for column in columns]
        for key, label in labels.items()
    ]
    has_total = not {"all", "total"} & set(labels)
    if has_total:
        rows.append(["Total"] + [soft(measure["total"]["shown"]) for measure, _ in pairs])
    first = pairs[0][1]
    heads = [_label_head(first)] + [soft(measure["title"]) for measure, _ in pairs]
    titles = [measure["title"] for measure, _ in pairs]
    return Table(f"{first['title']}: {lower(listed(titles))}", heads, rows, has_total=has_total)


def _wide_tables(measure: MeasureFigures, cut: Cut) -> list[Table]:
    heads = list(cut["columns"][-_width(cut) :])
    blocks = []
    for start in range(0, len(heads), ACROSS + 1):
        part = heads[start : start + ACROSS + 1]
        rows = []
        for row in cut["rows"]:
            cells = [soft(cell) for cell in row["cells"][start : start + len(part)]]
            rows.append([soft(row["label"], 24), *cells, *[""] * (len(part) - len(cells))])
        caption = f"{measure['title']}, {lower(cut['title'])}" + (", continued" if start else "")
        blocks.append(Table(caption, [_label_head(cut), *map(soft, part)], rows))
    return blocks


def _people(frozen: FrozenReport) -> Section:
    tables = _totals(frozen, PEOPLE)
    lead = (
        "Each person is counted once, however often they took part; people who were only counted "
        "at the door are kept apart."
    )
    words = lead if tables else "No figures about people were counted for this month."
    return Section("People", (sentence(words), *tables))


def _loops(frozen: FrozenReport) -> Section:
    blocks: list[Block] = [*_totals(frozen, LOOPS)]
    for chart in frozen["charts"]:
        if _is_of_loops(chart["key"]):
            blocks.extend(chart_blocks(chart, label_head="Month", none=_NOTHING_TO_DRAW))
    owed, more = frozen["loops"]["owed"], frozen["loops"]["more"]
    if owed:
        rows = [
            [soft(loop["title"], 30), soft(loop["place"]), spoken(loop["due"]), soft(loop["state"])]
            for loop in owed
        ]
        heads = ["Activity", "Place", "Answer due", "Where it stands"]
        blocks.append(words_table("Answers still owed", heads, rows))
        if more:
            blocks.append(sentence(f"And {more} more, listed in the system."))
    else:
        blocks.append(sentence("No answer is owed to anybody who took part."))
    return Section("Loops: answers owed and given", tuple(blocks), on_new_page=True)


def _charts(frozen: FrozenReport) -> list[Section]:
    return [
        Section(
            chart["title"], tuple(chart_blocks(chart, label_head="Place", none=_NOTHING_TO_DRAW))
        )
        for chart in frozen["charts"]
        if not _is_of_loops(chart["key"])
    ]


def _is_of_loops(key: str) -> bool:
    return key.startswith("loop")


def _look_ahead(frozen: FrozenReport) -> Section:
    parts = paragraphs(frozen["narrative"]["look_ahead"]) or [[NOTHING_WRITTEN]]
    return Section("Look ahead", (Text(parts),))


def _annex(frozen: FrozenReport) -> Section:
    definitions = frozen["definitions"] or [
        {"title": measure["title"], "how": measure["how"]} for measure in frozen["measures"]
    ]
    items = [[soft(item["title"], 40), soft(item["how"], 60)] for item in definitions]
    block = Terms(items) if items else sentence("No figures, so nothing to explain.")
    return Section("Annex: how each figure is counted", (block,), on_new_page=True)


def _about(frozen: FrozenReport) -> Section:
    protected = (
        "A count of one to four people is shown as “fewer than 5”, and other figures are held back "
        "where it could be worked out from them."
    )
    missing = (
        "Characters that the typefaces of this document do not have are described in square "
        "brackets; the web page and the data file keep them as they were written."
    )
    blocks: list[Block] = [Text([[protected], [_status(frozen)], [missing]])]
    if fingerprint := frozen.get("fingerprint"):
        blocks.append(Fingerprint(fingerprint))
    if frozen["sources"]:
        blocks.append(Heading("Sources"))
        blocks.append(ItemList([soft(line, 60) for line in frozen["sources"]]))
    return Section("About this report", tuple(blocks))


def _totals(frozen: FrozenReport, keys: tuple[str, ...]) -> list[Table]:
    measures = [measure for measure in frozen["measures"] if measure["key"] in keys]
    if not measures:
        return []
    rows = [
        [
            soft(measure["title"], 24),
            soft(measure["total"]["shown"]),
            soft(_made_of(measure)),
            soft(measure["previous"]["shown"] if measure["previous"] else "No figure"),
        ]
        for measure in measures
    ]
    heads = ["Figure", frozen["month"], "Made of", _month_before(frozen)]
    titles = [measure["title"] for measure in measures]
    return [words_table(listed(titles), heads, rows)]


def _measure_notes(measures: list[MeasureFigures]) -> list[str]:
    return [f"{measure['title']}: {note}" for measure in measures for note in measure["notes"]]


def _status(frozen: FrozenReport) -> str:
    def said(iso: str) -> str:
        when = datetime.fromisoformat(iso)
        when = when.astimezone(_LONDON) if when.tzinfo else when
        return f"{when.day} {when:%B %Y} at {when:%H:%M}"

    if frozen["approved_at"] is None:
        return f"Draft, not yet approved. Drafted on {said(frozen['drafted_at'])}."
    by = f" by {frozen['approved_by']}" if frozen["approved_by"] else ""
    return f"Approved on {said(frozen['approved_at'])}{by}."


def _month_before(frozen: FrozenReport) -> str:
    return Month.parse(frozen["period"]).previous().words


def _made_of(measure: MeasureFigures) -> str:
    top, bottom = measure["total"]["numerator"], measure["total"]["denominator"]
    made_of = f"{top} of {bottom}" if top and bottom else ""
    # Said once is enough: "63% (12 of 19)" tells it already.
    return "" if made_of in measure["total"]["shown"] else made_of


def _width(cut: Cut) -> int:
    return max((len(row["cells"]) for row in cut["rows"]), default=max(1, len(cut["columns"])))


def _label_head(cut: Cut) -> str:
    if len(cut["columns"]) > _width(cut):
        return soft(cut["columns"][0])
    words = cut["title"].removeprefix("By ")
    return words[:1].upper() + words[1:]


def _first_cell(row: CutRow | None) -> str:
    return soft(row["cells"][0]) if row and row["cells"] else "Not counted"
