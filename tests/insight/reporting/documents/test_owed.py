"""What the report says of feedback that is due, late or awaited at the month's end."""

from datetime import date

from core.periods import RoughDate
from engagement.activities.models import Activity
from insight.loop.models import Loop
from insight.reporting.documents import board
from insight.reporting.documents.schema import Loops
from tests.factories import answering, engaging, publishing
from tests.factories.world import World

JANUARY = RoughDate.on(date(2027, 1, 1))


def of_february(world: World) -> Loops:
    return board.content(answering.report(by=world.secretary))["loops"]


def test_report_when_feedback_is_due_after_the_month_then_it_says_that_it_is_awaited(
    world: World,
) -> None:
    answering.closed(engaging.activity(world.officer), by=world.officer, on=date(2027, 2, 20))

    loops = of_february(world)

    assert loops["owed"] == []
    assert loops["sentences"] == [
        "All feedback due by 28 February 2027 had been given by then.",
        "Feedback on 1 activity is awaited: it is due on 20 March 2027.",
    ]


def test_report_when_feedback_is_late_then_days_are_counted_to_the_end_of_the_month(
    world: World,
) -> None:
    for day in (date(2027, 1, 31), date(2027, 1, 30)):
        activity = publishing.opportunity(world, start=JANUARY)
        answering.closed(activity, by=world.officer, on=day)
    internal = engaging.activity(world.officer, start=JANUARY, is_public=False)
    answering.closed(internal, by=world.officer, on=date(2027, 1, 29))

    loops = of_february(world)

    assert [one["state"] for one in loops["owed"]] == [
        "1 day late at the end of the month",
        "Due on the last day of the month",
    ]
    assert loops["sentences"] == ["1 more is due and not listed here."]


def test_report_when_no_lead_approved_a_title_then_it_is_counted_and_not_listed(
    world: World,
) -> None:
    approved = publishing.opportunity(world, start=JANUARY, title="Mornings")
    unapproved = engaging.activity(world.officer, start=JANUARY, title="Evenings")
    for activity in (approved, unapproved):
        answering.closed(activity, by=world.officer, on=date(2027, 1, 29))
    Activity.objects.filter(pk=approved.pk).update(title="Mornings, as nobody approved it")

    loops = of_february(world)

    assert [one["title"] for one in loops["owed"]] == ["Mornings"]
    assert loops["sentences"] == ["1 more is due and not listed here."]


def test_report_when_one_activity_owes_two_answers_then_it_is_counted_once(world: World) -> None:
    internal = engaging.activity(world.officer, start=JANUARY, is_public=False)
    loop = answering.closed(internal, by=world.officer, on=date(2027, 1, 29))
    loop.pk, loop.heard_until, loop.due_on = None, date(2027, 1, 20), date(2027, 2, 17)
    Loop.objects.bulk_create([loop])

    loops = of_february(world)

    assert loops["sentences"] == [
        "Feedback due by 28 February 2027 on 1 activity without a public page had not been given "
        "by then."
    ]
