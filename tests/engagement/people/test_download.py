"""What a person's download holds: what each wing registers, for the person and for staff."""

from typing import Any

import pytest

from core.actors import Actor, Resident
from engagement.messaging.actions import messages
from engagement.people.actions import contacts, persons
from engagement.people.choices import ConsentPurpose
from engagement.people.models import Contact, Person
from engagement.people.permissions import READ_OWN_RECORD, WITHDRAW_CONSENT
from engagement.people.slots import person_sections
from tests.factories import engaging
from tests.factories.world import World


def held(actor: Actor, person: Person) -> dict[str, list[dict[str, str]]]:
    """The records of each section that has any, by its key."""
    return {
        section.key: [dict(record) for record in section.records]
        for section in person_sections.fill(actor, person)
        if section.records
    }


@pytest.fixture
def person(world: World) -> Person:
    """Somebody known to two organisations, who came, spoke and was told at the first."""
    activity = engaging.activity(world.officer, title="Calmer mornings")
    session = engaging.session(activity, by=world.officer)
    mine = engaging.contact(world.officer, name="Amina Khan", email="amina@example.org")
    engaging.contact(world.other_officer, name="Amina Khan", email="amina@example.org")
    contacts.need(by=world.officer, contact=mine, category="information-format", need="Braille")
    engaging.came(session, mine, by=world.officer)
    engaging.said(activity, by=world.officer, words="The tea is cold.", contact=mine)
    messages.approve(by=world.lead, message=engaging.notice(activity, by=world.officer))
    return mine.person


@pytest.fixture
def resident(person: Person) -> Resident:
    return Resident(person.pk, READ_OWN_RECORD)


def test_download_when_the_person_asks_then_has_all_that_every_wing_holds(
    resident: Resident, person: Person
) -> None:
    sections = held(resident, person)

    assert list(sections) == [
        *("details", "agreements", "needs", "attendances", "contributions", "deliveries")
    ]
    assert [one["Organisation"] for one in sections["details"]] == [
        "Homerton trust",
        "Newham trust",
    ]
    assert sections["details"][0]["Email address"] == "amina@example.org"
    assert sections["agreements"][0]["What they agreed to"] == ConsentPurpose.TOLD_WHAT_CAME.label
    assert sections["needs"][0]["What they need"] == "Braille"
    assert "Calmer mornings" in sections["attendances"][0]["Session"]
    assert sections["contributions"][0]["Words as they were said"] == "The tea is cold."
    assert sections["deliveries"][0]["Words"]


def test_download_when_made_then_says_nothing_empty_and_nothing_the_service_keeps_for_itself(
    resident: Resident, person: Person
) -> None:
    (details, _) = held(resident, person)["details"]

    assert "Telephone number" not in details
    assert not {"Number", "Person", "Words to search in", "Email address to compare by"} & set(
        details
    )


def test_download_when_staff_ask_then_has_what_they_may_see(world: World, person: Person) -> None:
    officer, stranger = held(world.officer, person), held(world.other_officer, person)

    assert [one["Organisation"] for one in officer["details"]] == ["Homerton trust"]
    assert set(officer) == {
        *("details", "agreements", "needs", "attendances", "contributions", "deliveries")
    }
    assert set(stranger) == {"details", "agreements"}
    assert [one["Organisation"] for one in stranger["details"]] == ["Newham trust"]
    assert held(world.analyst, person) == {}


def test_download_when_staff_see_a_contact_then_not_what_it_did_at_activities_of_others(
    world: World,
) -> None:
    activity = engaging.activity(world.other_officer, partners=[world.own])
    mine = engaging.contact(world.officer)
    engaging.said(activity, by=world.officer, contact=mine)
    activity.partnerships.all().delete()

    assert "contributions" not in held(world.officer, mine.person)


@pytest.mark.parametrize(
    ("of_other", "purpose"), [(True, READ_OWN_RECORD), (False, WITHDRAW_CONSENT)]
)
def test_download_when_the_link_is_for_another_person_or_purpose_then_is_empty(
    person: Person, world: World, of_other: bool, purpose: str
) -> None:
    other = engaging.contact(world.officer, name="Bilal Khan").person
    resident = Resident(other.pk if of_other else person.pk, purpose)

    assert held(resident, person) == {}


def test_download_when_rows_grow_then_asks_no_more_questions(
    world: World, resident: Resident, person: Person, django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(40) as few:
        held(resident, person)
    mine = Contact.objects.filter(person=person, organisation=world.own).get()
    activity = engaging.activity(world.officer)
    for _ in range(5):
        engaging.came(engaging.session(activity, by=world.officer), mine, by=world.officer)
        engaging.said(activity, by=world.officer, contact=mine)

    with django_assert_max_num_queries(len(few)):
        held(resident, person)


def test_download_when_two_persons_are_joined_then_holds_both(world: World) -> None:
    one = engaging.contact(world.officer)
    two = engaging.contact(world.officer, name="Bilal")
    persons.join(by=world.officer, contact=one, other=two)

    sections = held(Resident(one.person_id, READ_OWN_RECORD), one.person)

    assert len(sections["details"]) == 1
