"""Activities: logged, changed and moved from status to status; and what is refused."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from core import clock
from core.acting import Refused
from core.models import AuditEvent, Collaborative, User
from core.periods import RoughDate
from engagement.activities.actions import activities, sessions
from engagement.activities.choices import Source, Status
from engagement.activities.models import Activity
from standards.framework.choices import SystemLevel
from tests.factories import engaging, people
from tests.factories.world import World


def test_activity_when_logged_then_it_has_its_logger_places_and_partners(
    world: World,
) -> None:
    activity = engaging.activity(
        world.officer, places=[world.here], partners=[world.partner, world.own]
    )

    assert (activity.logged_by, activity.lead_organisation) == (world.officer, world.own)
    assert list(activity.places.all()) == [world.here]
    assert list(activity.partners.all()) == [world.partner], "the lead is no partner of itself"
    assert activity.system_level == SystemLevel.PLACE


@pytest.mark.parametrize(("days", "status"), [(-1, "open"), (0, "open"), (1, "planned")])
def test_activity_when_logged_before_or_after_its_start_then_its_status_follows(
    world: World, days: int, status: str
) -> None:
    start = RoughDate.on(clock.today() + timedelta(days=days))

    assert engaging.activity(world.officer, start=start).status == status


@pytest.mark.parametrize(
    ("details", "field", "words"),
    [
        ({"title": ""}, "title", "This field cannot be blank."),
        ({"title": "x" * 151}, "title", "at most 150"),
        ({"level": "command"}, "level", "not a valid choice"),
        ({"level_reason": ""}, "__all__", "Say why you chose this level."),
        ({"is_area_wide": False}, "places", "Select one or more places"),
        ({"budget": -1}, "__all__", "activities_activity_budget_not_negative"),
        ({"methods": ["telepathy"]}, "methods", "not a valid choice"),
        (
            {"end": RoughDate.of(2020)},
            "__all__",
            "The end date must be the same as or after the start date",
        ),
        ({"is_always_on": True, "end": RoughDate.of(2028)}, "__all__", "cannot have an end date"),
        (
            {"consultation_opens_on": date(2027, 2, 1), "consultation_closes_on": date(2027, 1, 1)},
            "__all__",
            "The closing date must be the same as or after the opening date",
        ),
    ],
)
def test_activity_when_a_value_is_not_valid_then_the_error_names_the_field_and_nothing_is_kept(
    world: World, details: dict[str, Any], field: str, words: str
) -> None:
    with pytest.raises(ValidationError) as refusal:
        engaging.activity(world.officer, **details)

    assert words in " ".join(refusal.value.message_dict[field])
    assert not Activity.objects.exists()


@pytest.mark.parametrize(
    "wrong",
    [
        {"level_reason": ""},
        {"level": "command"},
        {"status": "forgotten"},
        {"status": Status.CANCELLED},
        {"start_latest": None},
        {"end_earliest": date(2028, 1, 1)},
        {"end_earliest": date(2020, 1, 1), "end_latest": date(2020, 1, 1)},
        {"is_always_on": True, "end_earliest": date(2028, 1, 1), "end_latest": date(2028, 1, 1)},
        {"spend": -1},
        {"consultation_opens_on": date(2027, 2, 1), "consultation_closes_on": date(2027, 1, 1)},
    ],
    ids=str,
)
def test_activity_when_updated_in_the_database_then_its_constraints_refuse(
    world: World, wrong: dict[str, Any]
) -> None:
    activity = engaging.activity(world.officer)

    with pytest.raises(IntegrityError), transaction.atomic():
        Activity.objects.filter(pk=activity.pk).update(**wrong)


def test_activity_when_taken_from_the_strategy_then_place_and_reason_may_be_empty(
    world: World,
) -> None:
    activity = engaging.activity(
        world.officer,
        lead_organisation=world.own,
        source=Source.STRATEGY,
        level_reason="",
        is_area_wide=False,
        start=RoughDate.of(2020),
        end=RoughDate.of(2021),
    )

    assert activity.status == Status.CLOSED
    assert not activity.places.exists()


@pytest.mark.parametrize("who", ["officer", "lead"])
def test_activity_when_logged_without_the_own_organisation_then_it_is_refused(
    world: World, who: str
) -> None:
    with pytest.raises(ValidationError) as refusal:
        engaging.activity(getattr(world, who), lead_organisation=world.other)

    assert "lead_organisation" in refusal.value.message_dict


def test_activity_when_logged_with_the_own_organisation_as_partner_then_it_is_kept(
    world: World,
) -> None:
    assert engaging.activity(world.officer, lead_organisation=world.other, partners=[world.own]).pk


def test_activity_when_logged_by_the_lead_of_a_place_then_any_organisation_may_lead_it(
    world: World,
) -> None:
    assert engaging.activity(
        world.place_lead, lead_organisation=world.other, places=[world.there]
    ).pk


def test_activity_when_given_an_unknown_field_then_it_raises(world: World) -> None:
    with pytest.raises(TypeError, match="has no colour"):
        engaging.activity(world.officer, colour="blue")


@pytest.mark.parametrize(
    ("titles", "slugs"),
    [
        (["Tea", "Tea", "Tea"], ["tea", "tea-2", "tea-3"]),
        (["Tea round", "Tea"], ["tea-round", "tea"]),
        (["茶", "؟!"], ["activity", "activity-2"]),
        (["Tea 2", "Tea", "Tea"], ["tea-2", "tea", "tea-3"]),
        (["a" * 150], ["a" * 100]),
    ],
)
def test_slug_when_titles_are_equal_or_have_no_letters_then_each_has_its_own(
    world: World, titles: list[str], slugs: list[str]
) -> None:
    assert [engaging.activity(world.officer, title=title).slug for title in titles] == slugs


def test_activity_when_changed_then_the_audit_trail_names_the_fields(
    world: World,
) -> None:
    activity = engaging.activity(world.officer, places=[world.here])

    changed = activities.change(
        by=world.colleague,
        activity=activity,
        title="Calmer mornings",
        places=[world.there],
        partners=[world.partner],
        start=RoughDate.of(2027, 1),
    )

    row = AuditEvent.objects.get(event="activity changed")
    assert row.fields == ["partners", "places", "start", "title"]
    assert changed.slug == activity.slug


def test_activity_when_new_dates_leave_a_session_outside_then_it_is_refused(world: World) -> None:
    activity = engaging.activity(world.officer)
    session = engaging.session(activity, by=world.officer)
    new_dates = {"start": RoughDate.of(2027, 3), "end": None}

    with pytest.raises(ValidationError, match="session on 28 February 2027 would be outside"):
        activities.change(by=world.officer, activity=activity, **new_dates)
    sessions.cancel(by=world.officer, session=session, reason="The hall is closed")
    changed = activities.change(by=world.officer, activity=activity, **new_dates)

    assert changed.start == RoughDate.of(2027, 3)


def test_activity_when_its_last_place_is_removed_then_it_is_refused(world: World) -> None:
    activity = engaging.activity(world.officer, places=[world.here])

    with pytest.raises(ValidationError, match="Select one or more places"):
        activities.change(by=world.officer, activity=activity, places=[])

    assert list(activity.places.all()) == [world.here]


def test_activity_when_handed_over_then_nobody_loses_it_unawares(world: World) -> None:
    led = engaging.activity(world.officer, partners=[world.partner])
    shared = engaging.activity(world.partner_officer, partners=[world.own])
    there = engaging.activity(
        world.place_lead, lead_organisation=world.other, places=[world.there, world.here]
    )

    def refused(by: User, activity: Activity, **details: Any) -> list[str]:
        with pytest.raises(ValidationError) as refusal:
            activities.change(by=by, activity=activity, **details)
        return list(refusal.value.message_dict)

    assert refused(world.officer, led, lead_organisation=world.partner) == ["lead_organisation"]
    assert refused(world.officer, shared, partners=[]) == ["lead_organisation"]
    assert refused(world.place_lead, there, places=[world.here]) == ["places"]
    assert Activity.objects.get(pk=led.pk).lead_organisation == world.own
    kept = activities.change(
        by=world.officer, activity=led, lead_organisation=world.partner, partners=[world.own]
    )
    assert kept.lead_organisation == world.partner


@pytest.mark.parametrize(
    ("details", "words", "known"),
    [
        ({}, "from 8 February 2027, end not recorded", "from 8 February 2027"),
        ({"is_always_on": True}, "since 8 February 2027, always on", None),
        (
            {"start": None, "end": RoughDate.of(2028)},
            "until 2028, start not recorded",
            "until 2028",
        ),
        ({"start": None}, "not recorded", ""),
        ({"start": None, "is_always_on": True}, "always on, start not recorded", "always on"),
        ({"start": RoughDate.of(2027), "end": RoughDate.of(2028)}, "2027 to 2028", None),
        ({"start": RoughDate.of(2027), "end": RoughDate.of(2027)}, "2027", None),
    ],
)
def test_dates_when_some_are_not_recorded_then_staff_read_so_and_the_public_what_is_known(
    world: World, details: dict[str, Any], words: str, known: str | None
) -> None:
    activity = engaging.activity(world.officer, **details)

    assert activity.dates_in_words == words
    assert activity.known_dates_in_words == (words if known is None else known)


def test_activity_when_changed_to_start_later_then_it_is_planned_again(world: World) -> None:
    activity = engaging.activity(world.officer)

    changed = activities.change(by=world.officer, activity=activity, start=RoughDate.of(2028))

    assert changed.status == Status.PLANNED


def with_status(world: World, status: Status) -> Activity:
    """An activity of this status."""
    activity = engaging.activity(world.officer)
    Activity.objects.filter(pk=activity.pk).update(status=status, cancelled_reason="Because.")
    activity.refresh_from_db()
    return activity


STATUS_CHANGES = {
    "open_planned": ({Status.PLANNED}, Status.OPEN),
    "close_listening": ({Status.PLANNED, Status.OPEN}, Status.LISTENING_CLOSED),
    "answer": ({Status.LISTENING_CLOSED}, Status.ANSWERED),
    "close": ({Status.ANSWERED}, Status.CLOSED),
    "cancel": ({Status.PLANNED, Status.OPEN, Status.LISTENING_CLOSED}, Status.CANCELLED),
}


@pytest.mark.parametrize("action", STATUS_CHANGES)
def test_activity_when_its_status_changes_then_only_some_statuses_lead_there(
    world: World, action: str
) -> None:
    allowed, to = STATUS_CHANGES[action]
    needed: dict[str, dict[str, Any]] = {
        "close_listening": {"on": clock.today()},
        "cancel": {"reason": "No one came."},
    }
    extra = needed.get(action, {})

    for status in Status:
        activity = with_status(world, status)
        if status in allowed:
            changed = getattr(activities, action)(by=world.lead, activity=activity, **extra)
            assert changed.status == to
        else:
            with pytest.raises(ValidationError, match="so it cannot become"):
                getattr(activities, action)(by=world.lead, activity=activity, **extra)


def test_activity_when_answered_by_an_officer_then_it_is_refused(world: World) -> None:
    with pytest.raises(Refused):
        activities.answer(by=world.officer, activity=with_status(world, Status.LISTENING_CLOSED))


@pytest.mark.parametrize(
    ("days", "words"), [(1, "today or in the past"), (-31, "the day the activity started")]
)
def test_listening_when_closed_on_an_impossible_day_then_it_is_refused(
    world: World, days: int, words: str
) -> None:
    activity = engaging.activity(world.officer)

    with pytest.raises(ValidationError, match=words):
        activities.close_listening(
            by=world.officer, activity=activity, on=clock.today() + timedelta(days=days)
        )


def test_listening_when_the_activity_never_ends_then_it_does_not_close(world: World) -> None:
    activity = engaging.activity(world.officer, is_always_on=True)

    with pytest.raises(ValidationError, match="due each quarter"):
        activities.close_listening(by=world.officer, activity=activity, on=clock.today())


def test_activity_when_cancelled_without_a_reason_then_it_is_refused(world: World) -> None:
    activity = engaging.activity(world.officer)

    with pytest.raises(ValidationError, match="Say why"):
        activities.cancel(by=world.officer, activity=activity, reason="  ")

    activity.refresh_from_db()
    assert activity.status == Status.OPEN


def test_output_when_at_least_and_estimated_then_its_words_say_so(world: World) -> None:
    activity = engaging.activity(world.officer)

    output = activities.record_output(
        by=world.officer,
        activity=activity,
        what="meetings",
        count=1400,
        is_at_least=True,
        is_estimated=True,
    )

    assert str(output) == "meetings: at least 1,400 (estimated)"


def test_output_when_recorded_twice_then_it_is_refused(world: World) -> None:
    activity = engaging.activity(world.officer)
    activities.record_output(by=world.officer, activity=activity, what="meetings", count=4)

    with pytest.raises(ValidationError):
        activities.record_output(by=world.officer, activity=activity, what="meetings", count=5)


def test_activity_when_for_the_whole_area_or_a_collaborative_then_its_level_says_so(
    world: World,
) -> None:
    collaborative = Collaborative.objects.create(
        key="acute", name="Acute", organisation=people.organisation("Acute")
    )

    assert engaging.activity(world.officer).system_level == SystemLevel.NEL
    assert (
        engaging.activity(world.officer, collaborative=collaborative).system_level
        == SystemLevel.COLLABORATIVE
    )
