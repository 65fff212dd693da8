"""The content of a public page counts persons, however many organisations know them."""

from core import clock
from core.periods import Month
from insight.loop.selectors import boards, content
from insight.measures.definitions import MEASURES
from insight.measures.query import Question, count
from tests.factories import answering, engaging
from tests.factories.world import World


def test_person_when_known_to_two_organisations_then_page_figures_and_audience_count_one(
    world: World,
) -> None:
    activity = engaging.activity(world.officer, partners=[world.partner])
    mine = engaging.contact(world.officer, email="amina@example.org")
    theirs = engaging.contact(world.partner_officer, email="amina@example.org")
    engaging.said(activity, by=world.officer, contact=mine, days_ago=0)
    engaging.said(activity, by=world.partner_officer, contact=theirs, days_ago=0)
    # Four others, so that the page shows a number at all.
    for number in range(4):
        other = engaging.contact(world.officer, name=f"Person {number}")
        engaging.said(activity, by=world.officer, contact=other, days_ago=0)
    loop = answering.closed(activity, by=world.officer, on=clock.today())
    people = Question(MEASURES["people"], Month.of(clock.today()))

    page = content.answer(activity, loop)
    figure = count([people])[people].total

    assert mine.person == theirs.person
    assert page["who"]["people"] == "5"
    assert figure["count"] == 5
    assert sum(boards.audience(loop).values()) == 5


def test_page_when_few_things_were_said_then_it_does_not_say_how_many(world: World) -> None:
    activity = engaging.activity(world.officer)
    engaging.said(activity, by=world.officer, days_ago=0)
    loop = answering.closed(activity, by=world.officer, on=clock.today())

    few = content.answer(activity, loop)["who"]["contributions"]
    for _ in range(4):
        engaging.said(activity, by=world.officer, days_ago=0)
    enough = content.answer(activity, loop)["who"]["contributions"]

    assert (few, enough) == ("fewer than 5", "5")
