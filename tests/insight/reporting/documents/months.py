"""A frozen month of the Board report to print, full and empty."""

import random
from typing import Any, cast

from insight.reporting.documents import canonical
from insight.reporting.documents.kinds.board_report import KIND
from insight.reporting.documents.schema import FrozenReport

PLACES = (
    "Barking and Dagenham",
    "City and Hackney",
    "Havering",
    "Newham",
    "Redbridge",
    "Tower Hamlets",
    "Waltham Forest",
)
LEVELS = ["Inform", "Consult", "Involve", "Co-produce", "Empower"]
SENTENCE = (
    "Communities said participation arrangements should recognise neighbourhood organisations "
    "and pay volunteers the same in every borough. "
)


def a_bar_chart(labels: Any = ("April", "May", "June", "July")) -> dict[str, Any]:
    """A chart of two bars for each label, one of them held back."""
    return {
        "key": "bars",
        "title": "Loops due and closed",
        "description": "Two bars for each month.",
        "unit": "loops",
        "kind": "bars",
        "series": ["Closed on time", "Due"],
        "rows": [
            {
                "label": label,
                "values": [None if at == 2 else 4 + at, 9 + at],
                "shown": ["fewer than 5" if at == 2 else str(4 + at), str(9 + at)],
            }
            for at, label in enumerate(labels)
        ],
    }


def as_pdf(frozen: FrozenReport) -> bytes:
    """The month printed."""
    return KIND.format("pdf").make(frozen)


def a_cut(key: str, title: str, columns: list[str], labels: Any, seed: int) -> dict[str, Any]:
    source = random.Random(seed)
    rows = []
    for label in labels:
        cells = [str(source.randint(5, 90)) for _ in columns]
        cells[-1] = "fewer than 5" if source.random() < 0.2 else cells[-1]
        rows.append({"key": label, "label": label, "cells": cells, "value": None})
    return {"key": key, "title": title, "columns": columns, "rows": rows, "notes": []}


def a_measure(key: str, title: str, columns: list[str], seed: int) -> dict[str, Any]:
    return {
        "key": key,
        "title": title,
        "how": f"{title} of the period, each counted once.",
        "unit": "counted",
        "total": {"shown": str(100 + seed), "numerator": None, "denominator": None},
        "previous": {"shown": str(90 + seed)} if seed % 2 else None,
        "cuts": [
            a_cut("place", "By place", columns, PLACES, seed),
            a_cut(
                "collaborative",
                "By provider collaborative",
                columns,
                ["Acute", "Mental health"],
                seed,
            ),
            a_cut("programme", "By programme", columns, ["Long-term conditions"], seed),
        ],
        "notes": ["Some of these are estimates."] if key == "heads" else [],
    }


def a_month() -> FrozenReport:
    measures = [
        a_measure("activities", "Activities", ["Activities"], 1),
        a_measure("spectrum", "Activities by level", LEVELS, 2),
        a_measure("people", "People who took part", ["People"], 3),
        a_measure("heads", "Heads counted", ["Heads"], 4),
        a_measure("contributions", "Contributions", ["Contributions"], 5),
        a_measure("loops_closed", "Loops closed on time", ["Closed"], 6),
        a_measure("loop_days", "Days to the first answer", ["Days"], 7),
        a_measure("people_told", "People told", ["People"], 8),
        a_measure("influence", "Decisions", ["Accepted", "Partly", "Not accepted", "Undecided"], 9),
        a_measure("changes_made", "Changes made", ["Changes"], 10),
    ]
    shown = ["42", "1,318", "12 of 19 (63%)", "held back", "fewer than 5"]
    frozen: Any = {
        "type": "board_report",
        "schema": 2,
        "period": "2026-10",
        "month": "October 2026",
        "organisation": "NHS North East London",
        "title": "Participation report to the Board: October 2026",
        "drafted_at": "2026-11-01T06:00:00+00:00",
        "approved_at": "2026-11-03T14:12:09.123456+00:00",
        "approved_by": "Board secretary",
        "front_sheet": {
            "agenda_item": "7.2",
            "author": "Director of Participation",
            "purpose": "For assurance",
        },
        "narrative": {
            "highlights": "Forty-two activities ran in October.",
            "story": "Parents told us that booking a blood test took three calls.",
            "involvement": "Young people checked the questions first.",
            "to_know": "Seven loops are late.\n\nPeople who read Bengali were under-heard.",
            "asks": "1. Note the figures.\n2. Agree the date for the forum.",
            "look_ahead": "November opens the winter conversation.",
        },
        "headline": [
            {
                "key": measure["key"],
                "title": measure["title"],
                "shown": figure,
                "previous": "38",
                "movement": "4 more than September",
            }
            for measure, figure in zip(measures[::2], shown, strict=True)
        ],
        "trend": [
            {
                "key": measure["key"],
                "title": measure["title"],
                "unit": "counted",
                "months": [
                    {
                        "period": f"2026-{number:02}",
                        "shown": None if number == 5 else f"{1000 + 7 * at + number:,}",
                        "value": None if number == 5 else 1000 + 7 * at + number,
                    }
                    for number in range(4, 11)
                ],
            }
            for at, measure in enumerate(measures[::2])
        ],
        "measures": measures,
        "charts": [
            {
                "key": "spectrum_by_place",
                "title": "Level of participation by place",
                "description": "One bar for each place, in five parts.",
                "unit": "activities",
                "kind": "stacked",
                "series": LEVELS,
                "rows": [
                    {
                        "label": place,
                        "values": [at, 0, 2, None, 1],
                        "shown": ["3", "0", "2", "held back", "1"],
                    }
                    for at, place in enumerate(PLACES)
                ],
            },
        ],
        "stories": [
            {
                "title": f"Change number {number}",
                "place": "Newham",
                "you_said": "The waiting room is too loud.",
                "we_did": "A quiet room was opened.",
                "where": "Made",
            }
            for number in (1, 2, 3)
        ],
        "other_changes": {
            "listed": [
                {
                    "title": "Change number 4",
                    "place": "Havering",
                    "you_said": "The form has too many pages.",
                    "we_did": "The form has one page.",
                    "where": "Under way",
                }
            ],
            "more": 2,
        },
        "activities": {
            "listed": [
                {
                    "title": "Blood tests: how to book them",
                    "place": "Newham, Redbridge",
                    "level": "Involve",
                    "when": "1 October 2026 to 9 October 2026",
                }
            ],
            "more": 41,
        },
        "loops": {
            "owed": [
                {
                    "title": "Community forum",
                    "place": "Redbridge",
                    "due": "2026-10-12",
                    "state": "Late",
                }
            ],
            "sentences": ["5 more are due and not listed here."],
        },
        "definitions": [{"title": m["title"], "how": m["how"]} for m in measures],
        "sources": ["Contains National Statistics data © Crown copyright and database right 2025."],
    }
    frozen["fingerprint"] = canonical.fingerprint(frozen)
    return cast("FrozenReport", frozen)


def an_empty_month() -> FrozenReport:
    month: Any = a_month()
    month["narrative"] = dict.fromkeys(month["narrative"], "")
    month["front_sheet"] = dict.fromkeys(month["front_sheet"], "")
    for key in ("headline", "trend", "measures", "charts", "stories", "definitions", "sources"):
        month[key] = []
    month["loops"] = {
        "owed": [],
        "sentences": ["All feedback due by 31 October 2026 had been given by then."],
    }
    month["other_changes"] = month["activities"] = {"listed": [], "more": 0}
    del month["fingerprint"]
    return cast("FrozenReport", month)
