"""The Board report as a PDF: the same bytes each time, tagged, and every figure in it."""

import io
import itertools
import subprocess
import sys
from pathlib import Path
from typing import Any

import pikepdf

from insight.reporting.documents import canonical
from insight.reporting.documents.kinds.board_report import KIND
from tests.insight.reporting.documents.months import a_month, as_pdf
from tests.insight.reporting.documents.printed import Run, runs_of, tags_of, words

_SETTINGS = {"DJANGO_SETTINGS_MODULE": "nel_participation.settings", "NEL_RUN": "test"}
ROOT = Path(__file__).resolve().parents[4]


def test_files_when_made_in_other_processes_then_bytes_are_the_same(tmp_path: Path) -> None:
    source = tmp_path / "frozen.json"
    source.write_bytes(canonical.to_bytes(a_month()))
    program = (
        "import json, pathlib, sys\n"
        "from insight.reporting.documents.documents import kind_of\n"
        "frozen = json.loads(pathlib.Path(sys.argv[1]).read_bytes())\n"
        "for one in kind_of(frozen).formats:\n"
        "    sys.stdout.buffer.write(one.make(frozen))\n"
    )

    others = [
        subprocess.run(
            [sys.executable, "-c", program, str(source)],
            cwd=ROOT,
            env={"TZ": zone, "PYTHONHASHSEED": seed, "PATH": "/usr/bin:/bin"} | _SETTINGS,
            check=True,
            capture_output=True,
        ).stdout
        for zone, seed in (("Pacific/Auckland", "1"), ("America/New_York", "2"))
    ]

    here = b"".join(one.make(a_month()) for one in KIND.formats)
    assert others == [here, here]


def test_pdf_when_a_word_differs_then_bytes_differ(board: bytes) -> None:
    month: Any = a_month()

    month["narrative"]["story"] = "Another story."

    assert as_pdf(month) != board


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

    month = a_month()
    titles = [one["title"] for one in [*month["trend"], *month["charts"]]]
    assert len(pictures) == len(titles)
    for at, title in zip(pictures, titles, strict=True):
        assert f"Chart. {title}." in found[at]["alt"]
        assert "/Table" in tags[at:]


def test_pdf_when_it_has_tables_then_each_has_header_cells_and_a_caption(board: bytes) -> None:
    tags = [tag["tag"] for tag in tags_of(board)]

    assert tags.count("/Table") == tags.count("/THead") > 10
    assert tags.count("/Caption") == tags.count("/Table") + tags.count("/Figure")


def test_pdf_when_built_then_every_figure_of_every_cut_is_printed_beside_its_label() -> None:
    month: Any = a_month()
    numbers = itertools.count(10_001)
    rows = [row for one in month["measures"] for cut in one["cuts"] for row in cut["rows"]]
    for row in rows:
        row["cells"] = [str(next(numbers)) for _ in row["cells"]]

    runs = runs_of(as_pdf(month))

    for row in rows:
        for cell in row["cells"]:
            printed = [run for run in runs if run.text.strip() == cell]
            assert printed, cell
            for one in printed:
                assert row["label"].startswith(_first_on_the_line_of(one, runs)), cell


def _first_on_the_line_of(one: Run, runs: list[Run]) -> str:
    line = [run for run in runs if run.page == one.page and abs(run.base - one.base) < 1]
    return min(line, key=lambda run: run.left).text.strip()


def test_pdf_when_built_then_it_says_how_each_figure_is_counted_and_what_is_owed(
    board: bytes,
) -> None:
    text = words(runs_of(board))

    assert all(measure["how"] in text for measure in a_month()["measures"])
    assert "Community forum Redbridge 12 October 2026 Late" in text
    assert a_month()["fingerprint"] in text
