"""The content of a public page counts persons, however many organisations know them."""

from core import clock
from core.periods import Month
from engagement.activities.actions import sessions
from insight.loop.actions import publications
from insight.loop.selectors import boards, content, findings, loops
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


def test_lists_when_narrowed_to_a_place_then_have_what_is_for_the_whole_area(world: World) -> None:
    for places in ([], [world.here], [world.there]):
        details = {"places": places} if places else {}
        activity = engaging.activity(world.officer, **details)
        answering.finding(activity, by=world.officer)
        answering.closed(activity, by=world.officer)

    owed = loops.ledger(world.officer, place=world.here)
    found = findings.search(world.officer, place=world.here)

    assert len(owed) == len(found) == 2
    assert not owed.filter(activity__places=world.there).exists()
    assert not found.filter(activity__places=world.there).exists()


def test_invitation_when_anything_the_public_reads_is_changed_then_it_is_out_of_date(
    world: World,
) -> None:
    activity = engaging.activity(world.officer)
    over = engaging.session(activity, by=world.officer, starts_at=engaging.london(2027, 3, 12))
    ahead = engaging.session(activity, by=world.officer, starts_at=engaging.london(2027, 3, 20))
    assert not content.is_invitation_outdated(activity), "nothing is published"
    submission = publications.submit_opportunity(by=world.officer, activity=activity)
    publications.publish_opportunity(by=world.lead, submission=submission)

    with clock.set_to(engaging.london(2027, 3, 14)):
        assert not content.is_invitation_outdated(activity), "a session is over"
        sessions.cancel(by=world.officer, session=over, reason="The hall is closed")
        assert not content.is_invitation_outdated(activity)
        sessions.change(by=world.officer, session=ahead, venue="Library")
        assert content.is_invitation_outdated(activity)


def test_page_when_few_things_were_said_then_it_does_not_say_how_many(world: World) -> None:
    activity = engaging.activity(world.officer)
    engaging.said(activity, by=world.officer, days_ago=0)
    loop = answering.closed(activity, by=world.officer, on=clock.today())

    few = content.answer(activity, loop)["who"]["contributions"]
    for _ in range(4):
        engaging.said(activity, by=world.officer, days_ago=0)
    enough = content.answer(activity, loop)["who"]["contributions"]

    assert (few, enough) == ("fewer than 5", "5")
