"""Removes personal details from what people said, before anybody but the recorder reads it."""

import re
from collections.abc import Iterable

_EMAIL = re.compile(r"[\w.+%-]+@[\w-]+(?:\.[\w-]+)+")
_PHONE = re.compile(r"(?<![\w£])(?:\+44|0044|0)[\s().-]*\d(?:[\s().-]*\d){8,9}(?!\d)")
_NHS_NUMBER = re.compile(r"(?<!\d)\d{3}[ -]?\d{3}[ -]?\d{4}(?!\d)")
_POSTCODE = re.compile(r"\b(?:GIR ?0AA|[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2})\b", re.IGNORECASE)
_TITLED = re.compile(
    r"\b(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Sister|Nurse)\.?\s+[A-Z][\w’'-]+(?:\s+[A-Z][\w’'-]+)?"
)
_DATE_OF_BIRTH = re.compile(
    r"\b(?:born|dob|d\.o\.b\.?|date of birth)\W{0,3}\d{1,2}[/. -]\d{1,2}[/. -]\d{2,4}",
    re.IGNORECASE,
)


def redact(words: str, names: Iterable[str] = ()) -> str:
    """The text without e-mail addresses, telephone and NHS numbers, postcodes, dates of birth,
    names with a title and the `names` given. Each is replaced by what it was, in square brackets.

    Other names are not recognised: a person checks the text before anything of it is published.
    """
    if "@" in words:
        words = _EMAIL.sub("[e-mail address]", words)
    if any(character.isdigit() for character in words):
        words = _DATE_OF_BIRTH.sub("[date of birth]", words)
        words = _PHONE.sub("[telephone number]", words)
        words = _NHS_NUMBER.sub("[number]", words)
        words = _POSTCODE.sub("[postcode]", words)
    words = _TITLED.sub("[name]", words)
    for name in sorted(
        {part for whole in names for part in (whole, *whole.split())}, key=len, reverse=True
    ):
        if len(name) > 2:
            words = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", "[name]", words, flags=re.IGNORECASE)
    return words
