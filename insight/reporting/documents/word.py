"""A document as a Word file that can be edited: real headings, tables whose header rows come again
on each page, pictures with text alternatives, page numbers and a list of contents.
"""

import io
from functools import singledispatchmethod

import docx
from docx.document import Document as WordDocument
from docx.shared import Cm
from docx.text.paragraph import Paragraph

from core.xml import in_xml
from insight.reporting.documents import blocks, pdf, word_xml
from insight.reporting.documents.documents import Document, Section

_ACROSS = Cm(17)


def render(document: Document) -> bytes:
    """The document as a Word file; the same document gives the same bytes."""
    return _Writer(document).to_bytes()


class _Writer:
    """Writes one document, block by block."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.word: WordDocument = docx.Document()
        self.pictures = iter(pdf.pictures(document))

    def to_bytes(self) -> bytes:
        """The whole file."""
        document = self.document
        word_xml.set_up(self.word, document)
        self.paragraph(document.organisation, style="Subtitle")
        self.paragraph(document.title, style="Title")
        self.paragraph(document.status, style="Quiet")
        for block in document.front:
            self.add(block)
        if document.has_contents:
            self.contents()
        for at, section in enumerate(document.sections, 1):
            self.section(section, at)
        file = io.BytesIO()
        self.word.save(file)
        return word_xml.with_fixed_days(file.getvalue())

    def section(self, section: Section, number: int) -> None:
        """A section, which the list of contents links to."""
        heading = self.word.add_heading(in_xml(section.title), 1)
        word_xml.add_bookmark(heading, number)
        for block in section.blocks:
            self.add(block)

    def contents(self) -> None:
        """The list of contents: a field that Word can update, with links that work before it is."""
        self.paragraph("In this report", style="TOC Heading")
        lines = [self.word.add_paragraph(style="toc 1") for _ in self.document.sections]
        titles = [in_xml(section.title) for section in self.document.sections]
        word_xml.add_contents(lines, titles)

    def paragraph(self, text: str, style: str | None = None, label: str = "") -> Paragraph:
        """One paragraph, after its label in bold where it has one."""
        paragraph = self.word.add_paragraph(style=style)
        if label:
            paragraph.add_run(f"{in_xml(label)}: ").bold = True
        paragraph.add_run(in_xml(text))
        return paragraph

    @singledispatchmethod
    def add(self, block: blocks.Block) -> None:
        """Write one block. Refuses (`TypeError`) a kind that Word files do not have."""
        raise TypeError(f"A Word file cannot hold the block “{block.kind}”.")

    @add.register
    def _(self, block: blocks.Text) -> None:
        for lines in block.paragraphs:
            self.paragraph("\n".join(lines))

    @add.register
    def _(self, block: blocks.Heading) -> None:
        self.word.add_heading(in_xml(block.text), block.level)

    @add.register
    def _(self, block: blocks.Labelled) -> None:
        self.paragraph(block.text, label=block.label)

    @add.register
    def _(self, block: blocks.Table) -> None:
        self.paragraph(block.caption, style="Caption")
        if block.definition:
            self.paragraph(block.definition, style="Quiet").paragraph_format.keep_with_next = True
        heads = list(map(in_xml, block.heads))
        table = word_xml.add_table(self.word, in_xml(block.caption), heads, is_wide=block.is_wide)
        for row in block.rows:
            table.add(list(map(in_xml, row)))
        self.word.add_paragraph(style="After table")

    @add.register
    def _(self, block: blocks.Picture) -> None:
        self.paragraph(block.caption, style="Caption")
        paragraph = self.word.add_paragraph()
        paragraph.add_run().add_picture(io.BytesIO(next(self.pictures)), width=_ACROSS)
        word_xml.describe_picture(paragraph, in_xml(block.caption), in_xml(block.alt))

    @add.register(blocks.Notes)
    @add.register(blocks.ItemList)
    def _(self, block: blocks.Notes | blocks.ItemList) -> None:
        for item in block.items:
            self.paragraph(item, style="List Bullet")

    @add.register
    def _(self, block: blocks.Terms) -> None:
        for term, meaning in block.items:
            self.paragraph(meaning, label=term)

    @add.register
    def _(self, block: blocks.Fingerprint) -> None:
        self.paragraph(block.text, label=block.label)

    @add.register
    def _(self, block: blocks.Facts) -> None:
        for label, words in block.items:
            self.paragraph(words, label=label)

    @add.register
    def _(self, block: blocks.FigureCards) -> None:
        rows = [[item[key] for key in ("title", "shown", "movement")] for item in block.items]
        self.add(blocks.Table(block.caption, block.heads, rows, is_wide=True))

    @add.register
    def _(self, block: blocks.StoryCards) -> None:
        for item in block.items:
            self.word.add_heading(in_xml(item["title"]), 2)
            self.paragraph(item["place"], style="Quiet")
            for key, label in block.labels.items():
                if item[key]:
                    self.paragraph(item[key], label=label)

    @add.register
    def _(self, block: blocks.Stack) -> None:
        for inner in block.blocks:
            self.add(inner)

    @add.register
    def _(self, block: blocks.Columns) -> None:
        for column in block.columns:
            self.add(column)
