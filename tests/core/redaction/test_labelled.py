"""The labelled sentences: how many of their details are found, and how few clean ones change."""

import pytest

from tests.bench import redaction
from tests.core.redaction import labelled


@pytest.mark.parametrize("name", labelled.FILES)
def test_labelled_sentences_when_redacted_then_enough_is_found_and_little_else(name: str) -> None:
    scores = labelled.score(labelled.read(name))

    assert {kind for kind, must in labelled.KINDS.items() if must} <= set(scores.kinds)
    for kind, score in scores.kinds.items():
        least = score.details if labelled.KINDS[kind] else 0.7 * score.details
        assert score.found >= least, (kind, scores.missed)
    assert len(scores.changed) <= scores.clean / 20, scores.changed


def test_bench_of_redaction_when_printed_then_the_file_nobody_mends_for_is_first() -> None:
    head, *rows = redaction.accuracy().splitlines()

    assert head.split()[-3:] == ["fresh.txt", "held_out.txt", "sentences.txt"]
    assert next(row.split() for row in rows if row.startswith("telephone"))[1] == "-"
