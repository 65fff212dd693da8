"""Normal forms of names, email addresses and telephone numbers: in SQL for the columns that are
searched and compared, in Python for what somebody types. Each pair must give the same answer.
"""

import re
import unicodedata
from typing import Any

from django.contrib.postgres.search import SearchVectorField
from django.db.models import CharField, F, Func, TextField, Value
from django.db.models.functions import Concat, Lower, Right, Trim

#: Letters that Unicode does not take apart into a letter and an accent.
_STROKED, _PLAIN = "łŁøØđĐħĦı", "lLoOdDhHi"
_ACCENTS = "[\u0300-\u036f]"
#: Characters between the words of a name or an email address.
_BREAKS = "\t\n\u00a0.,;:@_-‐–'’()/+&\"\\"
#: How many last digits of a telephone number it is found by.
_ENDS = (6, 4)


def plain(text: str) -> str:
    """Words without accents and in lower case, so that “Zoë” is found by “zoe”."""
    apart = re.sub(_ACCENTS, "", unicodedata.normalize("NFKD", text))
    return apart.translate(str.maketrans(_STROKED, _PLAIN)).lower()


def search_words(text: str) -> list[str]:
    """The words that people are found by, of what they are called or of what somebody types: in
    plain letters, parted where a name, an email address or a number may be.
    """
    return plain(text).translate(str.maketrans(_BREAKS, " " * len(_BREAKS))).split()


def same_words(one: str, other: str) -> bool:
    """Whether two names have the same words, whatever the case, accents, hyphens and order."""
    first, second = sorted(search_words(one)), sorted(search_words(other))
    return first == second and bool(first)


def email_key(email: str) -> str:
    """An email address as it is compared: without surrounding spaces, in lower case."""
    return email.strip(" ").lower()


def telephone_key(telephone: str) -> str:
    """A telephone number as it is compared: digits only, +44 and 0044 written as 0.

    Empty for fewer than seven digits, which are no number to reach anybody by.
    """
    digits = re.sub(r"^(?:0044|44(?=\d{9}))0?", "0", re.sub(r"[^0-9]", "", telephone))
    return digits if len(digits) >= 7 else ""


def sql_plain(expression: Any) -> Func:
    """`plain` as a database expression."""
    apart = Func(expression, template="normalize(%(expressions)s, NFKD)", output_field=TextField())
    bare = Func(apart, Value(_ACCENTS), Value(""), Value("g"), function="regexp_replace")
    folded = Func(bare, Value(_STROKED), Value(_PLAIN), function="translate")
    return Lower(folded, output_field=TextField())


def sql_email_key(field: str) -> Func:
    """`email_key` as a database expression."""
    return Lower(Trim(field), output_field=CharField())


def sql_telephone_key(field: str) -> Func:
    """`telephone_key` as a database expression."""
    digits = Func(F(field), Value("[^0-9]"), Value(""), Value("g"), function="regexp_replace")
    home = Func(digits, Value(r"^(?:0044|44(?=\d{9}))0?"), Value("0"), function="regexp_replace")
    return Func(
        home, Value(r"^\d{1,6}$"), Value(""), function="regexp_replace", output_field=CharField()
    )


def sql_search_words() -> Func:
    """What people are found by: `search_words` of their name and email address, their telephone
    number, and its last six and four digits.
    """
    telephone = sql_telephone_key("telephone")
    text = Concat(
        sql_plain(Concat(F("name"), Value(" "), F("email"), output_field=TextField())),
        *(part for end in _ENDS for part in (Value(" "), Right(telephone, end))),
        Value(" "),
        telephone,
        output_field=TextField(),
    )
    spaced = Func(text, Value(_BREAKS), Value(" " * len(_BREAKS)), function="translate")
    words = Func(spaced, Value(" "), function="string_to_array")
    some = Func(words, Value(""), function="array_remove")
    return Func(some, function="array_to_tsvector", output_field=SearchVectorField())
