"""The project's own labelled sentences, and how many of their details are found.

A line is a sentence; a detail in it stands in braces after its kind: {name|Amina}. A line without
any is clean. `sentences.txt` is what the redaction was made with; `held_out.txt` was written before
it, and looked at after its first run, so it is no longer blind; `fresh.txt` is, as long as nobody
mends for it. All are made up.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from core.redaction import Redactor
from core.redaction.text import composed

#: Every kind that is looked for, and whether each of it must be found.
KINDS = {
    "email": True,
    "telephone": True,
    "nhs number": True,
    "national insurance": True,
    "hospital number": True,
    "postcode": True,
    "date of birth": True,
    "name": False,
    "address": False,
}
FILES = ("held_out.txt", "sentences.txt")
#: The file that nobody mends for: no test says how much of it must be found.
BLIND = "fresh.txt"
_LABEL = re.compile(r"\{([a-z ]+)\|([^}]*)\}")


@dataclass(frozen=True)
class Sentence:
    """A sentence with its details: from where, to where, and of which kind."""

    words: str
    details: tuple[tuple[int, int, str], ...]


@dataclass
class Score:
    """How many details of a kind there are, how many were found, and how many findings of that
    kind were of any detail.
    """

    details: int = 0
    found: int = 0
    findings: int = 0
    right: int = 0


@dataclass
class Scores:
    """What became of a list of sentences."""

    kinds: dict[str, Score] = field(default_factory=dict)
    clean: int = 0
    changed: list[str] = field(default_factory=list)
    missed: list[tuple[str, str]] = field(default_factory=list)


def read(name: str) -> list[Sentence]:
    """The sentences of a file beside this module."""
    lines = (Path(__file__).parent / name).read_text(encoding="utf-8").splitlines()
    return [_read(line) for line in lines if line and not line.startswith("#")]


def _read(line: str) -> Sentence:
    words, details, at = "", [], 0
    for match in _LABEL.finditer(line):
        words += line[at : match.start()]
        details.append((len(words), len(words) + len(match[2]), match[1]))
        words, at = words + match[2], match.end()
    return Sentence(words + line[at:], tuple(details))


def score(sentences: Iterable[Sentence], redactor: Redactor | None = None) -> Scores:
    """How many details are found whole, and how much else is taken out."""
    redactor, scores = redactor or Redactor(), Scores()
    for sentence in sentences:
        found = redactor.find(composed(sentence.words))
        for start, end, kind in sentence.details:
            of_kind = scores.kinds.setdefault(kind, Score())
            of_kind.details += 1
            taken = {at for first, last, _ in found for at in range(first, last)}
            if all(at in taken or not sentence.words[at].isalnum() for at in range(start, end)):
                of_kind.found += 1
            else:
                scores.missed.append((kind, sentence.words))
        for first, last, kind in found:
            of_kind = scores.kinds.setdefault(_LABELS.get(kind, kind), Score())
            of_kind.findings += 1
            of_kind.right += any(start < last and first < end for start, end, _ in sentence.details)
        if not sentence.details:
            scores.clean += 1
            if found:
                scores.changed.append(sentence.words)
    return scores


#: What the redaction calls a kind, where the labels have another word.
_LABELS = {
    "email address": "email",
    "telephone number": "telephone",
    "NHS number": "nhs number",
    "National Insurance number": "national insurance",
    "number": "hospital number",
}
