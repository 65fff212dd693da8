"""Persons known to several: one human counted and written to once, and nobody shown to others."""

import re
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from core import access
from core.acting import Refused
from core.models import AuditEvent
from engagement.activities.models import Contribution
from engagement.messaging.actions import messages
from engagement.messaging.models import Delivery
from engagement.people.actions import contacts, persons
from engagement.people.actions.contacts import LikenessFound
from engagement.people.choices import LikenessAnswer
from engagement.people.models import AccessNeed, Consent, Contact, Person, PersonDistinction
from engagement.people.models.normalised import email_key, search_words, telephone_key
from engagement.people.permissions import Permission
from engagement.people.selectors import likenesses
from engagement.people.selectors.contacts import found_by
from tests.factories import engaging
from tests.factories.world import World

DIFFERENT, ELSEWHERE = LikenessAnswer.DIFFERENT, LikenessAnswer.ELSEWHERE


def add(by: Any, name: str = "Amina Khan", email: str = "a@example.org", **details: Any) -> Contact:
    return engaging.contact(by, name=name, email=email, **details)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({"email": "a@example.org"}, {"email": " A@Example.ORG"}),
        ({"email": "", "telephone": "020 7946 0000"}, {"email": "", "telephone": "+442079460000"}),
        (
            {"email": "", "telephone": "00 44 (0)20 7946-0000"},
            {"email": "", "telephone": "02079460000"},
        ),
    ],
    ids=["email", "with country", "with zero"],
)
def test_person_when_another_organisation_has_the_same_address_and_name_then_it_is_one_person(
    world: World, first: dict[str, str], second: dict[str, str]
) -> None:
    one = add(world.officer, "Zoë Müller-Öz", **first)
    two = add(
        world.other_officer,
        "MULLER OZ zoe",
        **{"email": second["email"].strip()}
        | {name: value for name, value in second.items() if name != "email"},
    )

    assert one.person == two.person
    assert one.pk != two.pk
    assert Person.objects.count() == 1


def test_person_when_own_organisation_has_the_address_then_is_asked_and_nothing_is_kept(
    world: World,
) -> None:
    known = add(world.officer)

    with pytest.raises(LikenessFound) as asked:
        add(world.colleague, "Amina Khan")

    assert asked.value.found.seen == (known,)
    assert Contact.objects.count() == Person.objects.count() == 1


def test_person_when_said_to_be_the_same_then_the_contact_is_used_with_what_they_agreed_to(
    world: World,
) -> None:
    known = add(world.officer, agrees=False)

    with pytest.raises(LikenessFound) as asked:
        add(world.officer, "Amina")
    again = add(world.officer, "Amina", likeness=asked.value.answer_for(known))

    assert again == known
    assert Contact.objects.count() == 1
    assert Consent.objects.get().contact == known


def test_person_when_said_to_be_different_then_there_are_two_and_it_is_remembered(
    world: World,
) -> None:
    known = add(world.officer)

    other = add(world.officer, "Bilal Khan", likeness=DIFFERENT)
    contacts.change(by=world.officer, contact=other, name="Bilal K", email="A@example.org")

    pair = PersonDistinction.objects.get()
    assert (pair.person_a, pair.person_b) == (known.person, other.person)
    assert pair.decided_by == world.officer


def test_person_when_the_name_differs_elsewhere_then_is_asked_without_showing_whose(
    world: World,
) -> None:
    theirs = add(world.other_officer, "Rosa Bloom")

    with pytest.raises(LikenessFound) as asked:
        add(world.officer, "Amina Khan")
    mine = add(world.officer, likeness=asked.value.answer_for(ELSEWHERE))

    assert asked.value.found.seen == ()
    assert "Rosa" not in str(asked.value)
    assert mine.person == theirs.person
    assert mine.name == "Amina Khan"


def test_person_when_several_unseen_share_the_address_then_nobody_is_asked(world: World) -> None:
    add(world.other_officer, "Rosa Bloom")
    add(world.other_officer, "Tom Bloom", likeness=DIFFERENT)

    mine = add(world.officer, "Amina Khan")

    assert Person.objects.count() == 3
    assert not PersonDistinction.objects.filter(person_b=mine.person).exists()


def test_person_when_said_to_be_different_then_no_namesake_elsewhere_is_taken_for_them(
    world: World,
) -> None:
    known = add(world.officer, "Rosa Bloom")
    theirs = add(world.other_officer, "Amina Khan", likeness=DIFFERENT)

    with pytest.raises(LikenessFound) as asked:
        add(world.officer, "Amina Khan")
    mine = add(world.officer, "Amina Khan", likeness=asked.value.answer_for(DIFFERENT))
    contacts.change(by=world.officer, contact=mine, email="b@example.org")
    mine = contacts.change(by=world.officer, contact=mine, email="a@example.org")

    assert len({known.person_id, theirs.person_id, mine.person_id}) == 3


def test_person_when_several_namesakes_were_decided_to_be_different_then_none_is_picked(
    world: World,
) -> None:
    first = add(world.other_officer)
    second = add(world.other_officer, likeness=DIFFERENT)

    mine = add(world.officer)
    changed = add(world.partner_officer, email="b@example.org")
    changed = contacts.change(by=world.partner_officer, contact=changed, email="a@example.org")

    persons_known = {one.person_id for one in (first, second, mine, changed)}
    assert len(persons_known) == 4


def test_person_when_named_as_a_contact_one_may_not_see_then_is_asked_and_not_given(
    world: World,
) -> None:
    theirs = add(world.other_officer, "Rosa Bloom")

    with pytest.raises(LikenessFound):
        add(world.officer, "Amina", likeness=str(theirs.pk))


def test_answer_when_given_to_another_question_then_is_asked_again(world: World) -> None:
    add(world.officer)
    with pytest.raises(LikenessFound) as asked:
        add(world.officer, "Bilal")
    answer = asked.value.answer_for(DIFFERENT)
    add(world.colleague, "Third", likeness=DIFFERENT)

    with pytest.raises(LikenessFound):
        add(world.officer, "Bilal", likeness=answer)


def test_person_when_changed_to_share_an_address_then_is_asked_and_may_be_joined(
    world: World,
) -> None:
    known = add(world.officer, agrees=True)
    other = add(world.officer, "Amina K", email="b@example.org", agrees=False)

    with pytest.raises(LikenessFound) as asked:
        contacts.change(by=world.officer, contact=other, email="a@example.org")
    contacts.change(
        by=world.officer,
        contact=other,
        email="a@example.org",
        likeness=asked.value.answer_for(known),
    )

    assert Contact.objects.get() == other
    assert Consent.objects.get().contact == other
    assert AuditEvent.objects.filter(event="persons joined").exists()


def test_person_when_changed_to_share_with_a_namesake_elsewhere_then_they_are_joined_silently(
    world: World,
) -> None:
    theirs = add(world.other_officer)
    mine = add(world.officer, email="b@example.org")

    contacts.change(by=world.officer, contact=mine, email="a@example.org")

    assert Contact.objects.get(pk=mine.pk).person == Contact.objects.get(pk=theirs.pk).person
    assert Person.objects.count() == 1


def test_joined_when_one_organisation_holds_both_then_what_was_recorded_moves(
    world: World,
) -> None:
    activity = engaging.activity(world.officer)
    session = engaging.session(activity, by=world.officer)
    kept = add(world.officer, email="", telephone="020 7946 0001", agrees=False)
    lost = add(world.officer, "Amina K", email="k@example.org")
    contacts.need(by=world.officer, contact=lost, category="information-format", need="Braille")
    for person in (kept, lost):
        engaging.came(session, person, by=world.officer)
        engaging.said(activity, by=world.officer, contact=person)

    persons.join(by=world.officer, contact=kept, other=lost)

    kept.refresh_from_db()
    assert kept.email == "k@example.org"
    assert kept.attendances.count() == 1
    assert Contribution.objects.filter(contact=kept).count() == 2
    assert AccessNeed.objects.get().contact == Consent.objects.get().contact == kept
    assert Person.objects.count() == Contact.objects.count() == 1


def test_joined_when_the_other_may_not_be_seen_then_is_refused(world: World) -> None:
    mine, theirs = add(world.officer), add(world.other_officer, email="b@example.org")

    with pytest.raises(Refused):
        persons.join(by=world.officer, contact=mine, other=theirs)

    assert Person.objects.count() == 2


def test_parted_when_they_are_two_then_it_is_remembered_and_deliveries_follow(
    world: World,
) -> None:
    activity = engaging.activity(world.officer, partners=[world.other])
    theirs = add(world.other_officer)
    mine = add(world.officer)
    for person, by in ((theirs, world.other_officer), (mine, world.officer)):
        engaging.said(activity, by=by, contact=person)
    messages.approve(by=world.lead, message=engaging.notice(activity, by=world.officer))
    told = Delivery.objects.get()

    parted = persons.part(by=world.other_officer, contact=told.resident)
    contacts.change(by=world.other_officer, contact=parted, email="A@example.org")

    told.refresh_from_db()
    assert told.person == parted.person
    assert Person.objects.count() == 2


def test_parted_when_joined_with_nobody_then_nothing_changes_and_nothing_says_so(
    world: World,
) -> None:
    alone = add(world.officer)

    parted = persons.part(by=world.officer, contact=alone)

    assert parted.person == alone.person
    assert Person.objects.count() == 1
    assert not PersonDistinction.objects.exists()


@pytest.mark.parametrize("name", ["Amina Khan", "Someone Else"])
def test_person_when_a_lead_adds_one_whom_the_organisation_holds_unseen_then_as_any_other(
    world: World, name: str
) -> None:
    theirs = add(world.officer, "Amina Khan", place=world.here)

    added = contacts.add(
        by=world.place_lead,
        organisation=world.own,
        name=name,
        email="a@example.org",
        likeness=ELSEWHERE,
    )

    assert added != theirs
    assert added.person != theirs.person
    assert added.place == world.there
    assert added in access.rows(world.place_lead, Permission.CONTACT_READ, Contact)
    assert theirs in likenesses.may_be_joined_with(world.lead, added)


def test_person_when_another_organisation_s_contact_is_of_one_held_already_then_is_not_shown(
    world: World,
) -> None:
    held = add(world.officer, email="own@example.org")
    theirs = add(world.other_officer, email="own@example.org")
    contacts.change(by=world.other_officer, contact=theirs, email="theirs@example.org")

    added = add(world.officer, email="theirs@example.org")

    assert held.person == Contact.objects.get(pk=theirs.pk).person != added.person


def test_join_when_names_differ_by_accents_only_then_both_are_offered(world: World) -> None:
    one = add(world.officer, "Zoë Müller-Öz", email="", agrees=False)
    two = add(world.officer, "zoe muller oz", email="", agrees=False)
    add(world.officer, "Zoë Ahmed", email="", agrees=False)

    assert likenesses.may_be_joined_with(world.officer, one) == [two]
    assert likenesses.may_be_joined_with(world.officer, two) == [one]


@pytest.mark.parametrize(
    ("kept", "lost", "stays"),
    [
        ("waiting", "sent", "sent"),
        ("cannot_reach", "waiting", "waiting"),
        ("failed", "waiting", "waiting"),
        ("cannot_reach", "by_hand", "by_hand"),
        ("by_hand", "in_doubt", "in_doubt"),
        ("waiting", "cannot_reach", "waiting"),
    ],
)
def test_joined_when_both_were_told_the_same_then_the_message_that_got_furthest_stays(
    world: World, kept: str, lost: str, stays: str
) -> None:
    activity = engaging.activity(world.officer)
    one, two = add(world.officer), add(world.officer, "Bilal", email="b@example.org")
    for person in (one, two):
        engaging.said(activity, by=world.officer, contact=person)
    messages.approve(by=world.lead, message=engaging.notice(activity, by=world.officer))
    for person, state in ((one, kept), (two, lost)):
        sent_at = activity.logged_at if state == "sent" else None
        Delivery.objects.filter(contact=person).update(state=state, sent_at=sent_at)

    persons.join(by=world.officer, contact=one, other=two)

    delivery = Delivery.objects.get()
    assert (delivery.state, delivery.contact, delivery.person) == (stays, one, one.person)


def test_person_when_known_to_two_organisations_then_is_told_once(world: World) -> None:
    activity = engaging.activity(world.officer, partners=[world.other])
    held = [(by, add(by)) for by in (world.officer, world.other_officer)]
    for by, person in held:
        engaging.said(activity, by=by, contact=person)
    messages.approve(by=world.lead, message=engaging.notice(activity, by=world.officer))

    assert Contact.objects.count() == 2
    assert Delivery.objects.count() == 1


def test_distinction_when_written_in_the_wrong_order_then_the_database_refuses(
    world: World,
) -> None:
    one, two = add(world.officer), add(world.officer, "Bilal", likeness=DIFFERENT)
    PersonDistinction.objects.all().delete()

    with pytest.raises(IntegrityError), transaction.atomic():
        PersonDistinction.objects.create(
            person_a=two.person,
            person_b=one.person,
            decided_by=world.officer,
            decided_at=one.added_at,
        )


@pytest.mark.parametrize(
    ("name", "email", "telephone"),
    [
        ("Łukasz Żółć", "LUKASZ@Example.org", "+44 (0)20 7946 0000"),
        ("Zoë İnan Đặng", "z@example.org", "07700 900 123"),
        ("ΑΘΗΝΑ Жанна", "a@example.org", "0044 7700 900123"),
        ("عائشة", "b@example.org", "+33 1 23 45 67 89"),
        ("Short", "c@example.org", "123456"),
        ("No zero", "d@example.org", "447700900123"),
    ],
)
def test_normal_forms_when_made_by_the_database_then_they_are_as_python_makes_them(
    world: World, name: str, email: str, telephone: str
) -> None:
    person = add(world.officer, name, email, telephone=telephone)

    person.refresh_from_db()
    assert person.email_key == email_key(email)
    assert person.telephone_key == telephone_key(telephone)
    number = telephone_key(telephone)
    numbers = {number, number[-6:], number[-4:]} - {""}
    assert set(re.findall(r"'((?:[^']|'')*)'", person.search_words)) == numbers | set(
        search_words(f"{name} {email}")
    )


@pytest.mark.parametrize(
    "typed",
    [
        "zoe",
        "ZOË",
        "mull",
        "mull zo",
        "z.m@ex",
        "020 7946",
        "+44 20 7946 0000",
        "46 0000",
        "0000",
        "zoë (müller)",
    ],
)
def test_people_when_searched_by_the_beginning_of_any_part_then_they_are_found(
    world: World, typed: str
) -> None:
    wanted = add(world.officer, "Zoë Müller", "z.m@example.org", telephone="020 7946 0000")
    add(world.officer, "Someone else", "s@example.org")

    assert list(found_by(Contact.objects.all(), typed)) == [wanted]


@pytest.mark.parametrize(
    "typed", ["'", "\\", "a' & 'b", "!zoe", "zoe:*", "zoe | someone", "7946", "()"]
)
def test_people_when_what_is_typed_could_be_a_query_then_it_is_taken_as_words(
    world: World, typed: str
) -> None:
    add(world.officer, "Zoë Müller", "z.m@example.org", telephone="020 7946 0000")

    assert list(found_by(Contact.objects.all(), typed)) == []
