"""Text for a printed page: paragraphs, shortening, breaks inside long words, lists in sentences."""

import math
import re
import unicodedata
from datetime import date

# Such as: twelve of nineteen, then the percentage in brackets.
_SHARE = re.compile(r"([\d,]+ of [\d,]+) \((\d+%)\)")
_NUMBER = re.compile(r"(\d{1,3}(?:,\d{3})*|\d+)(\.\d+)?(?: days)?")
_ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_LONG_WORD = re.compile(r"[^\s\u200b]{13,}")


def paragraphs(text: str) -> list[list[str]]:
    """Text as paragraphs of lines: a blank line parts paragraphs, a line end parts lines."""
    plain = re.sub(r"\r\n?|[\u2028\u2029\x0b\x0c\x85]", "\n", text)
    split = (part.splitlines() for part in re.split(r"\n\s*\n", plain))
    kept = ([line.strip() for line in part if line.strip()] for part in split)
    return [part for part in kept if part]


def clip(text: str, lines: int, across: int) -> tuple[list[list[str]], bool]:
    """As much of the text as fits `lines` lines of `across` characters, and whether all of it did.

    Cut at a word, with an ellipsis. A gap between paragraphs counts as half a line.
    """
    room = float(lines)
    kept: list[list[str]] = []
    for at, part in enumerate(paragraphs(text)):
        room -= 0.5 if at else 0
        held: list[str] = []
        for line in part:
            need = max(1, math.ceil(len(line) / across))
            if need > room:
                start = line[: max(0, int(room) * across - 2)]
                start = start.rsplit(None, 1)[0] if " " in start else start
                if start:
                    held.append(f"{start} …")
                elif held:
                    held[-1] += " …"
                return ([*kept, held] if held else kept), False
            held.append(line)
            room -= need
        kept.append(held)
    return kept, True


def breakable(text: str, longest: int = 18) -> str:
    """The text with zero-width spaces in words of more than `longest` characters, so that they can
    be broken in a narrow column.
    """
    return _LONG_WORD.sub(
        lambda found: _broken(found.group()) if len(found.group()) > longest else found.group(),
        text,
    )


def _broken(word: str) -> str:
    pieces = [""]
    for character in word:
        # Never next to a mark or a joiner: that would split a letter of Bengali or Tamil.
        joined = any(unicodedata.category(end)[0] in "MC" for end in pieces[-1][-1:] + character)
        if len(pieces[-1]) >= 4 and not joined:
            pieces.append("")
        pieces[-1] += character
    return "\u200b".join(pieces)


def date_in_words(text: str) -> str:
    """A date written 2027-03-27 as 27 March 2027; anything else as it is."""
    if not _ISO_DATE.fullmatch(text):
        return text
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return text
    return f"{day.day} {day:%B %Y}"


def number_of(shown: str) -> int | float | None:
    """The number that a figure is shown as: “1,318” is 1318, “20.5 days” 20.5; else None."""
    if not (found := _NUMBER.fullmatch(shown)):
        return None
    whole, part = found[1].replace(",", ""), found[2]
    return float(whole + part) if part else int(whole)


def share_of(shown: str) -> tuple[str, str] | None:
    """The two parts of a share: “12 of 19” and “63%” of “12 of 19 (63%)”; else None."""
    found = _SHARE.fullmatch(shown)
    return (found[1], found[2]) if found else None


def lowercase_first(text: str) -> str:
    """A title with a small first letter, for use inside a sentence."""
    # "NHS app" keeps its capitals.
    return text[:1].lower() + text[1:] if text[1:2].islower() else text


def sentence_list(words: list[str]) -> str:
    """Names as a list for a sentence: “Havering, Newham and Redbridge”."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
