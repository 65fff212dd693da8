"""The changes that lead a report: as the secretary chose, or the newest."""

from datetime import timedelta
from typing import Any

from core import clock
from core.periods import Month
from insight.loop.actions import changes, publications
from insight.loop.choices import ChangeStage
from insight.loop.models import Change, Decision, Loop, Publication
from insight.loop.selectors import pages
from insight.reporting.actions import reports
from insight.reporting.documents import board_changes
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


def test_changes_when_a_chosen_one_is_published_in_other_words_then_it_still_leads(
    world: World,
) -> None:
    published(world, 2)
    chosen = board_changes.of_month(MARCH)[1]
    answer = Publication.objects.get(content__title=chosen.story["title"])
    words = pages.read(answer)
    words["findings"][0]["changes"][0]["what"] = "Breakfast comes at half past seven."
    Publication.objects.filter(pk=answer.pk).update(content=words)
    found = board_changes.of_month(MARCH)

    (lead,) = board_changes.leading(found, [chosen.key])

    assert lead.story["we_did"] == "Breakfast comes at half past seven."
    assert board_changes.gone(found, [chosen.key]) == []
    assert board_changes.gone(found, [chosen.key, "0" * 16]) == ["0" * 16]


def test_changes_when_published_without_their_number_then_each_has_a_key_of_its_own(
    world: World,
) -> None:
    published(world, 2)
    for answer in Publication.objects.all():
        words = answer.content
        del words["findings"][0]["changes"][0]["number"]
        Publication.objects.filter(pk=answer.pk).update(content=words)

    keys = {change.key for change in board_changes.of_month(MARCH)}

    assert len(keys) == 2
    assert all(len(key) == 16 for key in keys)


def published_again(world: World, answer: Publication) -> None:
    loop = Loop.objects.get(publications=answer)
    submission = publications.submit_answer(by=world.officer, loop=loop)
    publications.publish_answer(by=world.lead, submission=submission)


def test_changes_when_an_answer_is_published_again_then_only_the_new_one_is_told(
    world: World,
) -> None:
    answer = publishing.answer(world, stage=ChangeStage.MADE)
    with clock.set_to(MARCH.ends_before + timedelta(days=3, hours=12)):
        changes.add(
            by=world.officer,
            activity=answer.activity,
            decision=Decision.objects.get(),
            what="Tea comes at three.",
            stage=ChangeStage.MADE,
            made_on=clock.today(),
        )
        published_again(world, answer)

    march, april = board_changes.of_month(MARCH), board_changes.of_month(MARCH.shift(1))

    assert [one.story["we_did"] for one in march] == ["Breakfast comes at eight."]
    assert [one.story["we_did"] for one in april] == ["Tea comes at three."]


def test_changes_when_one_told_of_before_is_done_then_it_is_told_again(world: World) -> None:
    answer = publishing.answer(world, stage=ChangeStage.UNDER_WAY)
    with clock.set_to(MARCH.ends_before + timedelta(days=3, hours=12)):
        changes.move(
            by=world.officer,
            change=Change.objects.get(),
            what="Breakfast comes at eight.",
            stage=ChangeStage.MADE,
            impact="",
            evidence="",
            made_on=clock.today(),
        )
        published_again(world, answer)

    (april,) = board_changes.of_month(MARCH.shift(1))

    assert april.story["where"] == "Done"


def test_report_when_changes_are_chosen_then_they_are_frozen_in_that_order(world: World) -> None:
    published(world, 4)
    found = board_changes.of_month(MARCH)
    chosen = [found[2], found[0]]
    with clock.set_to(MARCH.ends_before):
        report = answering.report(by=world.secretary, month=MARCH)
        reports.write(
            by=world.secretary, report=report, leading_changes=[one.key for one in chosen]
        )
        report.refresh_from_db()

        frozen = reports.approve(by=world.secretary, report=report).frozen or {}

    assert titles(frozen["stories"]) == titles([one.story for one in chosen])
