"""Reads a PDF back: what is printed where, and how it is tagged."""

import io
import re
from dataclasses import dataclass
from typing import Any

import pikepdf


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
