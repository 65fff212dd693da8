"""The Board report as a document: its sections in order, each made of blocks.

Everything here turns display strings into other display strings; nothing is counted.
"""

from datetime import datetime
from zoneinfo import ZoneInfo

from insight.reporting.documents import board_tables, canonical, pdf
from insight.reporting.documents.blocks import (
    Block,
    Fingerprint,
    Heading,
    ItemList,
    Terms,
    Text,
    chart_blocks,
    sentence,
    words_table,
)
from insight.reporting.documents.board_front import IN_FULL, NOTHING_WRITTEN, FrontPage, front_page
from insight.reporting.documents.documents import Document, DocumentKind, Format, Section, register
from insight.reporting.documents.schema import TYPE, FrozenReport
from insight.reporting.documents.wording import (
    breakable,
    date_in_words,
    paragraphs,
)

LEVELS = ("place", "collaborative", "programme")
PEOPLE = ("people", "heads", "contributions", "people_told", "reach", "access_met", "reward")
LOOPS = ("loops_closed", "loop_days")

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
    """The name of its files without the extension; that of a draft ends in “-draft”."""
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
    moment = datetime.fromisoformat(frozen["approved_at"] or frozen["drafted_at"])
    return moment if moment.tzinfo else moment.replace(tzinfo=_LONDON)


def _in_full(front: FrontPage) -> list[Section]:
    if not front.in_full:
        return []
    lead = sentence("What page one had no room for, in full.")
    return [Section("In full", (lead, *front.in_full), label=IN_FULL)]


def _month(frozen: FrozenReport) -> Section:
    return Section(f"All figures for {frozen['month']}", tuple(board_tables.all_figures(frozen)))


def _levels(frozen: FrozenReport) -> list[Section]:
    found = {cut["key"]: cut["title"] for measure in frozen["measures"] for cut in measure["cuts"]}
    keys = [key for key in LEVELS if key in found] + [key for key in found if key not in LEVELS]
    return [
        Section(
            found[key], tuple(board_tables.cut_blocks(frozen["measures"], key)), on_new_page=True
        )
        for key in keys
    ]


def _people(frozen: FrozenReport) -> Section:
    tables = board_tables.totals(frozen, PEOPLE)
    lead = (
        "Each person is counted once, however often they took part; people who were only counted "
        "at the door are kept apart."
    )
    words = lead if tables else "No figures about people were counted for this month."
    return Section("People", (sentence(words), *tables))


def _loops(frozen: FrozenReport) -> Section:
    blocks: list[Block] = [*board_tables.totals(frozen, LOOPS)]
    for chart in frozen["charts"]:
        if _is_of_loops(chart["key"]):
            blocks.extend(chart_blocks(chart, label_head="Month", none=_NOTHING_TO_DRAW))
    if owed := frozen["loops"]["owed"]:
        rows = [
            [
                breakable(loop["title"], 30),
                breakable(loop["place"]),
                date_in_words(loop["due"]),
                breakable(loop["state"]),
            ]
            for loop in owed
        ]
        heads = ["Activity", "Place", "Answer due", "Status"]
        blocks.append(words_table("Feedback still due", heads, rows))
    blocks.extend(map(sentence, frozen["loops"]["sentences"]))
    return Section("Feedback due and given", tuple(blocks), on_new_page=True)


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
    items = [[breakable(item["title"], 40), breakable(item["how"], 60)] for item in definitions]
    block = Terms(items) if items else sentence("No figures, so nothing to explain.")
    return Section("Annex: how each figure is counted", (block,), on_new_page=True)


def _about(frozen: FrozenReport) -> Section:
    protected = (
        "A count of one to four residents is shown as “fewer than 5”, and other figures are held "
        "back where it could be worked out from them. How many people were told is shown as it is "
        "for the whole of north east London."
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
        blocks.append(ItemList([breakable(line, 60) for line in frozen["sources"]]))
    return Section("About this report", tuple(blocks))


def _status(frozen: FrozenReport) -> str:
    def in_words(iso: str) -> str:
        when = datetime.fromisoformat(iso)
        when = when.astimezone(_LONDON) if when.tzinfo else when
        return f"{when.day} {when:%B %Y} at {when:%H:%M}"

    if frozen["approved_at"] is None:
        return f"Draft, not yet approved. Drafted on {in_words(frozen['drafted_at'])}."
    by = f" by {frozen['approved_by']}" if frozen["approved_by"] else ""
    return f"Approved on {in_words(frozen['approved_at'])}{by}."
