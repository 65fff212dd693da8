"""The register through its page, with and without the page's script."""

from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from core import clock
from core.models import AuditEvent, User
from engagement.activities.actions import registers, sessions
from engagement.activities.choices import Event
from engagement.activities.models import Activity, Attendance, HeadCount, Session
from engagement.people.actions import contacts
from engagement.people.models import Contact

SignIn = Callable[[User], Client]
Meet = Callable[..., Contact]
SCRIPT = {"Accept": "application/json"}


def at(name: str, session: Session) -> str:
    return reverse(f"register-{name}", args=[session.pk])


def test_register_when_somebody_is_found_and_ticked_without_script_then_they_are_on_it(
    house: SimpleNamespace, sign_in: SignIn, session: Session, meet: Meet
) -> None:
    person = meet("Rosa Bloom")
    contacts.need(by=house.officer, contact=person, category="adjustment", need="Hearing loop")
    client = sign_in(house.officer)

    found = client.get(at("take", session) + "?q=bloo").content.decode()
    ticked = client.post(at("tick", session), {"person": [person.pk]}, follow=True).content.decode()

    assert "Rosa Bloom" in found
    assert "Hearing loop" in found
    assert "Added: Rosa Bloom." in ticked
    assert "1 person</strong> on the register" in ticked


def test_register_when_two_phones_tick_the_same_person_then_there_is_one_attendance(
    house: SimpleNamespace, sign_in: SignIn, session: Session, meet: Meet
) -> None:
    person = meet()
    client = sign_in(house.officer)

    replies = [
        client.post(at("tick", session), {"person": person.pk}, headers=SCRIPT).json()
        for _ in range(2)
    ]

    assert replies == [{"ticked": 1}, {"ticked": 1}]
    assert Attendance.objects.count() == 1


def test_register_when_unticked_then_only_that_person_is_removed(
    house: SimpleNamespace, sign_in: SignIn, session: Session, meet: Meet
) -> None:
    rosa, tom = meet("Rosa Bloom"), meet("Tom Ash")
    registers.tick(by=house.officer, session=session, contacts=[rosa, tom])

    sign_in(house.officer).post(at("untick", session), {"person": rosa.pk})

    assert list(Attendance.objects.values_list("contact__name", flat=True)) == ["Tom Ash"]


def test_register_when_a_tick_is_taken_away_without_script_then_saving_the_list_removes_it(
    house: SimpleNamespace, sign_in: SignIn, session: Session, meet: Meet
) -> None:
    rosa, tom = meet("Rosa Bloom"), meet("Tom Bloomfield")
    registers.tick(by=house.officer, session=session, contacts=[rosa])
    client = sign_in(house.officer)

    found = client.get(at("take", session) + "?q=bloom").content.decode()
    values = {"person": [tom.pk], "was_ticked": [rosa.pk]}
    page = client.post(at("tick", session), values, follow=True).content.decode()

    assert f'name="was_ticked" value="{rosa.pk}"' in found
    assert f'name="was_ticked" value="{tom.pk}"' not in found
    assert "Added: Tom Bloomfield. Removed: Rosa Bloom." in page
    assert list(Attendance.objects.values_list("contact__name", flat=True)) == ["Tom Bloomfield"]


def test_register_when_somebody_new_is_added_then_the_people_on_it_stand_above_the_empty_form(
    house: SimpleNamespace, sign_in: SignIn, session: Session
) -> None:
    page = sign_in(house.officer).post(at("add", session), {"name": "Mia"}, follow=True)

    words = page.content.decode()
    main = words[words.index("<main") :]
    assert main.index(">On the register</h2>") < main.index(">Someone new</h2>")
    assert 'href="#new"' in main[: main.index(">On the register</h2>")]


def test_register_when_saved_unchanged_then_nothing_is_recorded(
    house: SimpleNamespace, sign_in: SignIn, session: Session, meet: Meet
) -> None:
    rosa = meet("Rosa Bloom")
    registers.tick(by=house.officer, session=session, contacts=[rosa])
    before = AuditEvent.objects.count()

    values = {"person": [rosa.pk], "was_ticked": [rosa.pk]}
    page = sign_in(house.officer).post(at("tick", session), values, follow=True).content.decode()

    assert "Nothing has changed on the register." in page
    assert AuditEvent.objects.count() == before


def test_register_when_somebody_not_ticked_is_taken_off_then_nothing_is_recorded(
    house: SimpleNamespace, sign_in: SignIn, session: Session, meet: Meet
) -> None:
    rosa = meet()

    reply = sign_in(house.officer).post(at("untick", session), {"person": rosa.pk}, headers=SCRIPT)

    assert reply.json() == {"ticked": 0}
    assert not AuditEvent.objects.filter(event=Event.ATTENDANCE_REMOVED).exists()


@pytest.mark.parametrize("name", ["tick", "untick"])
def test_register_when_a_person_is_known_elsewhere_or_nowhere_then_is_refused_in_the_same_words(
    house: SimpleNamespace, sign_in: SignIn, session: Session, meet: Meet, name: str
) -> None:
    theirs = meet("Secret Name", by=house.stranger)
    client = sign_in(house.officer)

    replies = [
        client.post(at(name, session), {"person": person}, headers=SCRIPT)
        for person in (theirs.pk, theirs.pk + 1000, "x")
    ]

    assert {reply.status_code for reply in replies} == {422}
    assert {reply.json()["problem"] for reply in replies} == {registers.NOT_KNOWN}


def test_register_when_nobody_is_ticked_then_page_and_script_are_told(
    house: SimpleNamespace, sign_in: SignIn, session: Session
) -> None:
    client = sign_in(house.officer)

    page = client.post(at("tick", session), {})
    script = client.post(at("tick", session), {}, headers=SCRIPT)

    assert page.status_code == 422
    assert "Select at least 1 person" in page.content.decode()
    assert script.json()["problem"].startswith("Select at least 1 person")


def test_register_when_somebody_is_new_then_they_are_added_with_their_consents_and_ticked(
    house: SimpleNamespace, sign_in: SignIn, session: Session
) -> None:
    values = {"name": "Mia <b>New</b>", "email": "mia@example.org", "is_told": "on"}

    page = sign_in(house.officer).post(at("add", session), values, follow=True).content.decode()

    person = Contact.objects.get()
    assert (person.organisation, person.preferred_channel) == (house.own, "email")
    assert list(person.consents.values_list("purpose", flat=True)) == ["told_what_came"]
    assert Attendance.objects.get().contact == person
    assert "Mia &lt;b&gt;New&lt;/b&gt;" in page


def test_register_when_the_address_of_a_new_person_is_not_valid_then_everything_typed_is_kept(
    house: SimpleNamespace, sign_in: SignIn, session: Session
) -> None:
    response = sign_in(house.officer).post(
        at("add", session), {"name": "Mia New", "email": "mia at home"}
    )

    page = response.content.decode()
    assert "Enter an email address in the correct format" in page
    assert 'value="Mia New"' in page
    assert 'value="mia at home"' in page
    assert not Contact.objects.exists()


def test_register_when_heads_are_counted_again_then_the_last_count_is_kept(
    house: SimpleNamespace, sign_in: SignIn, session: Session
) -> None:
    client = sign_in(house.officer)
    client.post(at("count", session), {"count": "12"})

    client.post(at("count", session), {"count": "1,015", "is_estimated": "on"})

    assert HeadCount.objects.values_list("count", "is_estimated").get() == (1015, True)


def test_register_when_a_count_is_saved_and_its_reply_is_lost_then_sending_it_again_is_no_conflict(
    house: SimpleNamespace, sign_in: SignIn, session: Session
) -> None:
    client = sign_in(house.officer)
    queued = {"count": "12", "seen": ":"}
    client.post(at("count", session), queued, headers=SCRIPT)

    again = client.post(at("count", session), queued, headers=SCRIPT)
    other = client.post(at("count", session), {**queued, "count": "15"}, headers=SCRIPT)
    replaced = client.post(
        at("count", session), {"count": "15", "seen": other.json()["seen"]}, headers=SCRIPT
    )

    assert again.status_code == 200
    assert other.status_code == 422
    assert other.json()["problem"] == (
        "Someone else has changed the head count. How many more people came? 12; "
        "This is an estimate No. Save again to replace it."
    )
    assert replaced.status_code == 200
    assert HeadCount.objects.get().count == 15


def test_register_when_count_is_not_a_number_then_its_error_shows(
    house: SimpleNamespace, sign_in: SignIn, session: Session
) -> None:
    page = sign_in(house.officer).post(at("count", session), {"count": "a few"}).content.decode()

    assert "Enter a whole number, like 12" in page
    assert 'value="a few"' in page


def test_register_when_session_is_to_come_then_nobody_can_be_ticked(
    house: SimpleNamespace, sign_in: SignIn, activity: Activity, meet: Meet
) -> None:
    start = clock.now() + timedelta(days=2)
    later = sessions.add(
        by=house.officer,
        activity=activity,
        starts_at=start,
        ends_at=start + timedelta(hours=1),
        venue="Hall",
    )
    client = sign_in(house.officer)

    response = client.post(at("tick", later), {"person": meet().pk}, headers=SCRIPT)

    assert response.status_code == 422
    assert "has not taken place yet" in response.json()["problem"]
    assert "You can take the register on the day" in client.get(at("take", later)).content.decode()


@pytest.mark.parametrize("name", ["take", "tick", "untick", "count", "add"])
def test_register_when_session_is_another_organisation_s_then_is_not_found(
    house: SimpleNamespace, sign_in: SignIn, session: Session, name: str
) -> None:
    client = sign_in(house.stranger)

    response = (
        client.get(at(name, session))
        if name == "take"
        else client.post(at(name, session), {"count": "1"})
    )

    assert response.status_code == 404


def test_register_when_person_is_another_organisation_s_then_is_neither_found_nor_ticked(
    house: SimpleNamespace, sign_in: SignIn, session: Session, meet: Meet
) -> None:
    theirs = meet("Rosa Bloom", by=house.stranger)
    client = sign_in(house.officer)

    found = client.get(at("take", session) + "?q=Rosa").content.decode()
    response = client.post(at("tick", session), {"person": theirs.pk}, headers=SCRIPT)

    assert "No one on your list has" in found
    assert response.status_code == 422
    assert "Rosa" not in response.json()["problem"]
    assert not Attendance.objects.exists()


def test_register_when_partners_ticked_their_own_people_then_these_are_a_number_alone(
    house: SimpleNamespace, sign_in: SignIn, session: Session, meet: Meet
) -> None:
    session.activity.partners.add(house.other)
    mine, theirs = meet("Rosa Bloom"), meet("Secret Name", by=house.stranger)
    registers.tick(by=house.officer, session=session, contacts=[mine])
    registers.tick(by=house.stranger, session=session, contacts=[theirs])
    client = sign_in(house.officer)

    page = client.get(at("take", session)).content.decode()
    refused = client.post(at("untick", session), {"person": theirs.pk}, headers=SCRIPT)

    assert "1 person</strong> on the register" in page
    assert "Other organisations have added 1 person" in page
    assert "Rosa Bloom" in page
    assert "Secret" not in page
    assert refused.status_code == 422
    assert "Secret" not in refused.json()["problem"]
    assert Attendance.objects.count() == 2


def test_register_when_rows_grow_then_it_makes_no_more_queries(
    house: SimpleNamespace,
    sign_in: SignIn,
    session: Session,
    meet: Meet,
    django_assert_max_num_queries: Any,
) -> None:
    client = sign_in(house.officer)

    def arrive(number: int) -> None:
        person = meet(f"Person {number}")
        contacts.need(by=house.officer, contact=person, category="adjustment", need="Ramp")
        registers.tick(by=house.officer, session=session, contacts=[person])
        contacts.need(
            by=house.officer,
            contact=meet(f"Person {number} B"),
            category="adjustment",
            need="Ramp",
        )

    arrive(0)
    with django_assert_max_num_queries(100) as one:
        client.get(at("take", session) + "?q=person")
    for number in range(1, 15):
        arrive(number)

    with django_assert_max_num_queries(len(one)):
        client.get(at("take", session) + "?q=person")


def test_register_when_requested_by_htmx_then_it_is_only_the_people_found(
    house: SimpleNamespace, sign_in: SignIn, session: Session, meet: Meet
) -> None:
    registers.tick(by=house.officer, session=session, contacts=[meet("Rosa Bloom")])

    part = (
        sign_in(house.officer)
        .get(at("take", session), headers={"HX-Request": "true"})
        .content.decode()
    )

    assert "<html" not in part
    assert "Rosa Bloom" in part
    assert "checked" in part


def test_register_when_somebody_new_has_a_known_number_then_it_asks_and_ticks_the_one_chosen(
    house: SimpleNamespace,
    sign_in: SignIn,
    shown: dict[str, Any],
    session: Session,
    meet: Meet,
) -> None:
    known = meet("Rosa Bloom", telephone="020 7946 0000")
    client = sign_in(house.officer)
    values = {"name": "Rosa", "telephone": "+44 20 7946 0000"}

    page = client.post(at("add", session), values)
    asked = page.content.decode()
    choice = shown["new"].fields["likeness"].choices[0][0]
    client.post(at("add", session), {**values, "likeness": choice})

    assert page.status_code == 422
    assert "telephone ends 0000" in asked
    assert "020 7946 0000" not in asked
    assert known.attendances.get().session == session
    assert Contact.objects.count() == 1


def test_register_when_a_script_adds_a_known_address_then_gets_the_question_and_may_answer_it(
    house: SimpleNamespace, sign_in: SignIn, session: Session, meet: Meet
) -> None:
    known = meet("Rosa Bloom", email="rosa@example.org")
    client = sign_in(house.officer)
    answers = {"name": "R. Bloom", "email": "rosa@example.org"}

    refused = client.post(at("add", session), answers, headers=SCRIPT)
    question = refused.json()["question"]
    same, different = question["answers"]
    sent = {**answers, question["name"]: same["value"]}
    taken = client.post(at("add", session), sent, headers=SCRIPT)

    assert refused.status_code == 422
    assert question["question"] == "Have you already added this person?"
    assert (same["label"], same["hint"]) == ("The same person as Rosa Bloom", "r•••@example.org")
    assert different["label"] == "A different person"
    assert taken.json() == {"ticked": 1}
    assert Attendance.objects.get().contact == known


def test_register_when_a_script_is_refused_for_another_reason_then_there_is_no_question(
    house: SimpleNamespace, sign_in: SignIn, session: Session
) -> None:
    refused = sign_in(house.officer).post(at("add", session), {"name": ""}, headers=SCRIPT)

    assert refused.json() == {"problem": "Enter the name they like to be called"}
