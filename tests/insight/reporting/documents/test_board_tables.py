"""The main figures of each group, beside each other."""

from typing import Any

from insight.reporting.documents import board_tables
from insight.reporting.documents.blocks import Table


def test_level_when_a_group_is_in_one_measure_only_then_a_share_of_nothing_is_a_dash() -> None:
    frozen: Any = {
        "measures": [
            measure("activities", "activities", {"hackney": ["2"], "area-wide": ["1"]}),
            measure("changes_made", "changes", {"hackney": ["1"]}),
            measure("loops_closed", "share", {"hackney": ["0", "0", "0", "0"]}),
        ]
    }

    [table] = board_tables.level(frozen, "place")

    assert isinstance(table, Table)
    assert table.rows == [["hackney", "2", "1", "–"], ["area-wide", "1", "0", "–"]]


def measure(key: str, unit: str, groups: dict[str, list[str]]) -> dict[str, Any]:
    rows = [{"key": group, "label": group, "cells": cells} for group, cells in groups.items()]
    cut = {"key": "place", "title": "By place", "columns": ["Number"], "rows": rows, "notes": []}
    return {"key": key, "title": key, "unit": unit, "cuts": [cut]}
