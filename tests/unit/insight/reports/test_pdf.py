"""The Board report as bytes: its canonical form, its tags, and where its words lie on the page."""

from __future__ import annotations

import copy
import io
import json
import random
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import pikepdf
import pytest

from insight.reports import canonical, fonts, layout, pdf, rendering
from insight.reports.shape import FrozenReport

ROOT = Path(__file__).resolve().parents[4]
PLACES = (
    "Barking and Dagenham",
    "City and Hackney",
    "Havering",
    "Newham",
    "Redbridge",
    "Tower Hamlets",
    "Waltham Forest",
)
NAMES = ("April", "May", "June", "July", "August", "September", "October")
LEVELS = ["Inform", "Consult", "Involve", "Co-produce", "Empower"]
SENTENCE = (
    "Communities said participation arrangements should recognise neighbourhood organisations "
    "and pay volunteers the same in every borough. "
)


# What is printed where


@dataclass(frozen=True)
class Run:
    """Words set in one go: their page, left, right and base line in points from the bottom left."""

    page: int
    text: str
    left: float
    right: float
    base: float
    size: float


class _Font:
    """A font of the document: what its glyphs mean and how wide they are."""

    def __init__(self, font: Any) -> None:
        source = font.ToUnicode.read_bytes().decode("latin-1")
        self.letters = {
            int(glyph, 16): bytes.fromhex(word).decode("utf-16-be", "replace")
            for glyph, word in re.findall(r"<([0-9A-F]{4})> <([0-9A-F]{4,})>", source)
        }
        self.widths: dict[int, float] = {}
        plain = list(font.DescendantFonts[0].W)
        while plain:
            first, second = int(plain[0]), plain[1]
            if isinstance(second, pikepdf.Array):
                self.widths |= {first + at: float(width) for at, width in enumerate(second)}
                plain = plain[2:]
            else:
                wide = float(plain[2])
                self.widths |= dict.fromkeys(range(first, int(second) + 1), wide)
                plain = plain[3:]


def runs_of(data: bytes) -> list[Run]:
    """Every run of words in the document, read from its content streams."""
    found: list[Run] = []
    with pikepdf.open(io.BytesIO(data)) as document:
        for number, page in enumerate(document.pages, 1):
            known = {name: _Font(font) for name, font in page.Resources.Font.items()}
            found.extend(_runs_on(page, number, known))
    return found


def _runs_on(page: Any, number: int, known: dict[str, _Font]) -> list[Run]:
    found, held = [], []
    matrix = pikepdf.Matrix()
    font, size, text_matrix = None, 0.0, pikepdf.Matrix()
    for step in pikepdf.parse_content_stream(page):
        operands: Any = step.operands
        name = str(step.operator)
        if name == "q":
            held.append(matrix)
        elif name == "Q":
            matrix = held.pop()
        elif name == "cm":
            matrix = pikepdf.Matrix(*map(float, operands)) @ matrix
        elif name == "Tf":
            font, size = known[str(operands[0])], float(operands[1])
        elif name == "Tm":
            text_matrix = pikepdf.Matrix(*map(float, operands))
        elif name in {"TJ", "Tj"}:
            assert font is not None
            text, width = _shown(operands[0] if name == "TJ" else [operands[0]], font)
            place = text_matrix @ matrix
            left = place.e
            found.append(Run(number, text, left, left + width * size / 1000, place.f, size))
    return found


def _shown(pieces: Any, font: _Font) -> tuple[str, float]:
    text, width = "", 0.0
    for piece in pieces:
        if not isinstance(piece, pikepdf.String):
            width -= float(piece)
            continue
        raw = bytes(piece)
        for at in range(0, len(raw), 2):
            glyph = int.from_bytes(raw[at : at + 2], "big")
            text += font.letters.get(glyph, "")
            width += font.widths.get(glyph, 0.0)
    return text, width


def overprinted(runs: list[Run]) -> list[tuple[Run, Run]]:
    """Pairs of runs of which one lies over the other."""
    pairs = []
    pages: dict[int, list[Run]] = {}
    for run in runs:
        if run.text.strip(" \u200b\u2060"):
            pages.setdefault(run.page, []).append(run)
    for here in pages.values():
        here.sort(key=lambda run: run.base)
        for at, low in enumerate(here):
            for high in here[at + 1 :]:
                if high.base - low.base >= 0.6 * min(low.size, high.size):
                    break
                if min(low.right, high.right) - max(low.left, high.left) > 1:
                    pairs.append((low, high))
    return pairs


def outside(runs: list[Run]) -> list[Run]:
    """Runs that leave an A4 page or its margins at the sides and the bottom edge."""
    return [run for run in runs if run.left < 50 or run.right > 546 or not 25 < run.base < 815]


def words(runs: list[Run], page: int | None = None) -> str:
    """The words printed, on one page or all, with all white space as single spaces."""
    text = " ".join(run.text for run in runs if page in (None, run.page))
    return re.sub(r"\s+", " ", text.replace("\u200b", "").replace("\u2060", ""))


def letters(runs: list[Run]) -> str:
    """The body of all pages without any space: for words parted over columns, lines and pages."""
    return re.sub(r"\s+", "", words([run for run in runs if 45 < run.base < 790]))


def tags_of(data: bytes) -> list[Any]:
    """The structure elements of the document, in reading order."""
    found: list[Any] = []

    def walk(node: Any) -> None:
        if isinstance(node, pikepdf.Array):
            for item in node:
                walk(item)
        elif isinstance(node, pikepdf.Dictionary) and "/S" in node:
            found.append({"tag": str(node.S), "alt": str(node.get("/Alt", ""))})
            walk(node.get("/K"))

    with pikepdf.open(io.BytesIO(data)) as document:
        walk(document.Root.StructTreeRoot.K)
    return found


# A month to print


def a_cut(key: str, title: str, columns: list[str], labels: Any, seed: int) -> dict[str, Any]:
    source = random.Random(seed)
    rows = []
    for label in labels:
        cells = [str(source.randint(5, 90)) for _ in columns]
        cells[-1] = "fewer than 5" if source.random() < 0.2 else cells[-1]
        rows.append({"key": label, "label": label, "cells": cells, "value": None})
    return {"key": key, "title": title, "columns": columns, "rows": rows, "notes": []}


def a_measure(key: str, title: str, columns: list[str], seed: int) -> dict[str, Any]:
    return {
        "key": key,
        "title": title,
        "how": f"{title} of the period, each counted once.",
        "unit": "counted",
        "total": {"shown": str(100 + seed), "numerator": None, "denominator": None},
        "previous": {"shown": str(90 + seed)} if seed % 2 else None,
        "cuts": [
            a_cut("place", "By place", columns, PLACES, seed),
            a_cut(
                "collaborative",
                "By provider collaborative",
                columns,
                ["Acute", "Mental health"],
                seed,
            ),
            a_cut("programme", "By programme", columns, ["Long-term conditions"], seed),
        ],
        "notes": ["Some of these are estimates."] if key == "heads" else [],
    }


def a_month() -> FrozenReport:
    months = [f"{name} 2026" for name in NAMES]
    measures = [
        a_measure("activities", "Activities", ["Activities"], 1),
        a_measure("spectrum", "Activities by level", LEVELS, 2),
        a_measure("people", "People who took part", ["People"], 3),
        a_measure("heads", "Heads counted", ["Heads"], 4),
        a_measure("contributions", "Contributions", ["Contributions"], 5),
        a_measure("loops_closed", "Loops closed on time", ["Closed"], 6),
        a_measure("loop_days", "Days to the first answer", ["Days"], 7),
        a_measure("people_told", "People told", ["People"], 8),
        a_measure("influence", "Decisions", ["Accepted", "Partly", "Not accepted", "Undecided"], 9),
        a_measure("changes_made", "Changes made", ["Changes"], 10),
    ]
    shown = ["42", "1,318", "12 of 19 (63%)", "held back", "fewer than 5"]
    frozen: Any = {
        "schema": 1,
        "period": "2026-10",
        "month": "October 2026",
        "organisation": "NHS North East London",
        "title": "Participation report to the Board: October 2026",
        "drafted_at": "2026-11-01T06:00:00+00:00",
        "approved_at": "2026-11-03T14:12:09.123456+00:00",
        "approved_by": "Board secretary",
        "narrative": {
            "highlights": "Forty-two activities ran in October.",
            "story": "Parents told us that booking a blood test took three calls.",
            "to_know": "Seven loops are late.\n\nPeople who read Bengali were under-heard.",
            "asks": "1. Note the figures.\n2. Agree the date for the forum.",
            "look_ahead": "November opens the winter conversation.",
        },
        "headline": [
            {
                "key": measure["key"],
                "title": measure["title"],
                "shown": figure,
                "previous": "38",
                "movement": "4 more than September",
            }
            for measure, figure in zip(measures[::2], shown, strict=True)
        ],
        "measures": measures,
        "charts": [
            {
                "key": "loops_by_month",
                "title": "Loops due and closed, by month",
                "description": "Two bars for each of seven months.",
                "unit": "loops",
                "kind": "bars",
                "series": ["Closed on time", "Due"],
                "rows": [
                    {
                        "label": month,
                        "values": [None if at == 2 else 4 + at, 9 + at],
                        "shown": ["fewer than 5" if at == 2 else str(4 + at), str(9 + at)],
                    }
                    for at, month in enumerate(months)
                ],
            },
            {
                "key": "spectrum_by_place",
                "title": "Level of participation by place",
                "description": "One bar for each place, in five parts.",
                "unit": "activities",
                "kind": "stacked",
                "series": LEVELS,
                "rows": [
                    {
                        "label": place,
                        "values": [at, 0, 2, None, 1],
                        "shown": ["3", "0", "2", "held back", "1"],
                    }
                    for at, place in enumerate(PLACES)
                ],
            },
        ],
        "stories": [
            {
                "title": f"Change number {number}",
                "place": "Newham",
                "you_said": "The waiting room is too loud.",
                "we_did": "A quiet room was opened.",
                "where": "Made",
            }
            for number in (1, 2, 3)
        ],
        "loops": {
            "owed": [
                {
                    "title": "Community forum",
                    "place": "Redbridge",
                    "due": "2026-10-12",
                    "state": "Late",
                }
            ],
            "more": 5,
        },
        "definitions": [{"title": m["title"], "how": m["how"]} for m in measures],
        "sources": ["Contains National Statistics data © Crown copyright and database right 2025."],
    }
    frozen["fingerprint"] = canonical.fingerprint(frozen)
    return cast("FrozenReport", frozen)


def an_empty_month() -> FrozenReport:
    month: Any = a_month()
    month["narrative"] = dict.fromkeys(month["narrative"], "")
    for key in ("headline", "measures", "charts", "stories", "definitions", "sources"):
        month[key] = []
    month["loops"] = {"owed": [], "more": 0}
    del month["fingerprint"]
    return cast("FrozenReport", month)


@pytest.fixture(scope="module")
def board() -> bytes:
    return pdf.render(a_month())


# Canonical form


def test_canonical_when_keys_come_in_another_order_then_bytes_are_the_same() -> None:
    month = a_month()

    turned = dict(reversed(list(month.items())))

    assert canonical.to_bytes(turned) == canonical.to_bytes(month)


def test_canonical_when_read_back_then_bytes_are_the_same_and_end_in_a_newline() -> None:
    data = canonical.to_bytes(a_month())

    again = canonical.to_bytes(json.loads(data))

    assert again == data
    assert data.endswith(b"}\n")
    assert "©".encode() in data


def test_canonical_when_a_float_is_whole_then_it_is_written_as_a_whole_number() -> None:
    assert canonical.to_bytes({"a": 3.0, "b": -0.0, "c": 1e16}) == canonical.to_bytes(
        {"a": 3, "b": 0, "c": 10**16}
    )


@pytest.mark.parametrize(
    "value", [float("nan"), float("inf"), "a\x00b", "\ud800", {1: "x"}, {"x"}, b"x"]
)
def test_canonical_when_a_value_could_not_be_kept_then_it_is_refused(value: Any) -> None:
    with pytest.raises((ValueError, TypeError), match="In the report, measures, item 1"):
        canonical.to_bytes({"measures": [value]})


def test_fingerprint_when_the_report_carries_one_then_it_is_left_out() -> None:
    month: Any = a_month()

    bare = {key: value for key, value in month.items() if key != "fingerprint"}

    assert canonical.fingerprint(month) == canonical.fingerprint(bare) == month["fingerprint"]
    assert re.fullmatch(r"[0-9a-f]{64}", month["fingerprint"])


def test_fingerprint_when_one_word_differs_then_it_differs() -> None:
    month: Any = a_month()

    month["narrative"]["story"] += "."

    assert canonical.fingerprint(month) != month["fingerprint"]


# The same bytes


def test_pdf_when_made_in_other_processes_then_bytes_are_the_same(
    board: bytes, tmp_path: Path
) -> None:
    source = tmp_path / "frozen.json"
    source.write_bytes(canonical.to_bytes(a_month()))
    program = (
        "import json, pathlib, sys\n"
        "from insight.reports import pdf\n"
        "frozen = json.loads(pathlib.Path(sys.argv[1]).read_bytes())\n"
        "sys.stdout.buffer.write(pdf.render(frozen))\n"
    )

    others = [
        subprocess.run(
            [sys.executable, "-c", program, str(source)],
            cwd=ROOT,
            env={"TZ": zone, "PYTHONHASHSEED": seed, "PATH": "/usr/bin:/bin"},
            check=True,
            capture_output=True,
        ).stdout
        for zone, seed in (("Pacific/Auckland", "1"), ("America/New_York", "2"))
    ]

    assert others == [board, board]


def test_pdf_when_a_word_differs_then_bytes_differ(board: bytes) -> None:
    month: Any = a_month()

    month["narrative"]["story"] = "Another story."

    assert pdf.render(month) != board


# Tags


def test_pdf_when_built_then_it_claims_and_carries_pdf_ua(board: bytes) -> None:
    with pikepdf.open(io.BytesIO(board)) as document:
        root = document.Root
        metadata = bytes(root.Metadata.read_bytes()).decode()

        assert "<pdfuaid:part>1</pdfuaid:part>" in metadata
        assert root.MarkInfo.Marked
        assert "/StructTreeRoot" in root
        assert str(root.Lang) == "en-GB"
        assert root.ViewerPreferences.DisplayDocTitle
        assert str(document.docinfo["/Title"]) == a_month()["title"]
        assert str(document.docinfo["/CreationDate"]).startswith("D:20261103")


def test_pdf_when_built_then_only_our_typefaces_are_embedded(board: bytes) -> None:
    with pikepdf.open(io.BytesIO(board)) as document:
        names = {
            str(font.BaseFont) for page in document.pages for font in page.Resources.Font.values()
        }

    assert names
    assert all("SourceSansPro" in name for name in names)


def test_pdf_when_it_has_charts_then_each_has_its_words_and_its_table(board: bytes) -> None:
    found = tags_of(board)
    tags = [tag["tag"] for tag in found]

    pictures = [at for at, tag in enumerate(tags) if tag == "/Figure"]

    assert len(pictures) == 2
    for at, chart in zip(pictures, a_month()["charts"], strict=True):
        assert chart["description"] in found[at]["alt"]
        assert "/Table" in tags[at : at + 6]


def test_pdf_when_it_has_tables_then_each_has_header_cells_and_a_caption(board: bytes) -> None:
    tags = [tag["tag"] for tag in tags_of(board)]

    assert tags.count("/Table") == tags.count("/THead") > 10
    assert tags.count("/Caption") == tags.count("/Table") + tags.count("/Figure")


def test_pdf_when_built_then_every_figure_of_every_cut_is_printed(board: bytes) -> None:
    text = words(runs_of(board))

    for measure in a_month()["measures"]:
        assert measure["how"] in text
        for cut in measure["cuts"]:
            for row in cut["rows"]:
                assert all(cell in text for cell in row["cells"])
    assert "12 October 2026" in text
    assert a_month()["fingerprint"] in text


# Page one


def test_page_one_when_the_month_is_ordinary_then_it_stands_alone(board: bytes) -> None:
    text = words(runs_of(board), page=1)

    for part in (
        "The month in five figures",
        "1,318",
        "4 more than September",
        "63%",
        "12 of 19",
        "One story",
        "Three changes people brought about",
        "A quiet room was opened.",
        "What the Board must know",
        "What the Board is asked to do",
        "Agree the date for the forum.",
    ):
        assert part in text


@pytest.mark.parametrize("sentence", [SENTENCE, SENTENCE.upper()])
def test_page_one_when_everything_is_long_then_it_still_stands_alone(sentence: str) -> None:
    month: Any = a_month()
    month["narrative"] = dict.fromkeys(month["narrative"], sentence * 20)
    month["stories"] = [dict.fromkeys(story, sentence * 4) for story in month["stories"]]
    for figure in month["headline"]:
        figure["title"] = "People who took part in conversations"

    runs = runs_of(pdf.render(month))

    assert "What the Board is asked to do" in words(runs, page=1)
    assert words(runs, page=1).count("In full on page") == 5
    assert words(runs).count("Where it stands: ") == 3
    assert "In this report" in words(runs, page=2)
    assert letters(runs).count(re.sub(r"\s", "", sentence * 20)) == 5
    assert not overprinted(runs)


def test_page_one_when_words_are_short_then_nothing_is_said_twice(board: bytes) -> None:
    text = words(runs_of(board))

    assert "In full" not in text
    assert text.count("A quiet room was opened.") == 3


def test_pdf_when_a_draft_then_every_page_says_so() -> None:
    month: Any = a_month()
    month["approved_at"] = month["approved_by"] = None

    runs = runs_of(pdf.render(month))

    pages = {run.page for run in runs}
    assert all(any(run.text == "Draft" for run in runs if run.page == page) for page in pages)
    assert "Draft, not yet approved. Drafted on 1 November 2026 at 06:00." in words(runs, page=1)


def test_pdf_when_approved_then_no_page_says_draft(board: bytes) -> None:
    runs = runs_of(board)

    assert "Draft" not in words(runs)
    assert "Approved on 3 November 2026 at 14:12 by Board secretary." in words(runs, page=1)


# Length


def test_pdf_when_built_then_nothing_is_overprinted_or_off_the_page(board: bytes) -> None:
    runs = runs_of(board)

    assert not overprinted(runs)
    assert not outside(runs)


def test_pdf_when_the_narrative_is_twenty_pages_then_all_of_it_is_printed() -> None:
    month: Any = a_month()
    paragraph = SENTENCE * 5
    parts = [f"Paragraph {number}. {paragraph.strip()}" for number in range(150)]
    month["narrative"]["look_ahead"] = "\n\n".join(parts)

    runs = runs_of(pdf.render(month))

    text = words(runs)
    assert max(run.page for run in runs) > 20
    assert all(f"Paragraph {number}." in text for number in range(150))
    assert not overprinted(runs)
    assert not outside(runs)


@pytest.mark.parametrize("columns", [["Activities"], LEVELS])
def test_table_when_it_has_200_rows_then_it_breaks_with_its_header_and_without_overlap(
    columns: list[str],
) -> None:
    month: Any = an_empty_month()
    measure = a_measure("activities", "Activities", columns, 1)
    labels = [
        f"Row number {number:03d}, with a label that goes over two lines" for number in range(200)
    ]
    measure["cuts"] = [a_cut("place", "By place", columns, labels, 1)]
    month["measures"] = [measure]

    runs = runs_of(pdf.render(month))

    pages = {run.page for run in runs if run.text.startswith("Row number")}
    assert len(pages) > 4
    for page in pages:
        assert [run.text for run in runs if run.page == page].count("Place") == 1
    found = re.findall(r"Row number (\d{3})", words(runs))
    assert found == [f"{number:03d}" for number in range(200)]
    assert not overprinted(runs)
    assert not outside(runs)


def test_table_when_a_cell_is_longer_than_a_page_then_all_of_it_is_printed() -> None:
    month: Any = an_empty_month()
    long = " ".join(f"word{number}" for number in range(1500))
    month["loops"]["owed"] = [
        {"title": long, "place": "Newham", "due": "in the spring", "state": "Late"},
        {"title": "Next", "place": "Newham", "due": "2026-13-45", "state": "Late"},
    ]

    runs = runs_of(pdf.render(month))

    text = words(runs)
    assert all(f"word{number} " in text for number in range(1500))
    assert not overprinted(runs)
    assert not outside(runs)


def test_table_when_a_word_is_wider_than_its_column_then_it_is_parted() -> None:
    month: Any = a_month()
    for measure in month["measures"]:
        for row in measure["cuts"][0]["rows"]:
            row["label"] = "W" * 70
            row["cells"] = ["M" * 40 for _ in row["cells"]]
        measure["title"] = "Q" * 50
    month["stories"][0] = dict.fromkeys(month["stories"][0], "W" * 300)
    month["narrative"]["asks"] = "W" * 900
    for figure in month["headline"]:
        figure.update(shown="W" * 30, title="W" * 40, movement="W" * 50)

    runs = runs_of(pdf.render(month))

    assert not overprinted(runs)
    assert not outside(runs)
    assert "W" * 900 in letters(runs)


def test_chart_when_it_has_too_many_rows_to_draw_then_its_table_says_it_all() -> None:
    month: Any = an_empty_month()
    chart: Any = copy.deepcopy(a_month()["charts"][0])
    chart["rows"] = [
        {"label": f"Day {n}", "values": [n, n], "shown": [str(n)] * 2} for n in range(90)
    ]
    month["charts"] = [chart]

    data = pdf.render(month)

    assert "/Figure" not in [tag["tag"] for tag in tags_of(data)]
    assert "Day 89" in words(runs_of(data))
    assert not outside(runs_of(data))


@pytest.mark.parametrize("kind", ["bars", "stacked"])
@pytest.mark.parametrize("value", [None, 0, -3, 0.5, 10**12])
def test_chart_when_values_are_missing_zero_or_huge_then_it_is_drawn(kind: str, value: Any) -> None:
    month: Any = an_empty_month()
    chart: Any = copy.deepcopy(a_month()["charts"][0])
    chart["kind"] = kind
    for row in chart["rows"]:
        row["values"] = [value, value]
    month["charts"] = [chart]

    runs = runs_of(pdf.render(month))

    assert not overprinted(runs)
    assert not outside(runs)


# What people write


@pytest.mark.parametrize(
    "hostile",
    [
        '#panic("x")',
        '#read("/etc/passwd")',
        "*bold* _italic_ `raw` $x^2$ <label> @cite = heading",
        "// gone /* gone */ \\ \\u{41} ~ -- ---",
        "</w:t><script>alert(1)</script>&amp;",
        '=cmd|" /C calc"!A0 "quoted" \'single\'',
        "${7*7} {{7*7}} {% raise %} %s %(x)s",
    ],
)
def test_pdf_when_words_look_like_source_then_they_are_printed_as_they_are(hostile: str) -> None:
    month: Any = a_month()
    month["narrative"]["story"] = hostile
    month["measures"][0]["cuts"][0]["rows"][0]["label"] = hostile
    month["charts"][0]["rows"][0]["label"] = hostile
    month["stories"][0] = dict.fromkeys(month["stories"][0], hostile[:25])
    month["title"] = hostile
    month["approved_by"] = hostile

    data = pdf.render(month)

    runs = runs_of(data)
    assert letters(runs).count(re.sub(r"\s", "", hostile)) >= 5
    assert not overprinted(runs)
    with pikepdf.open(io.BytesIO(data)) as document:
        assert str(document.docinfo["/Title"]) == hostile


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ("Café – naïve “quotes” £5 ½ ţșğ Ω Привіт", "Café – naïve “quotes” £5 ½ ţșğ Ω Привіт"),
        ("Well done 😀!", "Well done [grinning face]!"),
        ("ગુજરાતી શબ્દો here", "[text in Gujarati script] here"),
        ("ਪੰਜਾਬੀ", "[text in Gurmukhi script]"),
        ("中文字", "[text in Chinese script]"),
        ("private \ue000 \U0010ffff", "private [U+E000] [U+10FFFF]"),
        ("one\u202eowt\u2066 three\ufeff\u200f", "oneowt three"),
        ("bell\x07 tab\tend", "bell tab end"),
        ("half \ud83d pair", "half [U+D83D] pair"),
    ],
)
def test_pdf_when_a_character_has_no_glyph_then_it_is_described(written: str, printed: str) -> None:
    month: Any = an_empty_month()
    month["narrative"]["look_ahead"] = written

    text = words(runs_of(pdf.render(month)))

    assert printed in text


@pytest.mark.parametrize(
    ("written", "typeface"),
    [
        ("আমাদের কথা শোনা হয়েছে", "HindSiliguri"),
        ("مرحبا بالعالم، شکریہ", "NotoSansArabic"),
        ("எங்கள் குரல்", "NotoSansTamil"),
    ],
)
def test_pdf_when_words_are_in_a_script_we_print_then_they_are_printed(
    written: str, typeface: str
) -> None:
    month: Any = an_empty_month()
    month["narrative"]["highlights"] = written

    data = pdf.render(month)

    assert "[text in" not in words(runs_of(data))
    with pikepdf.open(io.BytesIO(data)) as document:
        names = {str(font.BaseFont) for font in document.pages[0].Resources.Font.values()}
    assert any(typeface in name for name in names)


def test_pdf_when_a_mark_stands_on_a_letter_of_another_script_then_it_is_still_built() -> None:
    month: Any = an_empty_month()
    month["narrative"]["story"] = "a\u09c1\u0bcd q\u0e4c b\u064b ক\u0301\u0bc6\u20dd x\u200d\u200cy"

    runs = runs_of(pdf.render(month))

    assert "One story" in words(runs, page=1)


def test_pdf_when_every_character_of_the_first_plane_is_written_then_it_is_still_built() -> None:
    month: Any = an_empty_month()
    lines = ["".join(map(chr, range(start, start + 64))) for start in range(1, 0x3000, 64)]
    month["narrative"]["look_ahead"] = "\n".join(lines)

    assert pdf.render(month).startswith(b"%PDF-")


def test_pdf_when_the_month_is_empty_then_it_says_so_in_words() -> None:
    runs = runs_of(pdf.render(an_empty_month()))

    text = words(runs)
    assert text.count(layout.NOTHING_WRITTEN) == 5
    assert "No change was published this month." in text
    assert "No answer is owed to anybody who took part." in text
    assert not overprinted(runs)


def test_pdf_when_typst_only_warns_then_it_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    faces = fonts.typefaces()
    missing = fonts.Typefaces(
        faces.fonts, ("Source Sans Pro", "No Such Typeface"), faces.main, faces.all, faces.folder
    )
    monkeypatch.setattr(fonts, "typefaces", lambda: missing)

    with pytest.raises(pdf.NotPrintable, match="unknown font family"):
        pdf.render(an_empty_month())


# Files


def test_file_name_when_a_draft_then_it_says_so() -> None:
    month: Any = a_month()
    approved = rendering.file_name(month, "pdf")
    month["approved_at"] = None

    assert approved == "participation-report-2026-10.pdf"
    assert rendering.file_name(month, "pdf") == "participation-report-2026-10-draft.pdf"


def test_formats_when_each_makes_its_file_then_it_is_what_it_says() -> None:
    month = a_month()

    made = {name: kind.make(month) for name, kind in rendering.FORMATS.items()}

    assert made["pdf"].startswith(b"%PDF-")
    assert json.loads(made["json"]) == month
