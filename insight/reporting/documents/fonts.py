"""The typefaces that documents are printed in, and how characters without a glyph are printed.

PDF/UA allows no character without a glyph, and a document must look the same on every machine. So
only fonts from pinned packages are used, never those of the system. Letters of Bengali, of the
Arabic script (Arabic, Urdu, Persian, Pashto) and of Tamil come from their own packages; Latin,
Greek and Cyrillic from the main one. Any other character is printed as a description in square
brackets, "[grinning face]" or "[text in Gujarati script]", which a reader can see and hear.
"""

import atexit
import importlib.util
import re
import shutil
import struct
import tempfile
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import typst


class FontMissing(RuntimeError):
    """The main typeface is not installed; the sentence says which package to install."""


@dataclass(frozen=True)
class _Family:
    name: str
    package: str
    files: tuple[str, ...]


# Exactly one file for each weight: the package holds each twice (.otf and .ttf), and which of two
# equal ones typst takes would depend on the order of a folder, that is, on the machine.
_MAIN = _Family(
    "Source Sans Pro",
    "font_source_sans_pro",
    ("SourceSansPro-Regular.otf", "SourceSansPro-Semibold.otf", "SourceSansPro-Bold.otf"),
)
_SCRIPTS = (
    _Family(
        "Hind Siliguri",
        "fontpkg_hind_siliguri",
        ("HindSiliguri-Regular.ttf", "HindSiliguri-SemiBold.ttf", "HindSiliguri-Bold.ttf"),
    ),
    _Family("Noto Sans Arabic", "fontpkg_noto_sans_arabic", ("NotoSansArabic[wdth,wght].ttf",)),
    _Family("Noto Sans Tamil", "fontpkg_noto_sans_tamil", ("NotoSansTamil[wdth,wght].ttf",)),
)

# Joiners shape Bengali and Arabic; soft hyphen and zero-width space only allow a line to break.
_KEPT_FORMATS = frozenset("\u200b\u200c\u200d\u00ad")
_LINE_ENDS = re.compile(r"\r\n?|[\u2028\u2029\x0b\x0c\x85]")
_REPEATED = re.compile(r"(\[text in [^\]]+\])(?:[\s\u200b-\u200d]*\1)+")
_NAMES = {"CJK": "Chinese", "HIRAGANA": "Japanese", "KATAKANA": "Japanese", "HANGUL": "Korean"}


@dataclass(frozen=True)
class Typefaces:
    """What a document is set in: typst's fonts, their families in order, and their characters."""

    fonts: typst.Fonts
    families: tuple[str, ...]
    main: frozenset[int]
    all: frozenset[int]
    # Kept so that the folder exists as long as the fonts that are read from it.
    folder: tempfile.TemporaryDirectory[str]


@lru_cache(maxsize=1)
def typefaces() -> Typefaces:
    """The typefaces installed, found once per process. Refuses when the main one is missing."""
    folder = tempfile.TemporaryDirectory(prefix="typefaces-")
    # Removed at exit: otherwise the interpreter warns that it was not.
    atexit.register(folder.cleanup)
    families: list[str] = []
    covered: list[frozenset[int]] = []
    for family in (_MAIN, *_SCRIPTS):
        files = _files(family)
        if not files:
            continue
        for file in files:
            _place(file, Path(folder.name) / file.name)
        families.append(family.name)
        # A character counts only when every weight has it, as it may be part of a heading.
        covered.append(frozenset.intersection(*(_characters(file) for file in files)))
    return Typefaces(
        fonts=typst.Fonts(
            include_system_fonts=False, include_embedded_fonts=False, font_paths=[folder.name]
        ),
        families=tuple(families),
        main=covered[0],
        all=frozenset().union(*covered),
        folder=folder,
    )


def printable(text: str, *, strict: bool = False) -> str:
    """The text as it can be printed: every character has a glyph, and nothing hidden is left.

    Control and direction-changing characters are dropped, line ends become a plain newline, and a
    character without a glyph becomes its description in square brackets. With `strict` only the
    main typeface is counted on, and marks that do not combine with their letter are described too.
    """
    if text.isascii() and text.isprintable():
        return text
    faces = typefaces()
    covered = faces.main if strict else faces.all
    text = unicodedata.normalize("NFC", _LINE_ENDS.sub("\n", text))
    pieces = [_piece(character, covered, strict=strict) for character in text]
    return _REPEATED.sub(r"\1", "".join(pieces))


def _piece(character: str, covered: frozenset[int], *, strict: bool) -> str:
    if character == "\n":
        return character
    if character == "\t":
        return " "
    category = unicodedata.category(character)
    if category in {"Cc", "Cf"}:
        return character if character in _KEPT_FORMATS and not strict else ""
    if "\ufe00" <= character <= "\ufe0f" or "\U000e0100" <= character <= "\U000e01ef":
        return ""  # a variation selector only changes how the character before it looks
    if category == "Zs":
        return character if ord(character) in covered else " "
    if ord(character) in covered and not (strict and category.startswith("M")):
        return character
    return _description(character, category)


def _description(character: str, category: str) -> str:
    name = unicodedata.name(character, "")
    if not name:
        return f"[U+{ord(character):04X}]"
    if category[0] in "LM" and not name.startswith("COMBINING"):
        script = name.split()[0].split("-")[0]
        return f"[text in {_NAMES.get(script, script.capitalize())} script]"
    return f"[{name.lower()}]"


def _files(family: _Family) -> list[Path]:
    spec = importlib.util.find_spec(family.package)
    if spec is None or not spec.submodule_search_locations:
        if family is _MAIN:
            raise FontMissing(
                "The typeface of our documents is not installed: install font-source-sans-pro."
            )
        return []
    return [Path(spec.submodule_search_locations[0]) / "files" / file for file in family.files]


def _place(file: Path, target: Path) -> None:
    if not file.is_file():
        raise FontMissing(
            f"The font file {file.name} is missing from its package: install it again."
        )
    try:
        target.symlink_to(file)
    except OSError:  # a file system without links
        shutil.copyfile(file, target)


def _characters(file: Path) -> frozenset[int]:
    """The characters a font has glyphs for, read from its OpenType `cmap`, formats 4 and 12."""
    data = file.read_bytes()
    tables = struct.unpack_from(">H", data, 4)[0]
    start = next(
        struct.unpack_from(">I", data, 12 + 16 * at + 8)[0]
        for at in range(tables)
        if data[12 + 16 * at : 16 + 16 * at] == b"cmap"
    )
    found: set[int] = set()
    for at in range(struct.unpack_from(">H", data, start + 2)[0]):
        platform, encoding, offset = struct.unpack_from(">HHI", data, start + 4 + 8 * at)
        if (platform == 0 and encoding != 5) or (platform == 3 and encoding in {1, 10}):
            found |= _subtable(data, start + offset)
    return frozenset(found)


def _subtable(data: bytes, start: int) -> set[int]:
    found: set[int] = set()
    form = struct.unpack_from(">H", data, start)[0]
    if form == 12:
        for at in range(struct.unpack_from(">I", data, start + 12)[0]):
            first, last, glyph = struct.unpack_from(">III", data, start + 16 + 12 * at)
            found.update(code for code in range(first, last + 1) if glyph + code - first)
    elif form == 4:
        half = struct.unpack_from(">H", data, start + 6)[0] // 2
        ends, starts = start + 14, start + 16 + 2 * half
        deltas, offsets = starts + 2 * half, starts + 4 * half
        for at in range(half):
            last, first, delta, offset = (
                struct.unpack_from(">H", data, base + 2 * at)[0]
                for base in (ends, starts, deltas, offsets)
            )
            for code in range(first, last + 1):
                glyph = code
                if offset:
                    place = offsets + 2 * at + offset + 2 * (code - first)
                    glyph = struct.unpack_from(">H", data, place)[0]
                    if not glyph:
                        continue
                if (glyph + delta) % 65536:
                    found.add(code)
    found.discard(0xFFFF)
    return found
