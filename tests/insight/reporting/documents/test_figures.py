"""Figures in display words: shares and how they moved."""

import pytest

from insight.measures.definitions import MEASURES
from insight.reporting.documents import figures

SHARE = MEASURES["loops_closed"]


@pytest.mark.parametrize(
    ("part", "whole", "shown"),
    [
        (1, 8, "1 of 8 (13%)"),
        (3, 8, "3 of 8 (38%)"),
        (299, 300, "299 of 300 (99%)"),
        (1, 300, "1 of 300 (1%)"),
        (0, 300, "0 of 300 (0%)"),
        (300, 300, "300 of 300 (100%)"),
    ],
)
def test_share_when_shown_then_a_half_goes_up_and_only_all_is_all(
    part: int, whole: int, shown: str
) -> None:
    assert figures.total(SHARE, {"in_time": part, "due": whole})["shown"] == shown


@pytest.mark.parametrize(
    ("now", "moved"),
    [
        (6, "10 percentage points higher than in May 2026"),
        (4, "10 percentage points lower than in May 2026"),
        (5, "The same as in May 2026"),
    ],
)
def test_share_when_it_moved_then_it_is_higher_or_lower(now: int, moved: str) -> None:
    before = {"in_time": 5, "due": 10}

    assert figures.movement(SHARE, {"in_time": now, "due": 10}, before, "May 2026") == moved
