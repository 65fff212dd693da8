"""Takes personal details out of what people said, before anybody but the recorder reads it."""

from collections.abc import Iterable, Iterator

from core.redaction import numbers
from core.redaction.names import Known, guessed, words_of
from core.redaction.numbers import Found
from core.redaction.text import composed, searched

#: What is looked for, for pages to say.
LOOKED_FOR = (
    "names, addresses, postcodes, email addresses, telephone numbers, dates of birth, and NHS, "
    "National Insurance and hospital numbers"
)


class Redactor:
    """Takes personal details out of any number of texts, in one pass over each.

    `names` are those of the people who may be meant, such as all who took part in an activity.
    Other names are told by what stands before them and by lists. Some are missed: a person checks
    the words before others read them.
    """

    def __init__(self, names: Iterable[str] = ()) -> None:
        self._known = Known(names)

    def redact(self, words: str) -> str:
        """The text with each detail replaced by what it was, in square brackets."""
        text = composed(words)
        parts, at = [], 0
        for start, end, kind in self.find(text):
            parts += [text[at:start], f"[{kind}]"]
            at = end
        return "".join([*parts, text[at:]]) if parts else words

    def find(self, text: str) -> list[Found]:
        """What is found in a text from `text.composed`: from where, to where, and what it is. None
        overlaps another.
        """
        form = searched(text)
        words = words_of(form)
        found = list(numbers.find(form))
        # Of two that overlap the longer stays whole, and what has a form of its own before a name.
        taken = bytearray(len(text))
        for start, end, _ in found:
            taken[start:end] = b"\1" * (end - start)
        names = [*self._known.find(form, words), *guessed(form, words)]
        for start, end in sorted(names, key=lambda span: span[0] - span[1]):
            found += _free(form, taken, start, end)
        return sorted(found)


def redact(words: str, names: Iterable[str] = ()) -> str:
    """One text without personal details; see `Redactor`."""
    return Redactor(names).redact(words)


def _free(form: str, taken: bytearray, start: int, end: int) -> Iterator[Found]:
    """The part of a name that is not taken yet, up to what is; taken now."""
    while start < end and taken[start]:
        start += 1
    last = taken.find(1, start, end)
    last = end if last < 0 else start + len(form[start:last].rstrip())
    if start < last:
        taken[start:last] = b"\1" * (last - start)
        yield start, last, "name"
