"""The twelve months of the headline figures: as the reports of those months gave them."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from core.frozen import Altered
from core.periods import Month, RoughDate
from engagement.activities.models import Activity
from insight.reporting.actions import reports
from insight.reporting.documents import board, canonical, integrity, trend
from insight.reporting.models import BoardReport
from tests.factories import answering, engaging
from tests.factories.world import World

FEBRUARY = Month(2027, 2)


def activities_of(frozen: Any) -> dict[str, str | None]:
    (one,) = [one for one in frozen["trend"] if one["key"] == "activities"]
    return {month["period"]: month["shown"] for month in one["months"]}


def test_trend_when_records_were_corrected_since_then_it_says_what_was_reported(
    world: World,
) -> None:
    engaging.activity(world.officer, start=RoughDate.on(date(2027, 1, 12)))
    january = answering.report(by=world.secretary, month=FEBRUARY.shift(-1))
    reports.approve(by=world.secretary, report=january)
    Activity.objects.update(start_earliest=None, start_latest=None)

    months = activities_of(board.build(answering.report(by=world.secretary)))

    assert list(months) == [FEBRUARY.shift(-back).key for back in range(11, -1, -1)]
    assert months["2027-01"] == "1"
    assert months["2026-12"] is None
    assert months["2027-02"] == "0"


def test_trend_when_a_month_is_only_drafted_then_it_has_no_report(world: World) -> None:
    answering.report(by=world.secretary, month=FEBRUARY.shift(-1))

    months = activities_of(board.build(answering.report(by=world.secretary)))

    assert months["2027-01"] is None


def test_trend_when_there_are_more_reports_then_it_asks_once(world: World) -> None:
    with CaptureQueriesContext(connection) as few:
        integrity.approved(FEBRUARY.shift(-11), FEBRUARY)
    for back in (1, 2, 3):
        report = answering.report(by=world.secretary, month=FEBRUARY.shift(-back))
        reports.approve(by=world.secretary, report=report)

    with CaptureQueriesContext(connection) as more:
        approved = integrity.approved(FEBRUARY.shift(-11), FEBRUARY)

    assert len(few) == len(more) == 1
    assert set(approved) == {FEBRUARY.shift(-back) for back in (1, 2, 3)}


def test_report_when_an_earlier_one_was_altered_then_it_is_not_made_and_figures_are_as_counted(
    client: Client, world: World
) -> None:
    january = answering.report(by=world.secretary, month=FEBRUARY.shift(-1))
    january = reports.approve(by=world.secretary, report=january)
    report = answering.report(by=world.secretary)
    frozen: Any = january.frozen
    frozen["headline"][0]["shown"] = "4,000"
    frozen["measures"][0]["total"]["shown"] = "4,000"
    BoardReport.objects.filter(pk=january.pk).update(frozen=frozen)
    client.force_login(world.secretary)

    page = client.get("/staff/reports/2027-02/")

    assert page.status_code == 503
    assert "The Board report of January 2027 is not as it was approved" in page.content.decode()
    assert board.headline(FEBRUARY)[0]["previous"] == "0"
    with pytest.raises(Altered):
        reports.approve(by=world.secretary, report=report)


def test_report_when_the_month_before_has_an_older_schema_then_it_is_read(world: World) -> None:
    kept = Path(__file__).parent / "kept" / "board_report-1.json"
    frozen = json.loads(kept.read_text(encoding="utf-8")) | {"period": "2027-01"}
    january = answering.report(by=world.secretary, month=FEBRUARY.shift(-1))
    reports.approve(by=world.secretary, report=january)
    fingerprint = canonical.fingerprint(frozen)
    BoardReport.objects.filter(pk=january.pk).update(
        frozen=frozen | {"fingerprint": fingerprint}, fingerprint=fingerprint
    )

    months = activities_of(board.build(answering.report(by=world.secretary)))

    shown = {one["key"]: one["shown"] for one in frozen["headline"]}
    assert months["2027-01"] == shown["activities"]


@pytest.mark.parametrize(
    ("shown", "value"),
    [
        ("1,318", 1318),
        ("12 of 19 (63%)", 63),
        ("20 days", 20),
        ("20.5 days", 20.5),
        ("1,318.5", 1318.5),
        ("fewer than 5", None),
        ("none to count", None),
        ("", None),
    ],
)
def test_value_when_a_figure_is_shown_then_it_is_the_number_behind_it(
    shown: str, value: float | None
) -> None:
    assert trend.value_of(shown) == value
