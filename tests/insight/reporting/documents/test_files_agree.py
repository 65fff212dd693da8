"""The files of a report and its page, read back: each says the same in the same words and
numbers.
"""

import csv
import html
import io
import json
import re
from collections.abc import Callable, Iterator
from typing import Any

import docx
import openpyxl
import pytest
from django.template.loader import render_to_string
from docx.document import Document as WordFile

from core.exports import FORMULA_STARTS
from insight.reporting.documents.blocks import (
    Block,
    Columns,
    Facts,
    FigureCards,
    Heading,
    Stack,
    Table,
    Terms,
    Text,
)
from insight.reporting.documents.documents import Document
from insight.reporting.documents.kinds.board_report import KIND
from insight.reporting.documents.sheets import Cell, cell
from tests.insight.reporting.documents.months import a_month, an_empty_month
from tests.insight.reporting.documents.printed import letters, runs_of

Sheets = dict[str, list[list[Cell]]]

HOSTILE = ["=1+1", "+1", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "＝1+1", "＋1", "－1", "＠x", "'=1"]
#: Keys of a frozen report whose text is for programs.
NOT_SHOWN = {"key", "type", "kind", "period", "drafted_at", "approved_at"}


_ON_CARDS = ("title", "large", "small", "movement")


def a_hostile_month() -> Any:
    """A month in which words look like formulas, mark-up and other scripts."""
    month: Any = a_month()
    rows = month["measures"][0]["cuts"][0]["rows"]
    for row, words in zip(rows, HOSTILE, strict=False):
        row["label"] = words
    month["narrative"]["story"] = "=cmd|' /C calc'!A0 <b>&amp; ＝1"
    month["stories"][0]["we_did"] = "@SUM(1+1)*cmd"
    month["activities"]["listed"][0]["title"] = "আমাদের কথা, 中文 and _x0041_"
    return month


def in_word(data: bytes) -> WordFile:
    return docx.Document(io.BytesIO(data))


def word_tables(data: bytes) -> list[list[list[str]]]:
    """Each table of a Word file as rows of cells; a cell over all columns is one."""
    return [
        [[one.text for one in dict.fromkeys(row.cells)] for row in table.rows]
        for table in in_word(data).tables
    ]


def in_workbook(data: bytes) -> Sheets:
    """Each sheet of a workbook by its title: the headings, then the rows."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    return {
        str(page["A1"].value): [
            ["" if value is None else value for value in row]
            for row in page.iter_rows(min_row=4, values_only=True)
        ]
        for page in book.worksheets
    }


def in_csv(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def on_page(month: Any) -> str:
    """The text of the report as a page."""
    source = render_to_string(
        "reporting/_document.html.jinja", {"document": KIND.arrange(month)}, using="jinja2"
    )
    return html.unescape(re.sub(r"<[^>]*>", " ", source))


def texts_of(month: Any) -> dict[str, str]:
    """All that a reader finds in each file, read back, and on the page."""
    made = {one.extension: one.make(month) for one in KIND.formats}
    word = in_word(made["docx"])
    return {
        "pdf": letters(runs_of(made["pdf"])),
        "docx": "".join(
            [*word.element.body.itertext(), word.sections[0].header.paragraphs[0].text]
        ),
        "xlsx": " ".join(
            str(one) for rows in in_workbook(made["xlsx"]).values() for row in rows for one in row
        ),
        "csv": " ".join(one for record in in_csv(made["csv"]) for one in record),
        "json": " ".join(words_of(json.loads(made["json"]))),
        "page": on_page(month),
    }


def plain(text: str) -> str:
    """Text without what a layout may change: white space and hyphens."""
    return re.sub(r"[\s\xad-]+", "", text)


def words_of(value: Any) -> Iterator[str]:
    """Every text that a reader sees of a block or of a part of a frozen report."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, item in value.items():
            if key not in NOT_SHOWN:
                yield from words_of(item)
    elif isinstance(value, list | tuple):
        for item in value:
            yield from words_of(item)


def blocks_of(document: Document) -> list[Block]:
    return [*document.front, *(block for part in document.sections for block in part.blocks)]


def sentences_of(document: Document) -> set[str]:
    """Every text of the document; of a chart its caption, for the table has its figures. A card
    has the parts of a share below its percentage.
    """
    found = {document.title, document.status, *(part.title for part in document.sections)}
    for block in blocks_of(document):
        data = block.as_data()
        if block.kind == "chart":
            found.add(data["caption"])
        elif block.kind == "figures":
            found |= {one[key] for one in data["items"] for key in _ON_CARDS}
        else:
            found |= set(words_of(data))
    return found


@pytest.fixture(scope="module")
def month() -> Any:
    return a_month()


@pytest.fixture(scope="module")
def files(month: Any) -> dict[str, bytes]:
    return {one.extension: one.make(month) for one in KIND.formats}


@pytest.mark.parametrize("make", [a_month, an_empty_month])
def test_pdf_word_and_page_when_read_back_then_each_has_every_figure_and_sentence(
    make: Callable[[], Any],
) -> None:
    month = make()
    texts = {name: plain(text) for name, text in texts_of(month).items()}

    missing = {
        (name, words)
        for words in sentences_of(KIND.arrange(month))
        for name in ("pdf", "docx", "page")
        if plain(words) not in texts[name]
    }

    assert not missing


def test_files_when_read_back_then_all_five_and_the_page_have_what_was_written_and_counted(
    month: Any,
) -> None:
    texts = {name: plain(text) for name, text in texts_of(month).items()}
    written = [*month["narrative"].values(), *month["front_sheet"].values()]
    counted = {
        one
        for measure in month["measures"]
        for words in (measure["total"]["shown"], measure["title"], measure["how"])
        for one in (words, *measure["cuts"][0]["rows"][0]["cells"])
    }

    missing = {
        (name, words)
        for words in (*written, *counted, *words_of(month["stories"]), *words_of(month["loops"]))
        for name, text in texts.items()
        if plain(in_each(words)) not in plain(in_each(text))
    }

    assert set(texts) == {*(one.extension for one in KIND.formats), "page"}
    assert not missing


def in_each(text: str) -> str:
    """Text with its dates in words and its numbers without commas, which files write in their own
    way.
    """
    text = re.sub(r"2026-?10-?12", "12 October 2026", text)
    return re.sub(r"(?<=\d),(?=\d{3})", "", text)


def test_tables_when_read_back_from_word_pdf_and_page_then_each_row_is_the_same(
    month: Any, files: dict[str, bytes]
) -> None:
    tables = [block for block in blocks_of(KIND.arrange(month)) if isinstance(block, Table)]
    printed = plain(letters(runs_of(files["pdf"])))

    page = plain(on_page(month))

    # The first table of the Word file holds the figures that page one has on cards.
    assert word_tables(files["docx"])[1:] == [[table.heads, *table.rows] for table in tables]
    rows = [plain("".join(row)) for table in tables for row in table.rows]
    assert all(row in printed and row in page for row in rows)


def test_workbook_when_read_back_then_it_has_every_figure_of_every_measure(
    month: Any, files: dict[str, bytes]
) -> None:
    sheets = in_workbook(files["xlsx"])

    for measure in month["measures"]:
        assert [row[1:] for row in sheets[measure["title"]][1:]] == [
            [row["label"], *map(cell, row["cells"])]
            for cut in measure["cuts"]
            for row in cut["rows"]
        ]
    assert [row[1:] for row in sheets["Twelve months"][1:]] == [
        [cell(trend["months"][at]["shown"] or "No report") for trend in month["trend"]]
        for at in range(7)
    ]


def test_workbook_and_data_when_read_back_then_both_say_the_same(
    month: Any, files: dict[str, bytes]
) -> None:
    data = json.loads(files["json"])
    cells = {one for rows in in_workbook(files["xlsx"]).values() for row in rows for one in row}
    definitions = {
        str(page["A2"].value)
        for page in openpyxl.load_workbook(io.BytesIO(files["xlsx"])).worksheets
    }
    said = " ".join([*map(str, cells), *definitions])

    missing = {
        words
        for words in words_of({key: data[key] for key in data if key not in {"schema", "charts"}})
        if cell(words) not in cells and words not in said
    }

    assert data == month
    # Cuts are headed by what they are by, dates are in words, and a year of months has its own.
    assert missing - {"By place", "By provider collaborative", "By programme"} == {"2026-10-12"}


@pytest.mark.parametrize("make", [a_month, an_empty_month])
def test_spreadsheets_when_read_back_then_each_has_every_sentence_and_cell_of_the_report(
    make: Callable[[], Any],
) -> None:
    month = make()
    texts = {
        words
        for block in blocks_of(KIND.arrange(month))
        if block.kind != "chart"  # the table after it has the same figures
        for words in in_cells(block)
    }
    book = in_workbook(KIND.format("xlsx").make(month))
    records = in_csv(KIND.format("csv").make(month))
    found = {
        "xlsx": {plain(str(one)) for rows in book.values() for row in rows for one in row},
        "csv": {plain(one) for record in records for one in record[3:]},
    }

    missing = {
        (name, words)
        for words in texts
        for name, cells in found.items()
        if plain(str(cell(words))) not in cells
    }

    assert not missing


def in_cells(block: Block) -> Iterator[str]:
    """The texts of a block as a spreadsheet has them: paragraphs together, of a table the rows that
    are not headings.
    """
    match block:
        case Text():
            yield "".join(line for lines in block.paragraphs for line in lines)
        case Table():
            yield from (one for row in block.rows if len(row) > 1 for one in row if one)
        case Facts() | Terms():
            yield from (item[-1] for item in block.items)
        case FigureCards():
            yield from (one["shown"] for one in block.items)
        case Columns() | Stack():
            inner = block.columns if isinstance(block, Columns) else block.blocks
            yield from (words for one in inner for words in in_cells(one))
        case Heading():
            pass
        case _:
            yield from words_of(
                {key: value for key, value in block.as_data().items() if key != "labels"}
            )


def test_csv_when_read_back_then_it_has_the_cells_of_the_workbook(files: dict[str, bytes]) -> None:
    head, *records = in_csv(files["csv"])
    counted = 0

    for title, (heads, *rows) in in_workbook(files["xlsx"]).items():
        labels = 2 if heads[0] == "By" else 1
        mine = [record for record in records if record[0] == title]
        expected = [
            [*(row[:labels] if labels == 2 else ["", row[0]]), column, value]
            for row in rows
            for column, value in zip(heads[labels:], row[labels:], strict=True)
        ]
        assert [record[2:] for record in mine] == [list(map(str, one)) for one in expected]
        counted += len(mine)

    assert head == ["Table", "Definition", "By", "Row", "Column", "Value"]
    assert counted == len(records)
    assert all(record[1] for record in records)


def test_workbook_when_opened_then_headings_stay_in_view_and_each_table_is_defined(
    files: dict[str, bytes],
) -> None:
    book = openpyxl.load_workbook(io.BytesIO(files["xlsx"]))

    for page in book.worksheets:
        assert page.freeze_panes in {"B5", "C5"}
        assert page["A2"].value
        assert page["A4"].font.bold
        assert len(page.title) <= 31
    assert book.properties.title == a_month()["title"]


def test_workbook_when_a_title_is_too_long_for_a_sheet_then_it_is_cut_between_words() -> None:
    month: Any = a_month()
    month["charts"][0]["title"] = "Activities by level promised, by place"
    month["measures"][1]["title"] = "Activities by level promised"

    book = openpyxl.load_workbook(io.BytesIO(KIND.format("xlsx").make(month)))

    assert {"Activities by level promised", "Activities by level promised 2"} < set(book.sheetnames)


def test_workbook_when_a_column_has_numbers_then_its_heading_and_words_stand_with_them(
    files: dict[str, bytes],
) -> None:
    page = openpyxl.load_workbook(io.BytesIO(files["xlsx"]))["The month in figures"]
    column = [row[1] for row in page.iter_rows(min_row=4)]

    assert [one.value for one in column][:3] == ["October 2026", 42, 1318]
    assert {one.alignment.horizontal for one in column if isinstance(one.value, str)} == {"right"}
    labels = [row[0].alignment for row in page.iter_rows(min_row=4)]
    assert {(one.horizontal, one.indent) for one in labels} == {("left", 1)}


def test_files_when_the_total_of_people_told_is_not_shown_as_it_is_then_none_says_so() -> None:
    month: Any = a_month()
    about = "How many people were told is shown as it is"
    told = next(one for one in month["measures"] if one["key"] == "people_told")

    told["total"]["shown"] = "11 of 13 (85%)"
    assert about in on_page(month)

    told["total"]["shown"] = "held back"
    assert about not in on_page(month)


def test_sheets_when_words_look_like_formulas_then_none_can_run() -> None:
    month = a_hostile_month()
    book = openpyxl.load_workbook(io.BytesIO(KIND.format("xlsx").make(month)))
    cells = [one for page in book.worksheets for row in page.iter_rows() for one in row]
    starts = tuple(start for start in FORMULA_STARTS if start.strip())

    records = in_csv(KIND.format("csv").make(month))

    texts = [one for one in cells if isinstance(one.value, str)]
    assert not [one for one in cells if one.data_type == "f"]
    assert {"=1+1", "＝1+1", "@SUM(A1)"} <= {one.value for one in texts}
    assert all(one.quotePrefix for one in texts if one.value.startswith(starts))
    assert not [one for record in records for one in record if one.startswith(FORMULA_STARTS)]


def test_files_when_words_are_hostile_then_they_are_kept_as_they_are() -> None:
    month = a_hostile_month()
    story, title = month["narrative"]["story"], month["activities"]["listed"][0]["title"]

    body = "\n".join(in_word(KIND.format("docx").make(month)).element.body.itertext())
    sheets = in_workbook(KIND.format("xlsx").make(month))

    assert story in body
    assert title in body
    assert title in [row[0] for row in sheets["Activities of the month"]]


def test_draft_when_made_into_files_then_each_says_so() -> None:
    month: Any = a_month()
    month["approved_at"] = month["approved_by"] = None

    texts = texts_of(month)

    data = texts.pop("json")
    assert json.loads(KIND.format("json").make(month))["approved_at"] is None
    assert "Approved on" not in data
    assert {name for name, text in texts.items() if "Draft,notyetapproved" in plain(text)} == set(
        texts
    )
    assert in_word(KIND.format("docx").make(month)).sections[0].header.paragraphs[0].text == "Draft"
