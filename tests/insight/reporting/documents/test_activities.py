"""The activities that a report lists: as their public pages describe them, the others counted."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from engagement.activities.models import Activity
from insight.loop.choices import ChangeStage
from insight.reporting.documents import board, board_changes
from tests.factories import answering, engaging, publishing
from tests.factories.world import World


def of_february(world: World) -> Any:
    return board.content(answering.report(by=world.secretary))["activities"]


def test_report_when_an_activity_has_no_public_page_then_it_is_counted_and_not_listed(
    world: World,
) -> None:
    publishing.opportunity(world, title="Mornings")
    marked_internal = publishing.opportunity(world, title="Nights")
    engaging.activity(world.officer, title="Evenings")
    engaging.activity(world.officer, title="Internal", is_public=False)
    Activity.objects.filter(pk=marked_internal.pk).update(is_public=False)

    activities = of_february(world)

    assert [one["title"] for one in activities["listed"]] == ["Mornings"]
    assert activities["more"] == 3


def test_report_when_an_activity_is_changed_then_it_is_listed_as_its_page_says(
    world: World,
) -> None:
    activity = publishing.opportunity(world, title="Mornings")
    Activity.objects.filter(pk=activity.pk).update(title="As nobody approved it", level="inform")

    (listed,) = of_february(world)["listed"]

    assert listed == {
        "title": "Mornings",
        "place": "North east London",
        "level": "Involve",
        "when": activity.known_dates_in_words,
    }


def test_report_when_there_are_more_than_it_lists_then_the_newest_by_title(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    for title in ("Old", "Zest", "apples"):
        publishing.opportunity(world, title=title)
    monkeypatch.setattr(board, "MOST_ACTIVITIES", 2)

    activities = of_february(world)

    assert [one["title"] for one in activities["listed"]] == ["apples", "Zest"]
    assert activities["more"] == 1


def test_report_when_there_are_more_activities_then_it_asks_as_often(world: World) -> None:
    publishing.opportunity(world)
    report = answering.report(by=world.secretary)
    with CaptureQueriesContext(connection) as few:
        board.build(report)
    publishing.opportunity(world)
    publishing.opportunity(world)

    with CaptureQueriesContext(connection) as more:
        board.build(report)

    assert len(few) == len(more)


def test_changes_when_an_activity_was_marked_internal_then_its_changes_are_left_out(
    world: World,
) -> None:
    publication = publishing.answer(world, stage=ChangeStage.MADE)
    month = answering.report(by=world.secretary).period.shift(1)
    before = board_changes.of_month(month)
    Activity.objects.filter(pk=publication.activity_id).update(is_public=False)

    assert len(before) == 1
    assert board_changes.of_month(month) == []
