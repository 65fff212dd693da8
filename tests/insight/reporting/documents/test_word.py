"""The Word file: headings, tables, pictures and fields, as editors and screen readers need them."""

import io
import itertools
import zipfile
from collections.abc import Iterator
from typing import Any

import pytest
from docx import Document
from docx.document import Document as WordFile
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

from insight.reporting.documents.kinds.board_report import KIND
from tests.insight.reporting.documents.months import a_month, an_empty_month


@pytest.fixture(scope="module")
def data() -> bytes:
    return KIND.format("docx").make(a_month())


@pytest.fixture(scope="module")
def word(data: bytes) -> WordFile:
    return Document(io.BytesIO(data))


def every(word: WordFile, name: str) -> Iterator[Any]:
    yield from word.element.body.iter(qn(name))


def style(paragraph: Paragraph) -> str:
    return paragraph.style.name if paragraph.style and paragraph.style.name else ""


def test_headings_when_read_then_they_are_styles_and_none_skips_a_level(word: WordFile) -> None:
    levels = [
        int(style(one).removeprefix("Heading "))
        for one in word.paragraphs
        if style(one).startswith("Heading ")
    ]
    titles = [part.title for part in KIND.arrange(a_month()).sections]
    headings = [one.text for one in word.paragraphs if style(one) == "Heading 1"]

    assert levels[0] == 1
    assert all(later <= before + 1 for before, later in itertools.pairwise(levels))
    assert headings[-len(titles) :] == titles


def test_tables_when_read_then_header_rows_come_again_and_every_row_is_laid_out(
    word: WordFile,
) -> None:
    assert word.tables
    for table in word.tables:
        first, *others = (row._tr for row in table.rows)
        assert list(first.iter(qn("w:tblHeader")))
        assert not any(list(row.iter(qn("w:tblHeader"))) for row in others)
        # LibreOffice leaves out rows where some may not be parted and others stay with the next.
        assert not list(table._tbl.iter(qn("w:cantSplit")))
        assert table._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val"))


def test_pictures_when_read_then_each_has_its_words(word: WordFile) -> None:
    month = a_month()
    charts = [one["title"] for one in [*month["trend"], *month["charts"]]]

    described = [one.get("descr") for one in every(word, "wp:docPr")]

    assert len(described) == len(charts)
    assert all(f"Chart. {title}." in words for title, words in zip(charts, described, strict=True))


def test_properties_when_read_then_title_and_language_are_set(word: WordFile) -> None:
    languages = {one.get(qn("w:val")) for one in word.styles.element.iter(qn("w:lang"))}

    assert word.core_properties.title == a_month()["title"]
    assert word.core_properties.language == "en-GB"
    assert languages == {"en-GB"}
    assert word.core_properties.created == word.core_properties.modified


def test_fields_when_read_then_there_are_page_numbers_and_a_list_of_contents(
    word: WordFile,
) -> None:
    foot = word.sections[0].footer._element
    codes = [one.text.split()[0] for one in foot.iter(qn("w:instrText"))]
    contents = [one.text.split()[0] for one in every(word, "w:instrText")]
    marks = {one.get(qn("w:name")) for one in every(word, "w:bookmarkStart")}
    links = [one.get(qn("w:anchor")) for one in every(word, "w:hyperlink")]

    assert codes == ["PAGE", "NUMPAGES"]
    assert contents == ["TOC"]
    assert len(links) == len(KIND.arrange(a_month()).sections)
    assert set(links) == marks


def test_parts_when_read_then_each_is_well_formed_and_bears_no_day(data: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        for part in parts.infolist():
            assert part.date_time == (1980, 1, 1, 0, 0, 0)
            if part.filename.endswith((".xml", ".rels")):
                parse_xml(parts.read(part))


def test_word_when_the_month_is_empty_then_nothing_stands_for_what_is_not_written() -> None:
    word = Document(io.BytesIO(KIND.format("docx").make(an_empty_month())))
    text = "\n".join(one.text for one in word.paragraphs)

    assert "Nothing written" not in text
    assert "What comes next" not in text
    assert not list(every(word, "wp:docPr"))
