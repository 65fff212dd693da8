"""The changes that lead a report: as the secretary chose, or the newest."""

from typing import Any

from core.periods import Month
from insight.loop.choices import ChangeStage
from insight.reporting.actions import reports
from insight.reporting.documents import board, board_changes
from tests.factories import answering, publishing
from tests.factories.world import World

MARCH = Month(2027, 3)


def published(world: World, number: int) -> None:
    for at in range(number):
        publishing.answer(world, stage=ChangeStage.MADE, title=f"Breakfast on ward {at}")


def titles(stories: list[Any]) -> list[str]:
    return [story["title"] for story in stories]


def test_changes_when_none_is_chosen_then_the_newest_lead_and_the_others_are_listed(
    world: World,
) -> None:
    published(world, 5)
    found = board_changes.of_month(MARCH)

    leads = board_changes.leading(found, [])
    others = board_changes.others(found, leads)

    assert titles([one.story for one in leads]) == [f"Breakfast on ward {at}" for at in (4, 3, 2)]
    assert titles(others["listed"]) == [f"Breakfast on ward {at}" for at in (1, 0)]
    assert others["more"] == 0


def test_changes_when_chosen_then_they_lead_in_that_order(world: World) -> None:
    published(world, 4)
    found = board_changes.of_month(MARCH)
    keys = [found[3].key, found[1].key]

    leads = board_changes.leading(found, keys)

    assert [one.key for one in leads] == keys
    assert len(board_changes.others(found, leads)["listed"]) == 2


def test_changes_when_a_chosen_one_is_not_published_any_more_then_the_others_lead(
    world: World,
) -> None:
    published(world, 2)
    found = board_changes.of_month(MARCH)

    leads = board_changes.leading(found, ["0" * 16, found[1].key])

    assert leads == [found[1]]


def test_report_when_changes_are_chosen_then_they_are_frozen_in_that_order(world: World) -> None:
    published(world, 4)
    report = answering.report(by=world.secretary)
    report.month = MARCH.first
    found = board_changes.of_month(MARCH)
    report.leading_changes = [found[2].key, found[0].key]

    frozen = board.build(report)

    assert titles(frozen["stories"]) == titles([found[2].story, found[0].story])
    assert reports.FIELDS[-1] == "leading_changes"
