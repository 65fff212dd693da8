"""People who take part: added, changed, read, what they agreed to and need."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from core import clock
from core.acting import Refused
from core.models import AuditEvent
from engagement.activities.actions import registers
from engagement.people.actions import contacts
from engagement.people.choices import (
    CONSENT_WORDING,
    ConsentManner,
    ConsentPurpose,
    ContactMethod,
    NeedCategory,
)
from engagement.people.models import AccessNeed, Consent, Contact
from tests.factories import engaging
from tests.factories.world import World

TOLD = ConsentPurpose.TOLD_WHAT_CAME


@pytest.mark.parametrize(
    ("details", "channel"),
    [
        ({"email": "a@example.org", "telephone": "020"}, ContactMethod.EMAIL),
        ({"telephone": "020 7946 0018"}, ContactMethod.TEXT),
        ({"postal_address": "1 Mare Street"}, ContactMethod.LETTER),
        ({}, ""),
        (
            {"email": "a@example.org", "preferred_channel": ContactMethod.IN_PERSON},
            ContactMethod.IN_PERSON,
        ),
    ],
)
def test_person_when_added_then_the_best_way_to_reach_them_is_what_was_given(
    world: World, details: dict[str, Any], channel: str
) -> None:
    person = contacts.add(by=world.officer, organisation=world.own, name="Amina", **details)

    assert person.preferred_channel == channel


@pytest.mark.parametrize(
    ("details", "words"),
    [
        ({"name": ""}, "This field cannot be blank."),
        ({"email": "not an address"}, "Enter a valid email address."),
        ({"preferred_channel": ContactMethod.EMAIL}, "Enter an email address"),
        ({"preferred_channel": ContactMethod.TEXT}, "Enter a telephone number"),
        ({"preferred_channel": ContactMethod.TELEPHONE}, "Enter a telephone number"),
        ({"preferred_channel": ContactMethod.LETTER}, "Enter a postal address"),
    ],
)
def test_person_when_something_is_missing_then_the_form_says_what(
    world: World, details: dict[str, Any], words: str
) -> None:
    with pytest.raises(ValidationError) as refusal:
        contacts.add(by=world.officer, organisation=world.own, **({"name": "Amina"} | details))

    assert words in " ".join(refusal.value.messages)


@pytest.mark.parametrize("channel", [ContactMethod.EMAIL, ContactMethod.TEXT, ContactMethod.LETTER])
def test_person_when_the_database_is_asked_for_a_way_that_is_not_given_then_it_refuses(
    world: World, channel: ContactMethod
) -> None:
    person = engaging.contact(world.officer, email="", agrees=False)

    with pytest.raises(IntegrityError), transaction.atomic():
        Contact.objects.filter(pk=person.pk).update(preferred_channel=channel)


def test_person_when_added_with_an_agreement_that_fails_then_nothing_is_kept(
    world: World,
) -> None:
    with pytest.raises(ValueError, match="no such purpose"):
        contacts.add(
            by=world.officer,
            organisation=world.own,
            name="Amina",
            email="a@example.org",
            agreed_to=["no such purpose"],
        )

    assert not Contact.objects.exists()


def test_person_when_changed_then_the_trail_has_the_fields_and_none_of_the_words(
    world: World,
) -> None:
    person = engaging.contact(world.officer)

    contacts.change(by=world.officer, contact=person, name="Amina Begum")

    row = AuditEvent.objects.get(event="contact changed")
    assert row.fields == ["name"]
    assert "Begum" not in row.about


def test_person_when_their_page_is_opened_then_the_trail_keeps_who_opened_it(
    world: World,
) -> None:
    person = engaging.contact(world.officer)

    contacts.read(by=world.colleague, contact=person)

    row = AuditEvent.objects.get(event="contact read")
    assert (row.by, row.subject_id) == (world.colleague, str(person.pk))


def test_person_when_read_by_another_organisation_then_it_is_refused_and_kept(
    world: World,
) -> None:
    person = engaging.contact(world.officer)

    with pytest.raises(Refused):
        contacts.read(by=world.other_officer, contact=person)

    assert AuditEvent.objects.get(event="contact read").outcome == "refused"


def test_agreement_when_given_twice_then_the_first_stands(world: World) -> None:
    person = engaging.contact(world.officer)

    again = contacts.agree(by=world.officer, contact=person, purpose=TOLD, how=ConsentManner.PAPER)

    assert Consent.objects.get() == again
    assert again.given_how == ConsentManner.IN_PERSON
    assert again.wording == CONSENT_WORDING[TOLD]


def test_agreement_when_withdrawn_then_it_stays_as_withdrawn_and_may_be_given_anew(
    world: World,
) -> None:
    person = engaging.contact(world.officer)

    contacts.withdraw(by=world.officer, contact=person, purpose=TOLD, how=ConsentManner.TELEPHONE)
    contacts.agree(by=world.officer, contact=person, purpose=TOLD, how="paper")

    old, new = Consent.objects.order_by("pk")
    assert (old.withdrawn_at, old.withdrawn_how) == (clock.now(), "telephone")
    assert new.withdrawn_at is None


def test_agreement_when_there_is_none_then_withdrawing_it_is_refused(world: World) -> None:
    person = engaging.contact(world.officer, agrees=False)

    with pytest.raises(ValidationError, match="no active agreement"):
        contacts.withdraw(by=world.officer, contact=person, purpose=TOLD, how="paper")


@pytest.mark.parametrize(
    "wrong",
    [
        {"withdrawn_how": "online"},
        {"withdrawn_at": "2027-03-10T12:00Z"},
        {"withdrawn_at": "2020-03-10T12:00Z", "withdrawn_how": "online"},
    ],
    ids=str,
)
def test_withdrawal_when_half_of_it_is_written_then_the_database_refuses(
    world: World, wrong: dict[str, str]
) -> None:
    engaging.contact(world.officer)

    with pytest.raises(IntegrityError), transaction.atomic():
        Consent.objects.update(**wrong)


@pytest.mark.parametrize(
    "left",
    [
        {"telephone": "020 7946 0018", "preferred_channel": ContactMethod.TEXT},
        {"preferred_channel": ContactMethod.IN_PERSON},
        {"withdrawn_how": ConsentManner.TELEPHONE},
    ],
    ids=["another way", "by hand", "withdrawn"],
)
def test_address_when_it_is_the_last_one_of_somebody_who_agreed_then_it_stays_unless_they_need_none(
    world: World, left: dict[str, Any]
) -> None:
    person = engaging.contact(world.officer)

    with pytest.raises(ValidationError) as refusal:
        contacts.change(by=world.officer, contact=person, email="", preferred_channel="email")
    kept = Contact.objects.get().email
    changed = contacts.change(by=world.officer, contact=person, email="", **left)

    assert list(refusal.value.message_dict) == ["email"]
    assert kept
    assert changed.email == ""
    assert Consent.objects.get().withdrawn_how == left.get("withdrawn_how", "")


def test_address_when_taken_away_from_somebody_who_agreed_to_nothing_then_no_best_way_is_left(
    world: World,
) -> None:
    person = engaging.contact(world.officer, agrees=False)

    changed = contacts.change(by=world.officer, contact=person, email="", preferred_channel="email")

    assert changed.preferred_channel == ""


def test_address_when_recorded_later_then_it_is_the_best_way_to_contact_them(world: World) -> None:
    person = engaging.contact(world.officer, email="", agrees=False)

    changed = contacts.change(
        by=world.officer, contact=person, email="a@example.org", preferred_channel=""
    )

    assert changed.preferred_channel == ContactMethod.EMAIL


def test_agreement_when_there_is_no_way_to_tell_them_then_every_act_refuses(world: World) -> None:
    person = engaging.contact(world.officer, email="", agrees=False)

    with pytest.raises(ValidationError, match="cannot be told or asked"):
        contacts.agree(by=world.officer, contact=person, purpose=TOLD, how="paper")
    with pytest.raises(ValidationError, match="cannot be told or asked"):
        engaging.contact(world.officer, email="")

    assert Contact.objects.count() == 1
    assert not Consent.objects.exists()


def test_need_when_said_twice_then_it_is_kept_once(world: World) -> None:
    person = engaging.contact(world.officer)

    for _ in range(2):
        contacts.need(
            by=world.officer,
            contact=person,
            category=NeedCategory.INFORMATION_FORMAT,
            need="Braille",
        )

    assert str(AccessNeed.objects.get()) == "Braille"


def test_somebody_new_at_a_session_when_added_then_they_are_known_and_ticked(world: World) -> None:
    activity = engaging.activity(world.officer)
    session = engaging.session(activity, by=world.officer)

    person = registers.add_at_session(by=world.officer, session=session, name="Amina")

    assert (person.organisation, person.attendances.get().session) == (world.own, session)


def test_somebody_new_at_a_session_when_they_cannot_be_ticked_then_they_are_not_added_either(
    world: World,
) -> None:
    activity = engaging.activity(world.other_officer)
    session = engaging.session(activity, by=world.other_officer)

    with pytest.raises(Refused):
        registers.add_at_session(by=world.officer, session=session, name="Amina")

    assert not Contact.objects.exists()
