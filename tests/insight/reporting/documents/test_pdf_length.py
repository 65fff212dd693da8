"""Long words, tables and charts: nothing is lost, overprinted or off the page."""

import re
from collections import Counter
from typing import Any

import pytest

from tests.insight.reporting.documents.months import (
    LEVELS,
    SENTENCE,
    a_bar_chart,
    a_cut,
    a_measure,
    a_month,
    an_empty_month,
    as_pdf,
)
from tests.insight.reporting.documents.printed import (
    letters,
    outside,
    overprinted,
    runs_of,
    tags_of,
    words,
)


def test_pdf_when_built_then_nothing_is_overprinted_or_off_the_page(board: bytes) -> None:
    runs = runs_of(board)

    assert not overprinted(runs)
    assert not outside(runs)


def test_pdf_when_the_narrative_is_twenty_pages_then_all_of_it_is_printed() -> None:
    month: Any = a_month()
    paragraph = SENTENCE * 5
    parts = [f"Paragraph {number}. {paragraph.strip()}" for number in range(150)]
    month["narrative"]["look_ahead"] = "\n\n".join(parts)

    runs = runs_of(as_pdf(month))

    text = words(runs)
    assert max(run.page for run in runs) > 20
    assert all(f"Paragraph {number}." in text for number in range(150))
    assert not overprinted(runs)
    assert not outside(runs)


@pytest.mark.parametrize("columns", [["Activities"], LEVELS])
def test_table_when_it_has_200_rows_then_it_breaks_with_its_header_and_without_overlap(
    columns: list[str],
) -> None:
    month: Any = an_empty_month()
    measure = a_measure("activities", "Activities", columns, 1)
    labels = [
        f"Row number {number:03d}, with a label that goes over two lines" for number in range(200)
    ]
    measure["cuts"] = [a_cut("place", "By place", columns, labels, 1)]
    month["measures"] = [measure]

    runs = runs_of(as_pdf(month))

    pages = {run.page for run in runs if run.text.startswith("Row number")}
    assert len(pages) > 4
    for page in pages:
        assert {"Place", "Group"} & {run.text for run in runs if run.page == page}
    # Once among the main figures by place, and once in the annex.
    found = re.findall(r"Row number (\d{3})", words(runs))
    assert found == [f"{number:03d}" for number in range(200)] * 2
    assert not overprinted(runs)
    assert not outside(runs)


def test_table_when_a_cell_is_longer_than_a_page_then_all_of_it_is_printed() -> None:
    month: Any = an_empty_month()
    long = " ".join(f"word{number}" for number in range(1500))
    month["loops"]["owed"] = [
        {"title": long, "place": "Newham", "due": "in the spring", "state": "Late"},
        {"title": "Next", "place": "Newham", "due": "2026-13-45", "state": "Late"},
    ]

    runs = runs_of(as_pdf(month))

    text = words(runs)
    assert all(f"word{number} " in text for number in range(1500))
    assert not overprinted(runs)
    assert not outside(runs)


def test_heading_of_a_column_when_its_words_fit_then_none_is_parted() -> None:
    month: Any = a_month()
    for measure in month["measures"]:
        measure["title"] = "Changes people brought about"

    runs = runs_of(as_pdf(month))

    assert not [run.text for run in runs if run.text.endswith("peo")]
    assert not overprinted(runs)


def test_table_when_a_word_is_wider_than_its_column_then_it_is_parted() -> None:
    month: Any = a_month()
    for measure in month["measures"]:
        for row in measure["cuts"][0]["rows"]:
            row["label"] = "W" * 70
            row["cells"] = ["M" * 40 for _ in row["cells"]]
        measure["title"] = "Q" * 50
    month["stories"][0] = dict.fromkeys(month["stories"][0], "W" * 300)
    month["narrative"]["asks"] = "W" * 900
    for figure in month["headline"]:
        figure.update(shown="W" * 30, title="W" * 40, movement="W" * 50)

    runs = runs_of(as_pdf(month))

    assert not overprinted(runs)
    assert not outside(runs)
    assert "W" * 900 in letters(runs)


def test_chart_when_it_has_too_many_rows_to_draw_then_its_table_says_it_all() -> None:
    month: Any = an_empty_month()
    chart: Any = a_bar_chart()
    chart["rows"] = [
        {"label": f"Day {n}", "values": [n, n], "shown": [str(n)] * 2} for n in range(90)
    ]
    month["charts"] = [chart]

    data = as_pdf(month)

    assert "/Figure" not in [tag["tag"] for tag in tags_of(data)]
    assert "Day 89" in words(runs_of(data))
    assert not outside(runs_of(data))


@pytest.mark.parametrize("kind", ["bars", "stacked", "columns"])
@pytest.mark.parametrize("value", [None, 0, -3, 0.5, 10**12])
def test_chart_when_values_are_missing_zero_or_huge_then_bars_are_drawn_only_where_there_are_any(
    kind: str, value: Any
) -> None:
    month: Any = an_empty_month()
    chart: Any = a_bar_chart()
    chart["kind"] = kind
    if kind == "columns":
        chart["series"] = ["Due"]
    for row in chart["rows"]:
        count = len(chart["series"])
        row.update(values=[value] * count, shown=["some words"] * count)
    month["charts"] = [chart]
    in_table = len(chart["rows"]) * len(chart["series"])
    is_drawn = value is not None and value > 0

    data = as_pdf(month)

    runs = runs_of(data)
    printed = Counter(run.text.strip() for run in runs)
    assert [tag["tag"] for tag in tags_of(data)].count("/Figure") == int(is_drawn)
    assert printed["some words"] == (2 * in_table if is_drawn else in_table)
    assert not overprinted(runs)
    assert not outside(runs)


@pytest.mark.parametrize(("value", "in_picture"), [(None, "Part held back"), (0, "None")])
def test_chart_when_a_row_has_no_bar_then_it_says_why(value: Any, in_picture: str) -> None:
    month: Any = an_empty_month()
    chart: Any = a_bar_chart()
    chart["kind"] = "stacked"
    chart["rows"][0].update(values=[value, value], shown=["some words", "some words"])
    month["charts"] = [chart]

    printed = [run.text.strip() for run in runs_of(as_pdf(month))]

    assert in_picture in printed
