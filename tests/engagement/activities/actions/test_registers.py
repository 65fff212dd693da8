"""Sessions and their registers: attendances and head counts."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import F

from core import clock
from engagement.activities.actions import registers, sessions
from engagement.activities.models import Attendance, HeadCount, Session
from engagement.people.actions import persons
from engagement.people.models import Contact
from tests.factories import engaging
from tests.factories.world import World


@pytest.fixture
def session(world: World) -> Session:
    return engaging.session(engaging.activity(world.officer), by=world.officer)


def test_session_when_changed_then_it_has_the_new_values(world: World, session: Session) -> None:
    changed = sessions.change(by=world.colleague, session=session, venue="Library", capacity=30)

    assert (changed.venue, changed.capacity) == ("Library", 30)


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"venue": "", "link": ""}, "Enter a venue, a link or both"),
        ({"link": "javascript:alert(1)"}, "Enter a valid URL."),
        ({"access_features": ["moat"]}, "not a valid choice"),
    ],
)
def test_session_when_a_value_is_not_valid_then_it_is_refused(
    world: World, session: Session, wrong: dict[str, Any], words: str
) -> None:
    with pytest.raises(ValidationError) as refusal:
        sessions.change(by=world.officer, session=session, **wrong)

    assert words in " ".join(refusal.value.messages)


def test_session_when_it_ends_before_it_starts_then_action_and_database_refuse(
    world: World, session: Session
) -> None:
    before = session.starts_at - timedelta(hours=1)

    with pytest.raises(ValidationError, match="end time must be after the start time"):
        sessions.change(by=world.officer, session=session, ends_at=before)
    with pytest.raises(IntegrityError), transaction.atomic():
        Session.objects.update(ends_at=before)


def test_register_when_somebody_is_ticked_twice_then_there_is_one_attendance(
    world: World, session: Session
) -> None:
    person = engaging.contact(world.officer)

    registers.tick(by=world.officer, session=session, contacts=[person, person])
    registers.tick(by=world.colleague, session=session, contacts=[person])

    assert Attendance.objects.get().recorded_by == world.officer


def test_register_when_contacts_are_joined_and_parted_then_ticks_are_of_the_person(
    world: World, session: Session
) -> None:
    def somebody(address: str) -> Contact:
        return engaging.contact(world.officer, email=address)

    contacts = [somebody("a@example.org"), somebody("b@example.org")]
    theirs = engaging.contact(world.other_officer, email="a@example.org")
    registers.tick(by=world.officer, session=session, contacts=contacts)
    elsewhere = engaging.session(engaging.activity(world.other_officer), by=world.other_officer)
    registers.tick(by=world.other_officer, session=elsewhere, contacts=[theirs])

    def persons_ticked() -> int:
        assert not Attendance.objects.exclude(person=F("contact__person")).exists()
        return Attendance.objects.values("person").distinct().count()

    assert persons_ticked() == 2
    persons.join(by=world.officer, contact=contacts[1], other=contacts[0])
    assert persons_ticked() == 1
    persons.part(by=world.other_officer, contact=theirs)
    assert persons_ticked() == 2


def test_register_when_unticked_then_the_attendance_is_removed(
    world: World, session: Session
) -> None:
    person = engaging.contact(world.officer)
    engaging.came(session, person, by=world.officer)

    registers.untick(by=world.officer, session=session, contact=person)

    assert not Attendance.objects.exists()


def test_register_when_somebody_of_another_organisation_is_among_them_then_nobody_is_ticked(
    world: World, session: Session
) -> None:
    known = engaging.contact(world.officer)
    stranger = engaging.contact(world.other_officer, name="Bob")

    with pytest.raises(ValidationError, match="not on your organisation"):
        registers.tick(by=world.officer, session=session, contacts=[known, stranger])

    assert not Attendance.objects.exists()


@pytest.mark.parametrize("act", ["tick", "count_heads"])
def test_register_when_the_day_is_to_come_then_it_is_refused(world: World, act: str) -> None:
    later = engaging.session(
        engaging.activity(world.officer),
        by=world.officer,
        starts_at=clock.now() + timedelta(days=1),
    )
    given: dict[str, dict[str, Any]] = {
        "tick": {"contacts": []},
        "count_heads": {"count": 3, "is_estimated": False},
    }

    with pytest.raises(ValidationError, match="not taken place yet"):
        getattr(registers, act)(by=world.officer, session=later, **given[act])


def test_register_when_it_is_the_morning_of_the_day_then_it_is_open(world: World) -> None:
    tonight = engaging.session(
        engaging.activity(world.officer),
        by=world.officer,
        starts_at=clock.now() + timedelta(hours=7),
    )

    assert registers.tick(by=world.officer, session=tonight, contacts=[]) == []


def test_head_count_when_counted_again_then_the_new_count_replaces_it(
    world: World, session: Session
) -> None:
    registers.count_heads(by=world.officer, session=session, count=40, is_estimated=True)
    registers.count_heads(by=world.colleague, session=session, count=38, is_estimated=False)

    heads = HeadCount.objects.get()
    assert (heads.count, heads.is_estimated, heads.counted_by) == (38, False, world.colleague)


def test_head_count_when_negative_then_it_is_refused(world: World, session: Session) -> None:
    with pytest.raises(ValidationError):
        registers.count_heads(by=world.officer, session=session, count=-1, is_estimated=False)
