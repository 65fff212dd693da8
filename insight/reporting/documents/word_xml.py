"""The parts of a Word file that python-docx has no words for: fields, links, header rows that come
again, text alternatives, the language, and days that do not change.
"""

import io
import zipfile
from datetime import UTC
from typing import Any

from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.text.paragraph import Paragraph

from insight.reporting.documents.documents import Document

_LANGUAGE = "en-GB"
_TYPEFACE = "Arial"
_ACCENT, _QUIET = RGBColor(0x00, 0x5E, 0xB8), RGBColor(0x4C, 0x55, 0x60)
_WASH, _HAIRLINE = "EEF4FA", "AEB7BD"
_ACROSS = 17.0
_TABLE_WORDS, _DENSE_WORDS = "Table words", "Dense table words"
#: The most columns with words of the ordinary size.
_MOST_ROOMY = 6
#: The day that every part of a Word file bears, so that the same words give the same bytes.
_FIRST_DAY = (1980, 1, 1, 0, 0, 0)


def set_up(word: WordDocument, document: Document) -> None:
    """The properties, the paper, the styles, and what stands at the head and foot of each page."""
    properties = word.core_properties
    properties.title = document.title[:255]
    properties.author = properties.last_modified_by = document.organisation[:255]
    properties.comments, properties.language, properties.revision = "", _LANGUAGE, 1
    properties.created = properties.modified = document.dated.astimezone(UTC).replace(tzinfo=None)
    paper = word.sections[0]
    paper.page_width, paper.page_height = Cm(21), Cm(29.7)
    paper.left_margin = paper.right_margin = paper.top_margin = paper.bottom_margin = Cm(2)
    _set_styles(word)
    foot = paper.footer.paragraphs[0]
    mark = f" · Fingerprint {document.fingerprint[:12]}" if document.fingerprint else ""
    foot.add_run(f"{document.organisation}{mark} · Page ")
    _add_field(foot, "PAGE")
    foot.add_run(" of ")
    _add_field(foot, "NUMPAGES")
    if document.is_draft:
        paper.header.paragraphs[0].add_run("Draft").bold = True


def add_bookmark(heading: Paragraph, number: int) -> None:
    """A place that a link of the list of contents leads to."""
    start = _element("w:bookmarkStart", {"w:id": str(number), "w:name": _bookmark(number)})
    heading._p.insert(1, start)
    heading._p.append(_element("w:bookmarkEnd", {"w:id": str(number)}))


def add_contents(lines: list[Paragraph], titles: list[str]) -> None:
    """A list of contents as a field, filled with a link to each title.

    Without page numbers, which only the program that shows the file knows.
    """
    if not lines:
        return
    for part in ("begin", r'TOC \o "1-1" \n \h \z \u', "separate"):
        _add_field_part(lines[0], part)
    for number, (line, title) in enumerate(zip(lines, titles, strict=True), 1):
        link = _element("w:hyperlink", {"w:anchor": _bookmark(number), "w:history": "1"})
        run = line.add_run(title)
        link.append(run._r)
        line._p.append(link)
    _add_field_part(lines[-1], "end")


def add_table(word: WordDocument, title: str, heads: list[str], *, is_wide: bool) -> "TableRows":
    """A table with its header row, which comes again on each page. `is_wide` is for words."""
    table = word.add_table(rows=0, cols=len(heads), style="Table Grid")
    table.autofit = False
    properties = table._tbl.tblPr
    properties.append(_element("w:tblCaption", {"w:val": title}))
    borders = _element("w:tblBorders", {})
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        line = {"w:val": "single", "w:sz": "4", "w:space": "0", "w:color": _HAIRLINE}
        borders.append(_element(f"w:{side}", line))
    look = properties.find(qn("w:tblLook"))
    properties.find(qn("w:tblLayout")).addprevious(borders)
    look.attrib.clear()
    look.set(qn("w:val"), "00A0")
    look.set(qn("w:firstRow"), "1")
    look.set(qn("w:firstColumn"), "1")
    share = 1.6 if is_wide else 2.0
    shares = [share, *[1.0] * (len(heads) - 1)]
    widths = [Cm(_ACROSS * part / sum(shares)) for part in shares]
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    rows = TableRows(table._tbl, [str(width.twips) for width in widths], is_wide=is_wide)
    rows.add(heads, is_head=True)
    return rows


class TableRows:
    """The rows of a table. Written as XML: python-docx takes seconds for a few hundred cells."""

    def __init__(self, table: Any, widths: list[str], *, is_wide: bool) -> None:
        self.table, self.widths, self.is_wide = table, widths, is_wide

    def add(self, cells: list[str], *, is_head: bool = False) -> None:
        """A row. A single cell goes over all columns, as a heading of the rows after it.

        A row may be parted over two pages: where some rows stay with the next and others may not be
        parted, LibreOffice leaves out the rows after the end of a page.
        """
        row = _element("w:tr", {})
        if is_head:
            properties = _element("w:trPr", {})
            properties.append(_element("w:tblHeader", {}))
            row.append(properties)
        is_heading = len(cells) == 1 < len(self.widths)
        for at, words in enumerate(cells):
            cell = _element("w:tc", {})
            cell.append(self._shape(at, is_heading=is_heading, is_shaded=is_head or is_heading))
            cell.append(
                self._words(
                    words,
                    is_bold=is_head or at == 0,
                    is_figure=at > 0,
                    stays=is_head or is_heading,
                )
            )
            row.append(cell)
        self.table.append(row)

    def _shape(self, at: int, *, is_heading: bool, is_shaded: bool) -> Any:
        shape = _element("w:tcPr", {})
        width = str(sum(map(int, self.widths))) if is_heading else self.widths[at]
        shape.append(_element("w:tcW", {"w:w": width, "w:type": "dxa"}))
        if is_heading:
            shape.append(_element("w:gridSpan", {"w:val": str(len(self.widths))}))
        if is_shaded:
            shade = {"w:val": "clear", "w:color": "auto", "w:fill": _WASH}
            shape.append(_element("w:shd", shade))
        return shape

    def _words(self, words: str, *, is_bold: bool, is_figure: bool, stays: bool) -> Any:
        paragraph = _element("w:p", {})
        look = _element("w:pPr", {})
        style = _DENSE_WORDS if len(self.widths) > _MOST_ROOMY else _TABLE_WORDS
        look.append(_element("w:pStyle", {"w:val": style.replace(" ", "")}))
        if stays:
            look.append(_element("w:keepNext", {}))
        if is_figure and not self.is_wide:
            look.append(_element("w:jc", {"w:val": "right"}))
        paragraph.append(look)
        run = Paragraph(paragraph, None).add_run(words)  # type: ignore[arg-type]  # it needs no parent
        run.bold = is_bold or None
        return paragraph


def describe_picture(paragraph: Paragraph, title: str, words: str) -> None:
    """The text alternative of the picture in this paragraph."""
    for name in paragraph._p.iter(qn("wp:docPr")):
        name.set("title", title)
        name.set("descr", words)


def with_fixed_days(file: bytes) -> bytes:
    """The same file, whose parts bear no day: the day it was written would change its bytes."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(file)) as parts, zipfile.ZipFile(made, "w") as whole:
        for name in parts.namelist():
            part = zipfile.ZipInfo(name, _FIRST_DAY)
            part.compress_type = zipfile.ZIP_DEFLATED
            whole.writestr(part, parts.read(name))
    return made.getvalue()


def _set_styles(word: WordDocument) -> None:
    styles = word.styles
    # The template brings some 160 styles of tables, which an editor need not see.
    for style in [one for one in styles if one.type == WD_STYLE_TYPE.TABLE]:
        if style.name not in {"Normal Table", "Table Grid"}:
            style.delete()
    language = {"w:val": _LANGUAGE, "w:eastAsia": _LANGUAGE, "w:bidi": "ar-SA"}
    for found in list(styles.element.iter(qn("w:lang"))):
        found.getparent().replace(found, _element("w:lang", language))
    normal = styles["Normal"]
    _set_face(normal, 11)
    normal.paragraph_format.space_after = Pt(8)
    sizes = {"Title": 24, "Heading 1": 16, "Heading 2": 13, "Heading 3": 11, "TOC Heading": 16}
    for name, size in sizes.items():
        _set_face(styles[name], size, bold=True, colour=_ACCENT if size > 13 else None)
        styles[name].paragraph_format.keep_with_next = True
    for border in list(styles["Title"].element.iter(qn("w:pBdr"))):
        border.getparent().remove(border)
    _set_face(styles["Subtitle"], 11, bold=True, colour=_ACCENT)
    _set_face(styles["Caption"], 11, bold=True)
    styles["Caption"].paragraph_format.keep_with_next = True
    _set_face(styles["Footer"], 9, colour=_QUIET)
    own = (
        ("Quiet", 10.0, 6),
        (_TABLE_WORDS, 9.5, 2),
        (_DENSE_WORDS, 8.0, 2),
        ("After table", 6.0, 0),
    )
    for name, points, after in own:
        style = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = normal
        _set_face(style, points, colour=_QUIET if name == "Quiet" else None)
        style.paragraph_format.space_after = Pt(after)
    contents = styles.add_style("toc 1", WD_STYLE_TYPE.PARAGRAPH)
    contents.base_style = normal
    contents.paragraph_format.space_after = Pt(3)


def _set_face(
    style: Any, size: float, *, bold: bool = False, colour: RGBColor | None = None
) -> None:
    font = style.font
    font.size, font.bold, font.italic = Pt(size), bold, False
    font.color.rgb = colour or RGBColor(0, 0, 0)
    properties = style.element.get_or_add_rPr()
    for faces in list(properties.iter(qn("w:rFonts"))):
        properties.remove(faces)
    names = ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia")
    properties.insert(0, _element("w:rFonts", dict.fromkeys(names, _TYPEFACE)))


def _bookmark(number: int) -> str:
    return f"_Toc{number:08}"


def _add_field(paragraph: Paragraph, code: str) -> None:
    for part in ("begin", code, "separate"):
        _add_field_part(paragraph, part)
    paragraph.add_run("1")
    _add_field_part(paragraph, "end")


def _add_field_part(paragraph: Paragraph, part: str) -> None:
    run = paragraph.add_run()._r
    if part in {"begin", "separate", "end"}:
        run.append(_element("w:fldChar", {"w:fldCharType": part}))
        return
    code = _element("w:instrText", {"xml:space": "preserve"})
    code.text = f" {part} "
    run.append(code)


def _element(name: str, attributes: dict[str, str]) -> Any:
    element = OxmlElement(name)
    for key, value in attributes.items():
        element.set(qn(key), value)
    return element
