"""What people said: written down, redacted, checked."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from core import clock
from core.models import AuditEvent
from engagement.activities.actions import contributions
from engagement.activities.actions.contributions import Said
from engagement.activities.models import Contribution
from tests.factories import engaging
from tests.factories.world import World

SCRIPT = "<script>alert(1)</script> =1+1 \u202e Ünïcode 茶"


def recorded(world: World, said: list[Said], **details: Any) -> list[Contribution]:
    given: dict[str, Any] = {
        "how_it_came": "survey",
        "received_on": clock.today(),
        "by": world.officer,
    }
    if "activity" not in details:
        given["activity"] = engaging.activity(world.officer)
    return contributions.record_many(said=said, **(given | details))


def test_things_said_when_recorded_then_one_trail_row_counts_them_without_their_words(
    world: World,
) -> None:
    found = recorded(world, [Said("Too loud."), Said("Too late.", is_group=True)])

    row = AuditEvent.objects.get(event="contributions recorded")
    assert [one.words for one in found] == ["Too loud.", "Too late."]
    assert row.about == "2 recorded for Better mornings on the ward"
    assert found[1].is_group


def test_things_said_when_they_name_people_who_took_part_then_the_names_are_taken_out(
    world: World,
) -> None:
    activity = engaging.activity(world.officer)
    came = engaging.contact(world.officer, name="Amina Khan")
    engaging.came(engaging.session(activity, by=world.officer), came, by=world.officer)
    speaker = engaging.contact(world.officer, name="Bob Stone")

    one, two = recorded(
        world, [Said("I am Bob, 07700 900123", speaker), Said("Amina waited")], activity=activity
    )

    assert one.redacted == "I am [name], [telephone number]"
    assert two.redacted == "[name] waited"
    assert not one.is_redaction_checked


def test_things_said_when_hostile_then_they_are_kept_as_said(world: World) -> None:
    (one,) = recorded(world, [Said(SCRIPT)])

    one.refresh_from_db()
    assert one.words == SCRIPT
    assert one.redacted == SCRIPT


@pytest.mark.parametrize(
    ("said", "details", "words"),
    [
        ([], {}, "Write down at least one thing"),
        ([Said("")], {}, "cannot be blank"),
        ([Said("Too loud.")], {"how_it_came": "dream"}, "not a valid choice"),
    ],
)
def test_things_said_when_something_is_wrong_then_nothing_is_kept(
    world: World, said: list[Said], details: dict[str, Any], words: str
) -> None:
    with pytest.raises(ValidationError, match=words):
        recorded(world, said, **details)

    assert not Contribution.objects.exists()


def test_things_said_when_received_tomorrow_then_they_are_refused(world: World) -> None:
    with pytest.raises(ValidationError) as refusal:
        recorded(world, [Said("Hm.")], received_on=clock.today() + timedelta(days=1))

    assert "received_on" in refusal.value.message_dict


def test_things_said_when_the_day_is_not_known_then_they_are_kept_without(world: World) -> None:
    (one,) = recorded(world, [Said("Hm.")], received_on=None)

    assert one.received_on is None


def test_things_said_when_the_session_is_of_another_activity_then_they_are_refused(
    world: World,
) -> None:
    elsewhere = engaging.session(engaging.activity(world.officer), by=world.officer)

    with pytest.raises(ValidationError) as refusal:
        recorded(world, [Said("Hm.")], session=elsewhere)

    assert "session" in refusal.value.message_dict


def test_things_said_when_said_by_a_person_of_another_organisation_then_they_are_refused(
    world: World,
) -> None:
    stranger = engaging.contact(world.other_officer)

    with pytest.raises(ValidationError, match="not known to your organisation"):
        recorded(world, [Said("Hm.", stranger)])


def test_redaction_when_checked_then_others_read_the_words_of_the_checker(world: World) -> None:
    one = engaging.said(engaging.activity(world.officer), by=world.officer)

    checked = contributions.check_redaction(
        by=world.colleague, contribution=one, redacted="Breakfast is late."
    )

    assert (checked.redacted, checked.is_redaction_checked) == ("Breakfast is late.", True)
    assert checked.words == "Breakfast comes too late."
    assert str(checked) == "Breakfast is late."


def test_contribution_when_it_says_nothing_then_the_database_refuses(world: World) -> None:
    engaging.said(engaging.activity(world.officer), by=world.officer)

    with pytest.raises(IntegrityError), transaction.atomic():
        Contribution.objects.update(words="")
