"""What the report says of feedback that is due, late or awaited at the month's end."""

from datetime import date

from core.periods import RoughDate
from insight.reporting.documents import board
from tests.factories import answering, engaging
from tests.factories.world import World

JANUARY = RoughDate.on(date(2027, 1, 1))


def test_report_when_feedback_is_due_after_the_month_then_it_says_that_it_is_awaited(
    world: World,
) -> None:
    answering.closed(engaging.activity(world.officer), by=world.officer, on=date(2027, 2, 20))

    loops = board.content(answering.report(by=world.secretary))["loops"]

    assert loops["owed"] == []
    assert loops["sentences"] == [
        "All feedback due by 28 February 2027 had been given by then.",
        "Feedback on 1 activity is awaited: it is due on 20 March 2027.",
    ]


def test_report_when_feedback_is_late_then_days_are_counted_to_the_end_of_the_month(
    world: World,
) -> None:
    for day in (date(2027, 1, 31), date(2027, 1, 30)):
        activity = engaging.activity(world.officer, start=JANUARY)
        answering.closed(activity, by=world.officer, on=day)
    internal = engaging.activity(world.officer, start=JANUARY, is_public=False)
    answering.closed(internal, by=world.officer, on=date(2027, 1, 29))

    loops = board.content(answering.report(by=world.secretary))["loops"]

    assert [one["state"] for one in loops["owed"]] == [
        "1 day late at the end of the month",
        "Due on the last day of the month",
    ]
    assert loops["sentences"] == ["1 more is due and not listed here."]
