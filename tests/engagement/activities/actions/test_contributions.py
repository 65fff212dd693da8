"""Contributions: recorded, redacted and checked."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from core import clock
from core.models import AuditEvent
from engagement.activities.actions import contributions
from engagement.activities.actions.contributions import NewContribution
from engagement.activities.models import Contribution
from tests.factories import engaging
from tests.factories.world import World

SCRIPT = "<script>alert(1)</script> =1+1 \u202e Ünïcode 茶"


def recorded(world: World, new: list[NewContribution], **details: Any) -> list[Contribution]:
    given: dict[str, Any] = {
        "how_it_came": "survey",
        "received_on": clock.today(),
        "by": world.officer,
    }
    if "activity" not in details:
        given["activity"] = engaging.activity(world.officer)
    return contributions.record_many(contributions=new, **(given | details))


def test_contributions_when_recorded_then_one_audit_row_counts_them_without_their_words(
    world: World,
) -> None:
    found = recorded(
        world, [NewContribution("Too loud."), NewContribution("Too late.", is_group=True)]
    )

    row = AuditEvent.objects.get(event="contributions recorded")
    assert [one.words for one in found] == ["Too loud.", "Too late."]
    assert row.about == "2 recorded for Better mornings on the ward"
    assert found[1].is_group


def test_contributions_when_they_name_people_who_took_part_then_the_names_are_redacted(
    world: World,
) -> None:
    activity = engaging.activity(world.officer)
    came = engaging.contact(world.officer, name="Amina Khan")
    engaging.came(engaging.session(activity, by=world.officer), came, by=world.officer)
    speaker = engaging.contact(world.officer, name="Bob Stone")

    one, two = recorded(
        world,
        [NewContribution("I am Bob, 07700 900123", speaker), NewContribution("Amina waited")],
        activity=activity,
    )

    assert one.redacted == "I am [name], [telephone number]"
    assert two.redacted == "[name] waited"
    assert not one.is_redaction_checked


@pytest.mark.parametrize(
    ("days", "received", "field"),
    [(1, 0, "session"), (-2, -3, "received_on"), (-2, -2, None), (-2, 0, None), (-2, None, None)],
)
def test_contributions_when_said_at_a_session_then_it_began_and_is_not_on_a_later_day(
    world: World, days: int, received: int | None, field: str | None
) -> None:
    activity = engaging.activity(world.officer)
    session = engaging.session(
        activity, by=world.officer, starts_at=clock.now() + timedelta(days=days)
    )
    given: dict[str, Any] = {
        "activity": activity,
        "session": session,
        "received_on": None if received is None else clock.today() + timedelta(days=received),
    }

    if field is None:
        assert recorded(world, [NewContribution("Too loud.")], **given)
        return
    with pytest.raises(ValidationError) as refusal:
        recorded(world, [NewContribution("Too loud.")], **given)

    assert list(refusal.value.message_dict) == [field]
    assert not Contribution.objects.exists()


def test_contributions_when_they_hold_script_or_formula_then_they_are_kept_unchanged(
    world: World,
) -> None:
    (one,) = recorded(world, [NewContribution(SCRIPT)])

    one.refresh_from_db()
    assert one.words == SCRIPT
    assert one.redacted == SCRIPT


@pytest.mark.parametrize(
    ("new", "details", "words"),
    [
        ([], {}, "Enter at least 1 comment"),
        ([NewContribution("")], {}, "cannot be blank"),
        ([NewContribution("Too loud.")], {"how_it_came": "dream"}, "not a valid choice"),
    ],
)
def test_contributions_when_one_is_not_valid_then_none_is_kept(
    world: World, new: list[NewContribution], details: dict[str, Any], words: str
) -> None:
    with pytest.raises(ValidationError, match=words):
        recorded(world, new, **details)

    assert not Contribution.objects.exists()


def test_contributions_when_received_on_a_day_to_come_then_they_are_refused(world: World) -> None:
    with pytest.raises(ValidationError) as refusal:
        recorded(world, [NewContribution("Hm.")], received_on=clock.today() + timedelta(days=1))

    assert "received_on" in refusal.value.message_dict


def test_contributions_when_the_day_is_not_known_then_they_are_kept_without(world: World) -> None:
    (one,) = recorded(world, [NewContribution("Hm.")], received_on=None)

    assert one.received_on is None


def test_contributions_when_the_session_is_of_another_activity_then_they_are_refused(
    world: World,
) -> None:
    elsewhere = engaging.session(engaging.activity(world.officer), by=world.officer)

    with pytest.raises(ValidationError) as refusal:
        recorded(world, [NewContribution("Hm.")], session=elsewhere)

    assert "session" in refusal.value.message_dict


def test_contributions_when_said_by_a_contact_of_another_organisation_then_they_are_refused(
    world: World,
) -> None:
    stranger = engaging.contact(world.other_officer)

    with pytest.raises(ValidationError, match="not on your organisation"):
        recorded(world, [NewContribution("Hm.", stranger)])


def test_redaction_when_checked_then_others_read_the_checked_words(world: World) -> None:
    one = engaging.said(engaging.activity(world.officer), by=world.officer)

    checked = contributions.check_redaction(
        by=world.colleague, contribution=one, redacted="Breakfast is late."
    )

    assert (checked.redacted, checked.is_redaction_checked) == ("Breakfast is late.", True)
    assert checked.words == "Breakfast comes too late."
    assert str(checked) == "Breakfast is late."


def test_contribution_when_its_words_are_empty_then_the_database_refuses(world: World) -> None:
    engaging.said(engaging.activity(world.officer), by=world.officer)

    with pytest.raises(IntegrityError), transaction.atomic():
        Contribution.objects.update(words="")
