"""Notices: written, fixed by approval, and then owed to each person once."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from core import clock
from core.acting import Refused
from engagement.actions import contacts, notices
from engagement.choices import Channel, DeliveryState
from engagement.models import Activity, Delivery, Notice
from tests.factories import engaging
from tests.factories.world import World


@pytest.fixture
def activity(world: World) -> Activity:
    return engaging.activity(world.officer)


def heard(world: World, activity: Activity, **details: object) -> int:
    """Somebody who said something; their number."""
    person = engaging.contact(world.officer, **details)  # type: ignore[arg-type]  # details of any kind
    engaging.said(activity, by=world.officer, contact=person)
    return person.pk


def owed(notice: Notice) -> set[int]:
    return set(notice.deliveries.values_list("contact", flat=True))


def test_notice_when_written_again_then_the_new_words_stand(
    world: World, activity: Activity
) -> None:
    notice = engaging.notice(activity, by=world.officer)

    again = notices.write(
        by=world.colleague, activity=activity, subject="Anew", body="Words", notice=notice
    )

    assert (again.pk, again.subject, again.written_by) == (notice.pk, "Anew", world.officer)


def test_notice_when_approved_then_it_is_fixed(world: World, activity: Activity) -> None:
    notice = notices.approve(by=world.lead, notice=engaging.notice(activity, by=world.officer))

    with pytest.raises(ValidationError, match="cannot be changed"):
        notices.write(by=world.officer, activity=activity, subject="A", body="B", notice=notice)


def test_notice_when_an_officer_approves_it_then_it_is_refused(
    world: World, activity: Activity
) -> None:
    with pytest.raises(Refused):
        notices.approve(by=world.officer, notice=engaging.notice(activity, by=world.officer))


@pytest.mark.parametrize(
    ("details", "channel", "state"),
    [
        ({}, Channel.EMAIL, DeliveryState.WAITING),
        ({"email": "", "telephone": "020"}, Channel.TEXT, DeliveryState.BY_HAND),
        ({"email": "", "postal_address": "1 Mare St"}, Channel.LETTER, DeliveryState.BY_HAND),
        ({"preferred_channel": Channel.IN_PERSON}, Channel.IN_PERSON, DeliveryState.BY_HAND),
        ({"email": ""}, "", DeliveryState.CANNOT_REACH),
    ],
)
def test_delivery_when_made_then_its_state_follows_from_how_the_person_is_reached(
    world: World, activity: Activity, details: dict[str, str], channel: str, state: str
) -> None:
    heard(world, activity, **details)

    notice = notices.approve(by=world.lead, notice=engaging.notice(activity, by=world.officer))

    delivery = notice.deliveries.get()
    assert (delivery.channel, delivery.state) == (channel, state)
    assert bool(delivery.reason) is (state == DeliveryState.CANNOT_REACH)


def test_notice_when_approved_then_only_those_who_agreed_and_took_part_are_owed_it_once(
    world: World, activity: Activity
) -> None:
    person = engaging.contact(world.officer)
    for _ in range(2):
        engaging.said(activity, by=world.officer, contact=person)
    engaging.came(engaging.session(activity, by=world.officer), person, by=world.officer)
    heard(world, activity, name="Never agreed", agrees=False)
    engaging.contact(world.officer, name="Never came")
    elsewhere = engaging.activity(world.officer)
    heard(world, elsewhere, name="Was elsewhere")

    notice = notices.approve(by=world.lead, notice=engaging.notice(activity, by=world.officer))

    assert owed(notice) == {person.pk}


def test_notice_when_it_covers_some_days_then_only_those_heard_in_them_are_owed_it(
    world: World, activity: Activity
) -> None:
    day = clock.today()
    early, inside, late, undated = (engaging.contact(world.officer, name=name) for name in "ABCD")
    for person, days_ago in ((early, 21), (inside, 20), (late, 9)):
        engaging.said(activity, by=world.officer, contact=person, days_ago=days_ago)
    said = engaging.said(activity, by=world.officer, contact=undated)
    type(said).objects.filter(pk=said.pk).update(received_on=None)
    notice = notices.write(
        by=world.officer,
        activity=activity,
        subject="S",
        body="B",
        heard_from=day - timedelta(days=20),
        heard_until=day - timedelta(days=10),
    )

    notices.approve(by=world.lead, notice=notice)

    assert owed(notice) == {inside.pk, undated.pk}


def test_notice_when_approved_again_then_only_new_people_are_added(
    world: World, activity: Activity
) -> None:
    first = heard(world, activity)
    notice = notices.approve(by=world.lead, notice=engaging.notice(activity, by=world.officer))
    Delivery.objects.update(state=DeliveryState.SENT, sent_at=clock.now())
    second = heard(world, activity, name="Bob")

    notices.approve(by=world.lead, notice=notice)

    assert owed(notice) == {first, second}
    assert notice.deliveries.get(contact=first).state == DeliveryState.SENT


def test_agreement_when_taken_back_before_approval_then_nothing_is_owed(
    world: World, activity: Activity
) -> None:
    person = engaging.contact(world.officer)
    engaging.said(activity, by=world.officer, contact=person)
    contacts.withdraw(by=world.officer, contact=person, purpose="told_what_came", how="telephone")

    notice = notices.approve(by=world.lead, notice=engaging.notice(activity, by=world.officer))

    assert owed(notice) == set()


@pytest.mark.parametrize(
    "wrong",
    [
        {"state": DeliveryState.SENT},
        {"state": DeliveryState.CLAIMED},
        {"settled_at": "2027-03-10T12:00Z"},
    ],
    ids=str,
)
def test_delivery_when_half_a_fact_is_written_then_the_database_refuses(
    world: World, activity: Activity, wrong: dict[str, str]
) -> None:
    heard(world, activity)
    notices.approve(by=world.lead, notice=engaging.notice(activity, by=world.officer))

    with pytest.raises(IntegrityError), transaction.atomic():
        Delivery.objects.update(**wrong)


def test_approval_when_half_of_it_is_written_then_the_database_refuses(
    world: World, activity: Activity
) -> None:
    engaging.notice(activity, by=world.officer)

    with pytest.raises(IntegrityError), transaction.atomic():
        Notice.objects.update(approved_at=clock.now())
