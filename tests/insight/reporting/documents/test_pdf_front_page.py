"""Page one of the Board report stands alone, whatever is written for it."""

import re
from typing import Any

import pytest

from insight.reporting.choices import Part
from tests.insight.reporting.documents.months import SENTENCE, a_month, as_pdf
from tests.insight.reporting.documents.printed import letters, overprinted, runs_of, words


def test_page_one_when_the_month_is_ordinary_then_it_stands_alone(board: bytes) -> None:
    text = words(runs_of(board), page=1)

    for part in (
        Part.HEADLINE.label,
        "7.2",
        "Director of Participation",
        "For assurance",
        "1,318",
        "4 more than September",
        "63%",
        "12 of 19",
        "One story",
        Part.STORIES.label,
        "A quiet room was opened.",
        "What the Board must know",
        "What the Board is asked to do",
        "Agree the date for the forum.",
    ):
        assert part in text


@pytest.mark.parametrize("sentence", [SENTENCE, SENTENCE.upper()])
def test_page_one_when_everything_is_long_then_it_still_stands_alone(sentence: str) -> None:
    month: Any = a_month()
    month["narrative"] = dict.fromkeys(month["narrative"], sentence * 20)
    month["stories"] = [
        dict.fromkeys(story, sentence * 4) | {"where": "Made"} for story in month["stories"]
    ]
    for figure in month["headline"]:
        figure["title"] = "People who took part in conversations"

    runs = runs_of(as_pdf(month))

    assert "What the Board is asked to do" in words(runs, page=1)
    assert words(runs, page=1).count("In full on page") == 6
    assert words(runs).count("Status: ") == 6
    assert "In this report" in words(runs, page=2)
    assert letters(runs).count(re.sub(r"\s", "", sentence * 20)) == 6
    assert not overprinted(runs)


def test_page_one_when_words_are_short_then_nothing_is_said_twice(board: bytes) -> None:
    text = words(runs_of(board))

    assert "In full" not in text
    assert text.count("A quiet room was opened.") == 3


def test_page_one_when_a_title_is_long_then_it_is_whole() -> None:
    month: Any = a_month()
    long = "Careers in health and care: what young people in Barking and Dagenham would change"
    month["stories"][0]["title"] = long

    runs = runs_of(as_pdf(month))

    assert long.replace(" ", "") in letters([run for run in runs if run.page == 1])
    assert "In full" not in words(runs)


def test_page_one_when_a_part_is_empty_then_it_is_left_out() -> None:
    month: Any = a_month()
    month["narrative"]["story"] = "  \n"
    month["front_sheet"]["author"] = ""

    text = words(runs_of(as_pdf(month)))

    assert Part.STORY.label not in text
    assert Part.AUTHOR.label not in text
    assert Part.HIGHLIGHTS.label in text


def test_pdf_when_a_draft_then_every_page_says_so() -> None:
    month: Any = a_month()
    month["approved_at"] = month["approved_by"] = None

    runs = runs_of(as_pdf(month))

    pages = {run.page for run in runs}
    assert all(any(run.text == "Draft" for run in runs if run.page == page) for page in pages)
    assert "Draft, not yet approved. Drafted on 1 November 2026 at 06:00." in words(runs, page=1)


def test_pdf_when_approved_then_no_page_says_draft(board: bytes) -> None:
    runs = runs_of(board)

    assert "Draft" not in words(runs)
    assert "Approved on 3 November 2026 at 14:12 by the Board secretary." in words(runs, page=1)
