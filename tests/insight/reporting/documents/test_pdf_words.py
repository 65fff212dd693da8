"""What people write is printed as it is, in any script, and is never run."""

import io
import re
from typing import Any

import pikepdf
import pytest

from insight.reporting.documents import fonts, pdf
from tests.insight.reporting.documents.months import a_month, an_empty_month, as_pdf
from tests.insight.reporting.documents.printed import letters, overprinted, runs_of, words


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

    data = as_pdf(month)

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

    text = words(runs_of(as_pdf(month)))

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

    data = as_pdf(month)

    assert "[text in" not in words(runs_of(data))
    with pikepdf.open(io.BytesIO(data)) as document:
        names = {str(font.BaseFont) for font in document.pages[0].Resources.Font.values()}
    assert any(typeface in name for name in names)


def test_pdf_when_a_mark_stands_on_a_letter_of_another_script_then_it_is_still_built() -> None:
    month: Any = an_empty_month()
    month["narrative"]["story"] = "a\u09c1\u0bcd q\u0e4c b\u064b ক\u0301\u0bc6\u20dd x\u200d\u200cy"

    runs = runs_of(as_pdf(month))

    assert "One story" in words(runs, page=1)


def test_pdf_when_every_character_of_the_first_plane_is_written_then_it_is_still_built() -> None:
    month: Any = an_empty_month()
    lines = ["".join(map(chr, range(start, start + 64))) for start in range(1, 0x3000, 64)]
    month["narrative"]["look_ahead"] = "\n".join(lines)

    assert as_pdf(month).startswith(b"%PDF-")


def test_pdf_when_the_month_is_empty_then_it_says_so_in_words() -> None:
    runs = runs_of(as_pdf(an_empty_month()))

    text = words(runs)
    assert "Nothing written" not in text
    assert "No figures were counted for this month." in text
    assert "All feedback due by 31 October 2026 had been given by then." in text
    assert not overprinted(runs)


def test_pdf_when_typst_only_warns_then_it_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    faces = fonts.typefaces()
    missing = fonts.Typefaces(
        faces.fonts, ("Source Sans Pro", "No Such Typeface"), faces.main, faces.all, faces.folder
    )
    monkeypatch.setattr(fonts, "typefaces", lambda: missing)

    with pytest.raises(pdf.NotPrintable, match="unknown font family"):
        as_pdf(an_empty_month())
