"""The order of the printed Board report: which figure, table, chart and word stands where.

Page one stands alone, so what is written for it is cut to what fits and given whole further back.
Everything here turns display strings into other display strings; nothing is counted.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, cast
from zoneinfo import ZoneInfo

from insight.reports.blocks import (
    Block,
    chart_blocks,
    filled,
    notes_block,
    table_block,
    text_block,
)
from insight.reports.shape import (
    Cut,
    CutRow,
    FrozenReport,
    HeadlineFigure,
    MeasureFigures,
    Story,
)
from insight.reports.wording import clip, flat, listed, lower, paragraphs, soft, spoken

NOTHING_WRITTEN = "Nothing written for this month."
LEVELS = ("place", "collaborative", "programme")
PEOPLE = ("people", "heads", "contributions", "people_told", "reach", "access_met", "reward")
LOOPS = ("loops_closed", "loop_days")
# Columns of figures beside the label that fit a page at a size people can read.
ACROSS = 5

# What page one has room for: lines, and characters in a line at the column's width.
_LEAD = (3, 98)
_STORY = (5, 98)
_HALF = (8, 46)
_THIRD = (5, 32)

_LONDON = ZoneInfo("Europe/London")
# Such as: twelve of nineteen, then the percentage in brackets.
_SHARE = re.compile(r"([\d,]+ of [\d,]+) \((\d+%)\)")


def moment(frozen: FrozenReport) -> datetime:
    """When the report became what it is: its approval, or while a draft its drafting."""
    said = datetime.fromisoformat(frozen["approved_at"] or frozen["drafted_at"])
    return said if said.tzinfo else said.replace(tzinfo=_LONDON)


def arrange(frozen: FrozenReport) -> dict[str, Any]:
    """The document for the templates: its front page, and its sections as blocks in order."""
    when = moment(frozen).astimezone(_LONDON)
    front, whole = _front(frozen)
    sections = [
        _whole_words(whole),
        _month(frozen),
        *_levels(frozen),
        _people(frozen),
        _loops(frozen),
        *_charts(frozen),
        _look_ahead(frozen),
        _annex(frozen),
        _about(frozen),
    ]
    kept = filled(sections)
    kept[0]["contents"] = True
    return {
        "title": frozen["title"],
        "heading": soft(frozen["title"], 24),
        "organisation": frozen["organisation"],
        "draft": frozen["approved_at"] is None,
        "status": soft(_status(frozen), 40),
        "date": [when.year, when.month, when.day],
        "mark": frozen.get("fingerprint", "")[:12],
        "front": front,
        "sections": kept,
    }


# Page one


def _front(frozen: FrozenReport) -> tuple[Block, list[Block]]:
    """Page one, and what did not fit on it, to be given whole."""
    whole: list[Block] = []

    def cut(title: str, text: str, room: tuple[int, int]) -> Block:
        shown, fits = clip(text, *room)
        if not fits:
            whole.append({"kind": "heading", "text": title})
            whole.append({"kind": "text", "paragraphs": paragraphs(text)})
        return {"title": title, "paragraphs": shown or [[NOTHING_WRITTEN]], "more": not fits}

    words = frozen["narrative"]
    front: Block = {
        "figures": [_figure(figure) for figure in frozen["headline"]],
        "highlights": cut("Highlights", words["highlights"], _LEAD),
        "story": cut("One story", words["story"], _STORY),
        "to_know": cut("What the Board must know", words["to_know"], _HALF),
        "asks": cut("What the Board is asked to do", words["asks"], _HALF),
    }
    stories = [_story(story) for story in frozen["stories"][:3]]
    long = [story for story, (_, fits) in zip(frozen["stories"], stories, strict=False) if not fits]
    front["stories"] = [card for card, _ in stories]
    front["stories_more"] = bool(long)
    for story in long:
        whole.extend(_story_whole(story))
    return front, whole


def _figure(figure: HeadlineFigure) -> Block:
    """A figure of page one; of a share, the percentage stands large and its parts below."""
    shown, detail = figure["shown"], ""
    if share := _SHARE.fullmatch(shown):
        detail, shown = share.groups()
    return {
        "title": soft(figure["title"], 14),
        "shown": soft(shown, 12),
        "detail": soft(detail, 14),
        "size": _size(shown),
        "movement": soft(_movement(figure["movement"], figure["previous"]), 16),
    }


def _story(story: Story) -> tuple[Block, bool]:
    """A change as page one shows it, and whether that is all of it."""
    room = {
        "title": (2, 27),
        "place": (1, 34),
        "you_said": _THIRD,
        "we_did": _THIRD,
        "where": (1, 34),
    }
    told: Mapping[str, str] = cast("Mapping[str, str]", story)
    cut = {key: clip(" ".join(told[key].split()), *size) for key, size in room.items()}
    card = {key: soft(flat(shown)) for key, (shown, _) in cut.items()}
    return card, all(fits for _, fits in cut.values())


def _story_whole(story: Story) -> list[Block]:
    said = [("You said", "you_said"), ("We did", "we_did"), ("Where it stands", "where")]
    told: Mapping[str, str] = cast("Mapping[str, str]", story)
    return [
        {"kind": "heading", "text": soft(story["title"], 40) or "A change"},
        {"kind": "text", "paragraphs": paragraphs(story["place"])},
        *(
            {"kind": "said", "label": label, "text": soft(told[key], 60)}
            for label, key in said
            if told[key]
        ),
    ]


def _size(shown: str) -> str:
    return "large" if len(shown) <= 5 else "medium" if len(shown) <= 9 else "small"


def _movement(movement: str | None, previous: str | None) -> str:
    if movement:
        return movement
    return f"{previous} the month before" if previous else "No figure for the month before"


def _whole_words(blocks: list[Block]) -> Block | None:
    if not blocks:
        return None
    lead = [{"kind": "text", "paragraphs": [["What page one had no room for, in full."]]}]
    return {"title": "In full", "label": "in-full", "blocks": lead + blocks}


# The sections


def _month(frozen: FrozenReport) -> Block:
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
    title = f"All figures for {frozen['month']}"
    blocks: list[Block | None] = []
    if rows:
        heads = ["Figure", "Counted in", frozen["month"], "Made of", _month_before(frozen)]
        blocks.append(table_block("Each figure, with the month before", heads, rows, wide=True))
    else:
        blocks.append(text_block("No figures were counted for this month."))
    blocks.append(notes_block(_measure_notes(frozen["measures"])))
    return {"title": title, "blocks": filled(blocks)}


def _levels(frozen: FrozenReport) -> list[Block]:
    found = {cut["key"]: cut["title"] for measure in frozen["measures"] for cut in measure["cuts"]}
    keys = [key for key in LEVELS if key in found] + [key for key in found if key not in LEVELS]
    return [
        {"title": found[key], "blocks": _cuts(frozen["measures"], key), "page": True}
        for key in keys
    ]


def _cuts(measures: list[MeasureFigures], key: str) -> list[Block]:
    """One cut of every measure: single figures side by side, then a table for each wider one."""
    cut_by = [
        (measure, cut) for measure in measures for cut in measure["cuts"] if cut["key"] == key
    ]
    narrow = [pair for pair in cut_by if _width(pair[1]) == 1]
    wide = [pair for pair in cut_by if _width(pair[1]) > 1]
    blocks: list[Block | None] = []
    if narrow:
        tables = math.ceil(len(narrow) / ACROSS)
        share = math.ceil(len(narrow) / tables)
        for at in range(0, len(narrow), share):
            blocks.append(_side_by_side(narrow[at : at + share]))  # noqa: PERF401  # reads better
    for measure, cut in wide:
        blocks.extend(_wide_tables(measure, cut))
    notes = [f"{measure['title']}: {note}" for measure, cut in cut_by for note in cut["notes"]]
    blocks.append(notes_block(notes))
    return filled(blocks) or [text_block("Nothing to show for this month.")]


def _side_by_side(pairs: list[tuple[MeasureFigures, Cut]]) -> Block:
    labels: dict[str, str] = {}
    for _, cut in pairs:
        for row in cut["rows"]:
            labels.setdefault(row["key"], row["label"])
    columns = [{row["key"]: row for row in cut["rows"]} for _, cut in pairs]
    rows = [
        [soft(label, 24)] + [_first_cell(column.get(key)) for column in columns]
        for key, label in labels.items()
    ]
    totals = not {"all", "total"} & set(labels)
    if totals:
        rows.append(["Total"] + [soft(measure["total"]["shown"]) for measure, _ in pairs])
    first = pairs[0][1]
    heads = [_label_head(first)] + [soft(measure["title"]) for measure, _ in pairs]
    titles = [measure["title"] for measure, _ in pairs]
    return table_block(f"{first['title']}: {lower(listed(titles))}", heads, rows, total=totals)


def _wide_tables(measure: MeasureFigures, cut: Cut) -> list[Block]:
    heads = list(cut["columns"][-_width(cut) :])
    blocks = []
    for start in range(0, len(heads), ACROSS + 1):
        part = heads[start : start + ACROSS + 1]
        rows = []
        for row in cut["rows"]:
            cells = [soft(cell) for cell in row["cells"][start : start + len(part)]]
            rows.append([soft(row["label"], 24), *cells, *[""] * (len(part) - len(cells))])
        caption = f"{measure['title']}, {lower(cut['title'])}" + (", continued" if start else "")
        blocks.append(table_block(caption, [_label_head(cut), *map(soft, part)], rows))
    return blocks


def _people(frozen: FrozenReport) -> Block:
    blocks = _totals(frozen, PEOPLE)
    lead = (
        "Each person is counted once, however often they took part; people who were only counted "
        "at the door are kept apart."
    )
    return {
        "title": "People",
        "blocks": [text_block(lead), *blocks]
        if blocks
        else [text_block("No figures about people were counted for this month.")],
    }


def _loops(frozen: FrozenReport) -> Block:
    blocks = _totals(frozen, LOOPS)
    for chart in frozen["charts"]:
        if chart["key"].startswith("loop"):
            blocks.extend(chart_blocks(chart))
    owed, more = frozen["loops"]["owed"], frozen["loops"]["more"]
    if owed:
        rows = [
            [soft(loop["title"], 30), soft(loop["place"]), spoken(loop["due"]), soft(loop["state"])]
            for loop in owed
        ]
        heads = ["Activity", "Place", "Answer due", "Where it stands"]
        blocks.append(table_block("Answers still owed", heads, rows, wide=True))
        if more:
            blocks.append(text_block(f"And {more} more, listed in the system."))
    else:
        blocks.append(text_block("No answer is owed to anybody who took part."))
    return {"title": "Loops: answers owed and given", "blocks": blocks, "page": True}


def _charts(frozen: FrozenReport) -> list[Block]:
    charts = [chart for chart in frozen["charts"] if not chart["key"].startswith("loop")]
    return [{"title": chart["title"], "blocks": chart_blocks(chart)} for chart in charts]


def _look_ahead(frozen: FrozenReport) -> Block:
    parts = paragraphs(frozen["narrative"]["look_ahead"]) or [[NOTHING_WRITTEN]]
    return {"title": "Look ahead", "blocks": [{"kind": "text", "paragraphs": parts}]}


def _annex(frozen: FrozenReport) -> Block:
    definitions = frozen["definitions"] or [
        {"title": measure["title"], "how": measure["how"]} for measure in frozen["measures"]
    ]
    items = [[soft(item["title"], 40), soft(item["how"], 60)] for item in definitions]
    blocks = (
        [{"kind": "terms", "items": items}]
        if items
        else [text_block("No figures, so nothing to explain.")]
    )
    return {"title": "Annex: how each figure is counted", "blocks": blocks, "page": True}


def _about(frozen: FrozenReport) -> Block:
    protected = (
        "A count of one to four people is shown as “fewer than 5”, and other figures are held back "
        "where it could be worked out from them."
    )
    lines = [protected, _status(frozen)]
    lines.append(
        "Characters that the typefaces of this document do not have are described in square "
        "brackets; the web page and the data file keep them as they were written."
    )
    blocks: list[Block] = [{"kind": "text", "paragraphs": [[line] for line in lines]}]
    if frozen.get("fingerprint"):
        blocks.append({"kind": "fingerprint", "text": frozen["fingerprint"]})
    if frozen["sources"]:
        blocks.append({"kind": "heading", "text": "Sources"})
        blocks.append({"kind": "list", "items": [soft(line, 60) for line in frozen["sources"]]})
    return {"title": "About this report", "blocks": blocks}


# Blocks


def _totals(frozen: FrozenReport, keys: tuple[str, ...]) -> list[Block]:
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
    return [table_block(listed(titles), heads, rows, wide=True)]


def _measure_notes(measures: list[MeasureFigures]) -> list[str]:
    return [f"{measure['title']}: {note}" for measure in measures for note in measure["notes"]]


# Words


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
    try:
        year, month = (int(part) for part in frozen["period"].split("-"))
        before = date(year, month, 1).toordinal() - 1
    except ValueError:
        return "Month before"
    return f"{date.fromordinal(before):%B %Y}"


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
