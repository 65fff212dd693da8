"""People through their pages: scope, the trail, what they agree to and need."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from core import clock
from core.choices import Role
from core.models import AuditEvent, User
from engagement.activities.actions import contributions, registers
from engagement.activities.actions.contributions import NewContribution
from engagement.activities.models import Activity, Contribution, Session
from engagement.people.actions import contacts
from engagement.people.choices import Event
from engagement.people.models import Consent, Contact

SignIn = Callable[[User], Client]
Meet = Callable[..., Contact]


PERSON = [
    "contact-detail",
    "contact-edit",
    "contact-agree",
    "contact-withdraw",
    "contact-need",
    "contact-join",
    "contact-part",
]


def test_person_when_opened_then_the_trail_keeps_it(
    house: SimpleNamespace, sign_in: SignIn, meet: Meet
) -> None:
    person = meet("Rosa Bloom", email="rosa@example.org", agreed_to=["told_what_came"])

    page = sign_in(house.officer).get(reverse("contact-detail", args=[person.pk])).content.decode()

    assert "To be told what happened as a result" in page
    event = AuditEvent.objects.get(event=Event.CONTACT_READ)
    assert (event.by, event.subject_id) == (house.officer, str(person.pk))


@pytest.mark.parametrize("name", PERSON)
def test_person_when_of_another_organisation_then_is_not_found(
    house: SimpleNamespace, sign_in: SignIn, meet: Meet, name: str
) -> None:
    theirs = meet(by=house.stranger)

    assert sign_in(house.officer).get(reverse(name, args=[theirs.pk])).status_code == 404


@pytest.mark.parametrize("name", ["contact-list", "contact-add", *PERSON])
@pytest.mark.parametrize("role", [Role.ANALYST, Role.SECRETARY, Role.REVIEWER, Role.ADMINISTRATOR])
def test_person_when_role_may_not_see_people_then_is_forbidden(
    house: SimpleNamespace, sign_in: SignIn, meet: Meet, name: str, role: Role
) -> None:
    person = meet()
    args = [person.pk] if name in PERSON else []

    assert sign_in(house.people[role]).get(reverse(name, args=args)).status_code == 403


def test_people_when_searched_then_any_part_of_a_name_may_begin_so(
    house: SimpleNamespace, sign_in: SignIn, shown: dict[str, Any], meet: Meet
) -> None:
    for name in ("Rosa Bloom", "Tom Bloomfield", "Embla Ash"):
        meet(name)
    meet("Rosa Elsewhere", by=house.stranger)
    client = sign_in(house.officer)

    def names(asked: str) -> list[str]:
        client.get(reverse("contact-list"), {"q": asked})
        return [person.name for person in shown["people"]]

    assert names("bloom") == ["Rosa Bloom", "Tom Bloomfield"]
    assert names("rosa blo") == ["Rosa Bloom"]
    assert names("") == ["Embla Ash", "Rosa Bloom", "Tom Bloomfield"]


def test_people_when_rows_grow_then_asks_no_more_questions(
    house: SimpleNamespace, sign_in: SignIn, meet: Meet, django_assert_max_num_queries: Any
) -> None:
    client = sign_in(house.officer)
    meet("One", place=house.place)
    with django_assert_max_num_queries(100) as one:
        client.get(reverse("contact-list"))
    for number in range(20):
        meet(f"More {number}", place=house.place)

    with django_assert_max_num_queries(len(one)):
        client.get(reverse("contact-list"))


@pytest.mark.parametrize(
    ("channel", "field"), [("email", "email"), ("text", "telephone"), ("letter", "postal_address")]
)
def test_person_when_best_way_is_not_given_then_says_so_beside_it(
    house: SimpleNamespace,
    sign_in: SignIn,
    shown: dict[str, Any],
    meet: Meet,
    channel: str,
    field: str,
) -> None:
    person = meet()
    answers = {"name": "Rosa B", "capacity": "resident", "preferred_channel": channel}

    response = sign_in(house.officer).post(reverse("contact-edit", args=[person.pk]), answers)

    assert response.status_code == 200
    assert list(shown["form"].errors) == [field]
    assert shown["form"]["name"].value() == "Rosa B"


def test_person_when_added_then_belongs_to_own_organisation_with_what_they_agreed(
    house: SimpleNamespace, sign_in: SignIn
) -> None:
    answers = {
        "name": "Mia New",
        "email": "mia@example.org",
        "capacity": "carer",
        "organisation": house.own.pk,
        "agreed_to": ["told_what_came", "asked_again"],
        "agreed_how": "paper",
    }

    sign_in(house.officer).post(reverse("contact-add"), answers)

    person = Contact.objects.get()
    assert (person.organisation, person.preferred_channel, person.consents.count()) == (
        house.own,
        "email",
        2,
    )


def test_agreement_when_given_and_withdrawn_then_both_days_stand(
    house: SimpleNamespace, sign_in: SignIn, meet: Meet
) -> None:
    person, client = meet(email="rosa@example.org"), sign_in(house.officer)
    answers = {"purpose": "told_what_came", "how": "paper"}

    client.post(reverse("contact-agree", args=[person.pk]), answers)
    client.post(reverse("contact-withdraw", args=[person.pk]), answers)
    again = client.post(reverse("contact-withdraw", args=[person.pk]), answers)

    consent = person.consents.get()
    assert consent.withdrawn_at is not None
    assert "There is no active agreement to withdraw" in again.content.decode()


def test_agreement_when_there_is_no_way_to_tell_them_then_each_form_says_so_beside_the_field(
    house: SimpleNamespace, sign_in: SignIn, shown: dict[str, Any], session: Session, meet: Meet
) -> None:
    person, client = meet(), sign_in(house.officer)
    agreed = {"name": "Mia", "capacity": "resident", "agreed_to": ["told_what_came"]}

    client.post(reverse("contact-add"), {**agreed, "organisation": house.own.pk})
    new = shown["form"].errors
    client.post(reverse("register-add", args=[session.pk]), {"name": "Mia", "is_told": "on"})
    at_session = shown["new"].errors
    address = reverse("contact-agree", args=[person.pk])
    page = client.post(address, {"purpose": "told_what_came", "how": "paper"}).content.decode()
    later = shown["form"].errors

    assert list(new) == ["agreed_how", "email"]
    assert list(at_session) == ["email"]
    assert list(later) == ["purpose"]
    assert new["email"] == at_session["email"] == later["purpose"]
    assert f'href="{reverse("contact-edit", args=[person.pk])}">Add an email address' in page
    assert not Consent.objects.exists()


def test_address_when_it_is_wrong_and_the_last_of_somebody_who_agreed_then_asks_if_they_still_do(
    house: SimpleNamespace, sign_in: SignIn, shown: dict[str, Any], meet: Meet
) -> None:
    person = meet(email="wrong@example.org", agreed_to=["told_what_came", "asked_again"])
    client, address = sign_in(house.officer), reverse("contact-edit", args=[person.pk])
    answers = {"name": "Rosa", "capacity": "resident", "preferred_channel": "email"}

    before = client.get(address).content.decode()
    asked = client.post(address, answers).content.decode()
    errors, fields = list(shown["form"].errors), list(shown["form"].fields)
    client.post(address, answers | {"withdrawn_how": "in_person"})

    person.refresh_from_db()
    question = "If they no longer agree to be told or asked, how did they tell you?"
    assert question not in before
    assert question in asked
    assert fields.index("withdrawn_how") == fields.index("preferred_channel") + 1
    assert errors == ["email"]
    assert (person.name, person.email, person.preferred_channel) == ("Rosa", "", "")
    assert set(Consent.objects.values_list("withdrawn_how", flat=True)) == {"in_person"}


@pytest.mark.parametrize(
    ("role", "place", "whose"),
    [
        (Role.OFFICER, False, "People your organisation has added."),
        (
            Role.LEAD,
            True,
            "People your organisation has added, and people in Hackney, whichever organisation "
            "has added them.",
        ),
    ],
)
def test_people_when_listed_then_the_page_says_whose_they_are(
    house: SimpleNamespace, sign_in: SignIn, role: Role, place: bool, whose: str
) -> None:
    user = house.people[role]
    user.place = house.place if place else None
    user.save()

    page = sign_in(user).get(reverse("contact-list")).content.decode()

    assert f"<p>{whose} We record each time" in page


def test_people_when_listed_then_what_they_need_is_not_shown_of_all_at_once(
    house: SimpleNamespace, sign_in: SignIn, meet: Meet
) -> None:
    person = meet("Rosa Bloom")
    contacts.need(by=house.officer, contact=person, category="adjustment", need="Hearing loop")

    page = sign_in(house.officer).get(reverse("contact-list")).content.decode()

    assert "Rosa Bloom" in page
    assert "Hearing loop" not in page


def test_person_when_they_move_to_another_place_then_its_lead_is_led_back_to_the_list(
    house: SimpleNamespace, sign_in: SignIn, meet: Meet
) -> None:
    person = meet("Rosa Bloom", place=house.place)
    place_lead = User.objects.create(
        email="place@example.org", name="Pat", role=Role.LEAD, place=house.place
    )

    page = sign_in(place_lead).post(
        reverse("contact-edit", args=[person.pk]),
        {"name": "Rosa Bloom", "capacity": "resident", "place": ""},
        follow=True,
    )

    assert page.status_code == 200
    assert "Details saved." in page.content.decode()


def test_need_when_added_then_stands_on_the_page(
    house: SimpleNamespace, sign_in: SignIn, meet: Meet
) -> None:
    address = reverse("contact-need", args=[meet().pk])

    page = sign_in(house.officer).post(
        address, {"category": "information-format", "need": "Large print"}, follow=True
    )

    assert "Large print" in page.content.decode()


def test_need_when_changed_and_taken_away_then_the_page_follows_and_the_trail_keeps_it(
    house: SimpleNamespace, sign_in: SignIn, meet: Meet
) -> None:
    person, client = meet(), sign_in(house.officer)
    need = contacts.need(
        by=house.officer, contact=person, category="adjustment", need="Hearing lop"
    )
    one = [person.pk, need.pk]

    page = client.post(
        reverse("contact-need-edit", args=one),
        {"category": "adjustment", "need": "Hearing loop"},
        follow=True,
    ).content.decode()
    asked = client.get(reverse("contact-need-remove", args=one)).content.decode()
    client.post(reverse("contact-need-remove", args=one))

    assert "Hearing loop" in page
    assert "Hearing loop (adjustment to take part)" in asked
    assert not person.access_needs.exists()
    events = [Event.ACCESS_NEED_CHANGED, Event.ACCESS_NEED_REMOVED]
    assert AuditEvent.objects.filter(event__in=events).count() == 2
    assert not AuditEvent.objects.filter(about__contains="Hearing").exists()


@pytest.mark.parametrize("name", ["contact-need-edit", "contact-need-remove"])
def test_need_when_it_is_somebody_else_s_then_is_not_found(
    house: SimpleNamespace, sign_in: SignIn, meet: Meet, name: str
) -> None:
    theirs, mine = meet("Tom", by=house.stranger), meet()
    need = contacts.need(by=house.stranger, contact=theirs, category="adjustment", need="Ramp")
    client = sign_in(house.officer)

    for pk in (theirs.pk, mine.pk):
        assert client.post(reverse(name, args=[pk, need.pk])).status_code == 404
    assert theirs.access_needs.exists()


def test_person_when_opened_then_shows_what_they_came_to_and_said_in_what_one_works_on(
    house: SimpleNamespace,
    sign_in: SignIn,
    session: Session,
    log: Callable[..., Activity],
    meet: Meet,
    django_assert_max_num_queries: Any,
) -> None:
    place_lead = User.objects.create(
        email="place@example.org", name="Pat", role=Role.LEAD, place=house.place
    )
    elsewhere = log("Not mine", by=house.stranger, places=[], is_area_wide=True)
    person = meet("Rosa Bloom", place=house.place)
    client, address = sign_in(place_lead), reverse("contact-detail", args=[person.pk])
    said = NewContribution("The bus is late", contact=person)
    details: dict[str, Any] = {"how_it_came": "letter", "received_on": None}

    def speak(activity: Activity, by: User, *words: NewContribution) -> None:
        contributions.record_many(by=by, activity=activity, contributions=words, **details)

    registers.tick(by=house.officer, session=session, contacts=[person])
    speak(session.activity, house.officer, said)
    Contribution.objects.create(
        activity=elsewhere,
        contact=person,
        recorded_by=house.stranger,
        words="Secret",
        redacted="Secret",
        recorded_at=clock.now(),
    )
    with django_assert_max_num_queries(100) as one:
        page = client.get(address).content.decode()
    speak(session.activity, house.officer, *[said] * 10)
    with django_assert_max_num_queries(len(one)):
        client.get(address)

    assert "1 session." in page
    assert session.activity.title in page
    assert "The bus is late" in page
    assert "Secret" not in page


@pytest.mark.parametrize("words", ["(((", "---", "'", "@@@"])
def test_people_when_searched_by_no_word_at_all_then_nobody_is_found(
    house: SimpleNamespace, sign_in: SignIn, shown: dict[str, Any], meet: Meet, words: str
) -> None:
    meet()

    sign_in(house.officer).get(reverse("contact-list"), {"q": words})

    assert shown["people"] == []


@pytest.mark.parametrize("name", ["\u200b", " \u200d\ufeff", "\u3164"])
def test_person_when_the_name_shows_nothing_then_it_is_asked_again(
    house: SimpleNamespace, sign_in: SignIn, shown: dict[str, Any], meet: Meet, name: str
) -> None:
    address = reverse("contact-edit", args=[meet().pk])

    sign_in(house.officer).post(address, {"name": name, "capacity": "resident"})

    assert shown["form"].errors["name"] == ["Enter the name they like to be called"]
