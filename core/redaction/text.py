"""The text as it is searched: letters, digits and separators put into one form, at the same place,
so that what is found there is found in the text itself.
"""

import re
import unicodedata
from functools import cache

_APOSTROPHES = "\u2018\u2019\u02bc\u02bb\u00b4`\uff07"
_DASHES = "\u2010\u2011\u2012\u2013\u2014\u2212"
_BLANKS = "\u00a0\u2007\u2009\u202f\u3000\u200b\u200c\u200d\u2060\ufeff"
#: Accents of Latin, Greek and Cyrillic letters. Marks of other scripts are letters themselves.
_ACCENTS = re.compile("[\u0300-\u036f]")
#: Letters that have no accent to take away but are often written without.
_PLAIN = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ı": "i", "ß": "ss", "æ": "ae", "'": None})


def composed(words: str) -> str:
    """The text with each accent in one character with its letter."""
    return words if words.isascii() else unicodedata.normalize("NFC", words)


def searched(words: str) -> str:
    """The text with plain digits, full-width letters made narrow, and one kind of apostrophe, dash
    and blank. It has the same length.
    """
    return words if words.isascii() else words.translate(_forms())


def key(name: str) -> str:
    """A name as it is compared: without capitals, accents and apostrophes."""
    if name.isascii():
        return name.lower().replace("'", "")
    folded = unicodedata.normalize("NFKD", searched(name)).casefold()
    return unicodedata.normalize("NFC", _ACCENTS.sub("", folded)).translate(_PLAIN)


@cache
def _forms() -> dict[int, str]:
    forms = {0xFF01 + at: chr(0x21 + at) for at in range(0x5E)}
    for code in range(0x80, 0x1E960):
        digit = unicodedata.decimal(chr(code), None)
        if digit is not None:
            forms[code] = str(digit)
    forms |= dict.fromkeys(map(ord, _APOSTROPHES), "'")
    forms |= dict.fromkeys(map(ord, _DASHES), "-")
    return forms | dict.fromkeys(map(ord, _BLANKS), " ")
