"""The canonical form of frozen words, and the fingerprint taken of it."""

import json
import re
from typing import Any

import pytest

from insight.reporting.documents import canonical
from tests.insight.reporting.documents.months import a_month


def test_canonical_when_keys_come_in_another_order_then_bytes_are_the_same() -> None:
    month = a_month()

    turned = dict(reversed(list(month.items())))

    assert canonical.to_bytes(turned) == canonical.to_bytes(month)


def test_canonical_when_read_back_then_bytes_are_the_same_and_end_in_a_newline() -> None:
    data = canonical.to_bytes(a_month())

    again = canonical.to_bytes(json.loads(data))

    assert again == data
    assert data.endswith(b"}\n")
    assert "©".encode() in data


def test_canonical_when_a_float_is_whole_then_it_is_written_as_a_whole_number() -> None:
    assert canonical.to_bytes({"a": 3.0, "b": -0.0, "c": 1e16}) == canonical.to_bytes(
        {"a": 3, "b": 0, "c": 10**16}
    )


@pytest.mark.parametrize(
    "value", [float("nan"), float("inf"), "a\x00b", "\ud800", {1: "x"}, {"x"}, b"x"]
)
def test_canonical_when_a_value_could_not_be_kept_then_it_is_refused(value: Any) -> None:
    with pytest.raises((ValueError, TypeError), match="In the report, measures, item 1"):
        canonical.to_bytes({"measures": [value]})


def test_fingerprint_when_the_report_carries_one_then_it_is_left_out() -> None:
    month: Any = a_month()

    bare = {key: value for key, value in month.items() if key != "fingerprint"}

    assert canonical.fingerprint(month) == canonical.fingerprint(bare) == month["fingerprint"]
    assert re.fullmatch(r"[0-9a-f]{64}", month["fingerprint"])


def test_fingerprint_when_one_word_differs_then_it_differs() -> None:
    month: Any = a_month()

    month["narrative"]["story"] += "."

    assert canonical.fingerprint(month) != month["fingerprint"]
