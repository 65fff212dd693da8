"""Redaction of 500 lines at an activity with 500 people, against one compiled pass over the same
text, and how much of the labelled sentences it finds.
"""

import random
import re

from core.redaction import Redactor, lists
from tests.bench.lines import Line, side_by_side
from tests.core.redaction import labelled

LINES = PEOPLE = 500
_SIGNS = (
    r"[\w.+%-]+@[\w-]+(?:\.[\w-]+)+|(?<!\d)\d(?:[\s().-]*\d){8,10}(?!\d)"
    r"|\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b"
)


def measure() -> list[Line]:
    """What is said at one activity, by people who are all on its register."""
    source = random.Random(500)
    first, last = sorted(lists.first_names()), sorted(lists.surnames())
    names = [f"{source.choice(first)} {source.choice(last)}".title() for _ in range(PEOPLE)]
    sentences = [one.words for name in labelled.FILES for one in labelled.read(name)]
    lines = [" ".join(source.choices(sentences, k=2)) for _ in range(LINES)]
    parts = {re.escape(part) for name in names for part in (name, *name.split())}
    known = "|".join(sorted(parts, key=len, reverse=True))
    one_pass = re.compile(rf"{_SIGNS}|\b(?:{known})\b", re.IGNORECASE)

    def ours() -> None:
        redactor = Redactor(names)
        for line in lines:
            redactor.redact(line)

    pairs = side_by_side(lambda: [one_pass.sub("[x]", line) for line in lines], ours)
    speed = f"{LINES / min(pairs.ours):,.0f} lines a second, {PEOPLE} people"
    title, floor = "Redaction, 500 lines", "one compiled pass"
    return [Line("redaction", title, floor, pairs, False, 5, 3, speed)]


def accuracy() -> str:
    """Recall and precision by kind, for the sentences that nobody mends for and for the others."""
    files = (labelled.BLIND, *labelled.FILES)
    head = f"{'redaction finds':<20}" + "".join(f"{name:>24}" for name in files)
    scores = [labelled.score(labelled.read(name)) for name in files]
    rows = [
        f"{kind:<20}" + "".join(f"{_in_words(one.kinds.get(kind)):>24}" for one in scores)
        for kind in labelled.KINDS
    ]
    clean = (f"{len(one.changed)} of {one.clean}" for one in scores)
    rows.append(f"{'clean ones changed':<20}" + "".join(f"{words:>24}" for words in clean))
    return "\n".join([head, *rows, "(recall, then precision)"])


def _in_words(score: labelled.Score | None) -> str:
    return (
        "-"
        if score is None
        else f"{score.found} of {score.details}, {score.right} of {score.findings}"
    )
