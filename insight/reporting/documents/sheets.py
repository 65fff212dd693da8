"""Tables as spreadsheet files: a workbook with one sheet for each, or one CSV with a row for each
cell.
"""

import csv
import io
import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from core.exports import FORMULA_STARTS, escaped
from core.xml import in_xml
from insight.reporting.documents.wording import number_of

Cell = str | int | float

_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
#: The most letters that a spreadsheet program takes in the name of a sheet, and in a cell.
_NAME_LENGTH, _CELL_LENGTH = 31, 32_767
#: The row of the headings: the title and the definition stand above it.
_HEAD_ROW = 3
_WIDEST = 60
#: The height of a line and the greatest of a row, in points.
_LINE, _HIGHEST = 15, 400


@dataclass(frozen=True)
class Sheet:
    """A table with its definition beside it.

    The first `labels` columns say what a row is about. A cell is a number, or words such as
    “fewer than 5”.
    """

    title: str
    definition: str
    heads: list[str]
    rows: list[list[Cell]]
    labels: int = 1


@dataclass(frozen=True)
class Workbook:
    """The sheets of a document, with the title, the organisation and the day the document bears."""

    title: str
    organisation: str
    dated: datetime
    sheets: tuple[Sheet, ...]


def cell(shown: str) -> Cell:
    """A display string as a number where it is one: “1,318” is 1318, “held back” stays as it is."""
    number = number_of(shown)
    return shown if number is None else number


def to_csv(workbook: Workbook) -> bytes:
    """All tables in one, with a row for each cell that says which table, row and column it is of.

    UTF-8, with the byte-order mark by which Excel recognises it.
    """
    file = io.StringIO(newline="")
    writer = csv.writer(file)
    writer.writerow(["Table", "Definition", "By", "Row", "Column", "Value"])
    for sheet in workbook.sheets:
        for record in _records(sheet):
            writer.writerow([escaped(one) for one in record])
    return file.getvalue().encode("utf-8-sig")


def _records(sheet: Sheet) -> Iterator[list[Cell]]:
    for row in sheet.rows:
        *by, label = row[: sheet.labels]
        for head, value in zip(sheet.heads[sheet.labels :], row[sheet.labels :], strict=True):
            yield [sheet.title, sheet.definition, by[0] if by else "", label, head, value]


def to_xlsx(workbook: Workbook) -> bytes:
    """One table a sheet: its title, its definition, then its headings, which stay in view.

    Numbers are numbers, all else is text, and no cell holds a formula. The same bytes from the same
    tables.
    """
    file = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(file, options) as book:
        book.set_properties(
            {
                "title": _text(workbook.title)[:250],
                "author": _text(workbook.organisation)[:250],
                "created": workbook.dated.astimezone(UTC).replace(tzinfo=None),
            }
        )
        style = _Style(book)
        used: set[str] = set()
        for sheet in workbook.sheets:
            name = _name(sheet.title, used)
            used.add(name.casefold())
            _write(book.add_worksheet(name), sheet, style)
    return file.getvalue()


class _Style:
    """The formats of the cells of a workbook."""

    def __init__(self, book: xlsxwriter.Workbook) -> None:
        plain = {"font_name": "Arial", "font_size": 11, "valign": "top"}
        words = {**plain, "text_wrap": True}
        self.title = book.add_format({**plain, "bold": True, "font_size": 14})
        head = {**words, "bold": True, "bg_color": "#EEF4FA", "bottom": 2}
        head["bottom_color"] = "#005EB8"
        # Set in, so that they do not touch a number to their left.
        inset = {"align": "left", "indent": 1}
        self.head = book.add_format({**head, **inset})
        self.figures_head = book.add_format({**head, "align": "right"})
        self.definition = book.add_format(words)
        self.words = book.add_format({**words, **inset})
        # Words in a column of numbers, such as “fewer than 5”.
        self.figures = book.add_format({**words, "align": "right"})
        # A cell that begins like a formula stays text also when somebody edits it.
        self.quoted = book.add_format({**words, **inset, "quote_prefix": True})
        self.whole = book.add_format({**plain, "num_format": "#,##0"})
        self.part = book.add_format({**plain, "num_format": "#,##0.0"})

    def of(self, value: Cell, *, is_figure: bool) -> Format:
        if isinstance(value, str):
            if value.startswith(FORMULA_STARTS):
                return self.quoted
            return self.figures if is_figure else self.words
        return self.whole if isinstance(value, int) else self.part


def _write(page: Worksheet, sheet: Sheet, style: _Style) -> None:
    page.write_string(0, 0, _text(sheet.title), style.title)
    widths = [_width(sheet, column) for column in range(len(sheet.heads))]
    if sheet.definition:
        across = max(sum(widths), _WIDEST)
        page.merge_range(1, 0, 1, max(len(sheet.heads) - 1, 1), "", style.definition)
        page.write_string(1, 0, _text(sheet.definition), style.definition)
        page.set_row(1, _height([sheet.definition], [across]))
    figures = [
        any(not isinstance(row[column], str) for row in sheet.rows)
        for column in range(len(sheet.heads))
    ]
    for column, head in enumerate(sheet.heads):
        head_style = style.figures_head if figures[column] else style.head
        page.write_string(_HEAD_ROW, column, _text(head), head_style)
    for number, row in enumerate(sheet.rows, _HEAD_ROW + 1):
        # Not every program makes a row as high as its words need.
        page.set_row(number, _height(row, widths))
        for column, value in enumerate(row):
            if isinstance(value, str):
                page.write_string(
                    number, column, _text(value), style.of(value, is_figure=figures[column])
                )
            else:
                page.write_number(number, column, value, style.of(value, is_figure=figures[column]))
    for column, width in enumerate(widths):
        page.set_column(column, column, width)
    page.freeze_panes(_HEAD_ROW + 1, sheet.labels)
    if sheet.rows:
        page.autofilter(_HEAD_ROW, 0, _HEAD_ROW + len(sheet.rows), len(sheet.heads) - 1)
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.repeat_rows(_HEAD_ROW)
    page.set_footer("&L&A&RPage &P of &N")


def _width(sheet: Sheet, column: int) -> int:
    """The width of a column in letters: that of its longest cell, within bounds."""
    longest = max([len(sheet.heads[column]), *(len(str(row[column])) for row in sheet.rows)])
    return min(max(longest + 4, 12), _WIDEST)


def _height(row: Sequence[Cell], widths: Sequence[int]) -> int:
    """The height of a row in points, for the lines of its longest cell."""
    lines = (
        math.ceil(1.15 * len(words) / width) if len(words) > width - 4 else 1
        for words, width in zip(row, widths, strict=True)
        if isinstance(words, str)
    )
    breaks = max((words.count("\n") for words in row if isinstance(words, str)), default=0)
    return min(_HIGHEST, _LINE * (max(lines, default=1) + breaks))


def _text(words: str) -> str:
    """Words as a cell can hold them."""
    return in_xml(words)[:_CELL_LENGTH]


def _name(title: str, used: set[str]) -> str:
    """The name of a sheet: as many words of the title as fit, and a number where it is taken."""
    plain = " ".join(_NOT_IN_NAMES.sub(" ", _text(title)).split()).strip("' ") or "Sheet"
    if len(plain) > _NAME_LENGTH and " " in plain[:_NAME_LENGTH]:
        plain = plain[: _NAME_LENGTH + 1].rsplit(" ", 1)[0].rstrip(",;")
    name, number = plain[:_NAME_LENGTH].strip("' "), 1
    while name.casefold() in used or name.casefold() == "history":
        number += 1
        end = f" {number}"
        name = plain[: _NAME_LENGTH - len(end)].strip("' ") + end
    return name
