"""The Board report as a document: its sections in order, each made of blocks.

Everything here turns display strings into other display strings; nothing is counted.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from insight.reporting.choices import Part, ReportFormat
from insight.reporting.documents import board_tables, canonical
from insight.reporting.documents.blocks import (
    Block,
    Fingerprint,
    Heading,
    ItemList,
    Table,
    Terms,
    Text,
    chart_table,
    picture,
    sentence,
    words_table,
)
from insight.reporting.documents.board_front import front_page, short_front_page
from insight.reporting.documents.board_trend import trend_blocks
from insight.reporting.documents.documents import Document, DocumentKind, Format, Section, register
from insight.reporting.documents.schema import TYPE, Changes, FrozenReport, read
from insight.reporting.documents.wording import date_in_words, paragraphs, share_of

LEVELS = ("place", "collaborative", "programme")

_LONDON = ZoneInfo("Europe/London")


def arrange(frozen: FrozenReport) -> Document:
    """The frozen report as a document, dated by its approval, or while a draft by its drafting.

    The page, the PDF and the Word file are each laid out from it. A part that is empty is left out.
    """
    frozen = read(frozen)
    sections = (
        _other_changes(frozen["other_changes"]),
        Section(Part.MEASURES.label, tuple(board_tables.all_figures(frozen))),
        Section(Part.TREND.label, tuple(trend_blocks(frozen))),
        _activities(frozen),
        *_levels(frozen),
        *_charts(frozen),
        _loops(frozen),
        Section(Part.LOOK_AHEAD.label, _text(frozen["narrative"]["look_ahead"])),
        _tables(frozen),
        _about(frozen),
    )
    return Document(
        title=frozen["title"],
        organisation=frozen["organisation"],
        dated=dated(frozen),
        status=status(frozen),
        is_draft=frozen["approved_at"] is None,
        fingerprint=frozen.get("fingerprint", ""),
        front=front_page(frozen),
        short_front=short_front_page(frozen),
        sections=tuple(section for section in sections if section.blocks),
    )


def dated(frozen: FrozenReport) -> datetime:
    """The moment that the document bears, in London."""
    moment = datetime.fromisoformat(frozen["approved_at"] or frozen["drafted_at"])
    return moment.astimezone(_LONDON) if moment.tzinfo else moment.replace(tzinfo=_LONDON)


def status(frozen: FrozenReport) -> str:
    """When it was approved and by whom, or that it is a draft."""

    def in_words(iso: str) -> str:
        when = datetime.fromisoformat(iso)
        when = when.astimezone(_LONDON) if when.tzinfo else when
        return f"{when.day} {when:%B %Y} at {when:%H:%M}"

    if frozen["approved_at"] is None:
        return f"Draft, not yet approved. Drafted on {in_words(frozen['drafted_at'])}."
    by = f" by the {frozen['approved_by']}" if frozen["approved_by"] else ""
    return f"Approved on {in_words(frozen['approved_at'])}{by}."


def _stem(frozen: FrozenReport) -> str:
    """The name of its files without the extension; that of a draft ends in “-draft”."""
    draft = "" if frozen["approved_at"] else "-draft"
    return f"participation-report-{frozen['period']}{draft}"


# The programs that make each kind of file are only loaded where one is made: pages start faster.


def _pdf(frozen: FrozenReport) -> bytes:
    from insight.reporting.documents import pdf

    return pdf.render(arrange(frozen))


def _word(frozen: FrozenReport) -> bytes:
    from insight.reporting.documents import word

    return word.render(arrange(frozen))


def _xlsx(frozen: FrozenReport) -> bytes:
    from insight.reporting.documents import board_sheets, sheets

    return sheets.to_xlsx(board_sheets.workbook(frozen))


def _csv(frozen: FrozenReport) -> bytes:
    from insight.reporting.documents import board_sheets, sheets

    return sheets.to_csv(board_sheets.workbook(frozen))


_OFFICE = "application/vnd.openxmlformats-officedocument"
_FILES: tuple[tuple[ReportFormat, str, str, Callable[[Any], bytes]], ...] = (
    (ReportFormat.PDF, "Report to read and print", "application/pdf", _pdf),
    (ReportFormat.DOCX, "Report to edit", f"{_OFFICE}.wordprocessingml.document", _word),
    (ReportFormat.XLSX, "Figures as a spreadsheet", f"{_OFFICE}.spreadsheetml.sheet", _xlsx),
    (ReportFormat.CSV, "Figures as rows", "text/csv; charset=utf-8", _csv),
    (ReportFormat.JSON, "Figures and words as data", "application/json", canonical.to_bytes),
)

KIND = register(
    DocumentKind(
        key=TYPE,
        title="Board report",
        arrange=arrange,
        formats=tuple(
            Format(one.value, one.label, title, content_type, make)
            for one, title, content_type, make in _FILES
        ),
        stem=_stem,
    )
)


def _other_changes(changes: Changes) -> Section:
    rows = [
        [one["title"], one["place"], one["you_said"], one["we_did"], one["where"]]
        for one in changes["listed"]
    ]
    heads = ["Activity", "Place", "You said", "We did", "Status"]
    caption = "What people said and what was done"
    return _listed(Part.OTHER_CHANGES, words_table(caption, heads, rows), changes["more"])


def _activities(frozen: FrozenReport) -> Section:
    listed = frozen["activities"]["listed"]
    rows = [[one["title"], one["place"], one["level"], one["when"]] for one in listed]
    heads = ["Activity", "Place", "Level promised", "When"]
    table = words_table("What ran in the month, and what was promised", heads, rows)
    return _listed(Part.ACTIVITIES, table, frozen["activities"]["more"])


def _listed(part: Part, table: Table, more: int) -> Section:
    blocks: list[Block] = [table] if table.rows else []
    if more:
        blocks.append(sentence(f"{'And ' if blocks else ''}{more:,} more, not listed here."))
    return Section(part.label, tuple(blocks))


def _levels(frozen: FrozenReport) -> list[Section]:
    found = {cut["key"]: cut["title"] for measure in frozen["measures"] for cut in measure["cuts"]}
    return [
        Section(found[key], tuple(board_tables.level(frozen, key)))
        for key in LEVELS
        if key in found
    ]


def _charts(frozen: FrozenReport) -> list[Section]:
    return [
        Section(chart["title"], (*picture(chart), *chart_table(chart, label_head="Group")))
        for chart in frozen["charts"]
    ]


def _loops(frozen: FrozenReport) -> Section:
    rows = [
        [loop["title"], loop["place"], date_in_words(loop["due"]), loop["state"]]
        for loop in frozen["loops"]["owed"]
    ]
    heads = ["Activity", "Place", "Feedback due", "Status"]
    blocks: list[Block] = [words_table("Due and not yet given", heads, rows)] if rows else []
    blocks += map(sentence, frozen["loops"]["sentences"])
    return Section(Part.LOOPS.label, tuple(blocks))


def _text(words: str) -> tuple[Block, ...]:
    found = paragraphs(words)
    return (Text(found),) if found else ()


def _tables(frozen: FrozenReport) -> Section:
    """Each measure with its definition and its groups, then the definitions without a table."""
    tables: list[Table] = []
    others = {item["title"]: item["how"] for item in frozen["definitions"]}
    for measure in frozen["measures"]:
        others.setdefault(measure["title"], measure["how"])
        if table := board_tables.in_full(measure):
            tables.append(table)
            if others[measure["title"]] == measure["how"]:
                del others[measure["title"]]
    if not tables and not others:
        return Section(Part.TABLES.label, ())
    lead = "This annex leaves out groups with nothing to count; the spreadsheet lists them."
    blocks: list[Block] = [sentence(lead), *tables] if tables else []
    blocks += board_tables.notes_in_full(frozen)
    if others:
        if tables:
            blocks.append(Heading("Figures with nothing to count by group"))
        blocks.append(Terms([[title, how] for title, how in others.items()]))
    return Section(Part.TABLES.label, tuple(blocks), label=Part.TABLES.value)


def _about(frozen: FrozenReport) -> Section:
    protected = (
        "A count of one to four residents is shown as “fewer than 5”, and other figures are held "
        "back where it could be worked out from them."
    )
    if _tells_how_many_were_told(frozen):
        protected += (
            " How many people were told is shown as it is for the whole of north east London."
        )
    missing = (
        "Characters that the typefaces of the PDF do not have are described there in square "
        "brackets; the other files keep them as they were written."
    )
    blocks: list[Block] = [Text([[protected], [status(frozen)], [missing]])]
    if fingerprint := frozen.get("fingerprint"):
        blocks.append(Fingerprint(fingerprint))
    if frozen["sources"]:
        blocks.append(Heading("Sources"))
        blocks.append(ItemList(frozen["sources"]))
    return Section(Part.ABOUT.label, tuple(blocks))


def _tells_how_many_were_told(frozen: FrozenReport) -> bool:
    """Whether the total is shown as it is; the first reports of schema 1 protected it."""
    totals = {measure["key"]: measure["total"]["shown"] for measure in frozen["measures"]}
    return share_of(totals.get("people_told", "")) is not None
