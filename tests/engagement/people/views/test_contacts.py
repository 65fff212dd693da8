"""People and what they said, through their pages: scope, the trail, and what others may read."""

import re
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


def write_down(house: SimpleNamespace, activity: Activity, *words: str) -> list[Contribution]:
    return contributions.record_many(
        by=house.officer,
        activity=activity,
        contributions=[NewContribution(one) for one in words],
        how_it_came="in_person",
        received_on=None,
    )


@pytest.mark.parametrize(
    ("box", "things"),
    [
        ("The hours are short\nThe bus is late\n\n", ["The hours are short", "The bus is late"]),
        ("First line\nits second line\n\nAnother", ["First line\nits second line", "Another"]),
        ("=1+1 <script>alert(1)</script> ✊🏾", ["=1+1 <script>alert(1)</script> ✊🏾"]),
    ],
)
def test_said_when_many_are_typed_in_one_box_then_each_stands_alone(
    house: SimpleNamespace,
    sign_in: SignIn,
    activity: Activity,
    session: Session,
    box: str,
    things: list[str],
) -> None:
    answers = {"words": box, "who": "group", "how_it_came": "survey", "session": session.pk}

    page = sign_in(house.officer).post(
        reverse("contribution-add", args=[activity.pk]), answers, follow=True
    )

    assert list(Contribution.objects.values_list("words", flat=True)) == things
    assert set(Contribution.objects.values_list("is_group", "how_it_came", "session")) == {
        (True, "survey", session.pk)
    }
    assert "<script>alert" not in page.content.decode()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"words": " \n "}, "words"),
        ({"words": "x" * 5001}, "words"),
        ({"words": "a\x00b"}, "words"),
        (
            {"received_on-day": "1", "received_on-month": "1", "received_on-year": "2090"},
            "received_on",
        ),
    ],
)
def test_said_when_an_answer_is_wrong_then_is_refused_beside_it(
    house: SimpleNamespace,
    sign_in: SignIn,
    shown: dict[str, Any],
    activity: Activity,
    changes: dict[str, str],
    field: str,
) -> None:
    answers = {"words": "Something", "who": "nobody", "how_it_came": "survey", **changes}

    sign_in(house.officer).post(reverse("contribution-add", args=[activity.pk]), answers)

    assert list(shown["form"].errors) == [field]
    assert not Contribution.objects.exists()


def test_said_when_read_by_others_then_own_words_stay_with_their_recorder(
    house: SimpleNamespace, sign_in: SignIn, activity: Activity
) -> None:
    write_down(house, activity, "Ring me on 020 7946 0000")
    address = reverse("contribution-list", args=[activity.pk])

    own = sign_in(house.officer).get(address).content.decode()
    lead = sign_in(house.people[Role.LEAD]).get(address).content.decode()
    analyst = sign_in(house.people[Role.ANALYST]).get(address).content.decode()

    assert "020 7946 0000" in own
    assert "020 7946" not in lead + analyst
    assert "[telephone number]" in lead
    assert "[telephone number]" not in analyst, "nobody has checked it yet"


def test_said_when_person_is_found_then_words_are_theirs_and_their_name_is_taken_out(
    house: SimpleNamespace, sign_in: SignIn, activity: Activity, meet: Meet
) -> None:
    person = meet("Rosa Bloom")
    client = sign_in(house.officer)

    found = client.get(
        reverse("contribution-find-person", args=[activity.pk]) + "?q=rosa"
    ).content.decode()
    address = reverse("contribution-by", args=[activity.pk, person.pk])
    client.post(address, {"words": "I am Rosa Bloom", "how_it_came": "letter"})

    assert address in found
    contribution = Contribution.objects.get()
    assert (contribution.contact, contribution.redacted) == (person, "I am [name]")


def test_redaction_when_checked_then_others_read_the_new_words(
    house: SimpleNamespace, sign_in: SignIn, activity: Activity
) -> None:
    (contribution,) = write_down(house, activity, "My neighbour at number 9")
    address = reverse("contribution-check", args=[contribution.pk])

    page = sign_in(house.people[Role.LEAD]).post(
        address, {"redacted": "My [neighbour]"}, follow=True
    )

    assert "My [neighbour]" in page.content.decode()
    assert Contribution.objects.get().is_redaction_checked


def test_said_when_rows_grow_then_asks_no_more_questions(
    house: SimpleNamespace, sign_in: SignIn, activity: Activity, django_assert_max_num_queries: Any
) -> None:
    client, address = sign_in(house.officer), reverse("contribution-list", args=[activity.pk])
    write_down(house, activity, "One")
    with django_assert_max_num_queries(100) as one:
        client.get(address)
    write_down(house, activity, *(f"More {number}" for number in range(100)))

    with django_assert_max_num_queries(len(one)):
        page = client.get(address).content.decode()

    assert "Showing 1 to 25 of 101 comments" in page


def test_person_when_opened_then_the_trail_keeps_it(
    house: SimpleNamespace, sign_in: SignIn, meet: Meet
) -> None:
    person = meet("Rosa Bloom", email="rosa@example.org", agreed_to=["told_what_came"])

    page = sign_in(house.officer).get(reverse("contact-detail", args=[person.pk])).content.decode()

    assert "To be told what happened as a result" in page
    event = AuditEvent.objects.get(event=Event.CONTACT_READ)
    assert (event.by, event.subject_id) == (house.officer, str(person.pk))


PERSON = [
    "contact-detail",
    "contact-edit",
    "contact-agree",
    "contact-withdraw",
    "contact-need",
    "contact-join",
    "contact-part",
]


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


def test_person_when_recognised_or_joined_then_what_was_not_kept_is_said(
    house: SimpleNamespace, sign_in: SignIn, shown: dict[str, Any], meet: Meet
) -> None:
    known = meet("Rosa Bloom", email="rosa@example.org")
    client = sign_in(house.officer)
    answers = {
        "name": "Rosa Bloom",
        "email": "rosa@example.org",
        "telephone": "020 7946 0000",
        "capacity": "resident",
        "organisation": house.own.pk,
        "agreed_how": "paper",
    }

    client.post(reverse("contact-add"), answers)
    same = shown["form"].fields["likeness"].choices[0][0]
    client.post(reverse("contact-add"), {**answers, "likeness": same})
    known.refresh_from_db()
    filled_in = known.telephone
    second = meet("Rosa Bloom", email="second@example.org")
    joined = client.post(
        reverse("contact-join", args=[known.pk]), {"other": second.pk}, follow=True
    ).content.decode()

    assert filled_in == "020 7946 0000"
    assert "Their email address is still rosa@example.org, not second@example.org." in joined


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"ends": "5pm"}, "ends"),
        ({"venue": ""}, "venue"),
        ({"begins": "soon"}, "begins"),
        ({"begins": "6:30", "ends": "8:30pm"}, "begins"),
        ({"day-year": "2020"}, "day"),
        ({"link": "javascript:alert(1)"}, "link"),
        ({"day-day": "31", "day-month": "2"}, "day"),
    ],
)
def test_session_when_an_answer_is_wrong_then_is_refused_beside_it(
    house: SimpleNamespace,
    sign_in: SignIn,
    shown: dict[str, Any],
    activity: Activity,
    changes: dict[str, str],
    field: str,
) -> None:
    answers = {
        "day-day": "1",
        "day-month": "6",
        "day-year": "2027",
        "begins": "6pm",
        "ends": "8pm",
        "venue": "Hall",
    }

    sign_in(house.officer).post(reverse("session-add", args=[activity.pk]), {**answers, **changes})

    assert list(shown["form"].errors) == [field]
    assert not Session.objects.exists()


def test_session_when_changed_then_keeps_london_time(
    house: SimpleNamespace, sign_in: SignIn, shown: dict[str, Any], activity: Activity
) -> None:
    client = sign_in(house.officer)
    answers = {
        "day-day": "1",
        "day-month": "6",
        "day-year": "2027",
        "begins": "6pm",
        "ends": "8pm",
        "venue": "Hall",
    }
    client.post(reverse("session-add", args=[activity.pk]), answers)
    session = Session.objects.get()

    client.get(reverse("session-edit", args=[session.pk]))

    assert shown["form"]["begins"].value() == "18:00"
    assert f"{session.starts_at:%H:%M}" == "17:00"
    assert (
        client.post(
            reverse("session-edit", args=[session.pk]), {**answers, "venue": "Barn"}
        ).status_code
        == 302
    )
    assert Session.objects.get().venue == "Barn"


def test_person_when_the_address_is_known_then_the_form_asks_with_everything_typed_kept(
    house: SimpleNamespace, sign_in: SignIn, shown: dict[str, Any], meet: Meet
) -> None:
    known = meet("Rosa Bloom", email="rosa@example.org", place=house.place)
    client = sign_in(house.officer)
    answers = {
        "name": "R. Bloom",
        "email": "ROSA@example.org",
        "capacity": "carer",
        "interests": "Gardens",
        "organisation": house.own.pk,
        "agreed_how": "paper",
    }

    page = client.post(reverse("contact-add"), answers).content.decode()
    choices = shown["form"].fields["likeness"].choices
    typed = shown["form"]["interests"].value()
    client.post(reverse("contact-add"), {**answers, "likeness": choices[0][0]})
    used = Contact.objects.count()
    client.post(reverse("contact-add"), {**answers, "likeness": choices[-1][0]})

    assert "Have you already added this person?" in page
    assert "The same person as Rosa Bloom" in page
    assert "Hackney · r•••@example.org" in page
    assert typed == "Gardens"
    assert used == 1
    assert list(Contact.objects.exclude(pk=known.pk).values_list("name", flat=True)) == ["R. Bloom"]


def test_person_when_the_organisation_holds_them_then_adding_them_leads_to_their_page(
    house: SimpleNamespace, sign_in: SignIn, shown: dict[str, Any], meet: Meet
) -> None:
    known = meet("Rosa Bloom", email="rosa@example.org")
    client = sign_in(house.officer)
    answers = {
        "name": "Rosa Bloom",
        "email": "Rosa@Example.org",
        "capacity": "resident",
        "organisation": house.own.pk,
        "agreed_how": "paper",
    }

    client.post(reverse("contact-add"), answers)
    same = shown["form"].fields["likeness"].choices[0][0]
    response = client.post(reverse("contact-add"), {**answers, "likeness": same})

    assert response.headers["Location"] == reverse("contact-detail", args=[known.pk])
    assert Contact.objects.get() == known


def test_person_when_another_organisation_has_the_address_then_no_page_shows_what_it_holds(
    house: SimpleNamespace, sign_in: SignIn, shown: dict[str, Any], meet: Meet
) -> None:
    theirs = meet("Secret Name", by=house.stranger, email="rosa@example.org", place=house.place)
    client = sign_in(house.officer)
    answers = {
        "name": "Rosa Bloom",
        "email": "rosa@example.org",
        "capacity": "resident",
        "organisation": house.own.pk,
        "agreed_how": "paper",
    }

    asked = client.post(reverse("contact-add"), answers).content.decode()
    yes = shown["form"].fields["likeness"].choices[0][0]
    done = client.post(
        reverse("contact-add"), {**answers, "likeness": yes}, follow=True
    ).content.decode()

    mine = Contact.objects.get(organisation=house.own)
    joining = client.get(reverse("contact-join", args=[mine.pk])).content.decode()
    assert "Is this the same person under another name?" in asked
    assert mine.person == theirs.person
    for page in (asked, done, joining):
        assert "Secret" not in page
        assert "Healthwatch Other" not in page
        assert f"/{theirs.pk}/" not in page


def test_people_when_joined_and_parted_through_the_pages_then_they_are_one_and_two(
    house: SimpleNamespace, sign_in: SignIn, meet: Meet
) -> None:
    client = sign_in(house.officer)
    kept, lost = meet("Rosa Bloom"), meet("Bloom Rosa")

    client.post(reverse("contact-join", args=[kept.pk]), {"other": lost.pk})
    page = client.post(reverse("contact-part", args=[kept.pk]), follow=True).content.decode()

    assert Contact.objects.get() == kept
    assert "Records separated." in page


def test_person_when_joined_silently_elsewhere_then_can_be_parted_without_being_shown(
    house: SimpleNamespace, sign_in: SignIn, meet: Meet
) -> None:
    theirs = meet("Rosa Bloom", by=house.stranger, email="rosa@example.org")
    mine = meet("Rosa Bloom", email="rosa@example.org")
    alone = meet("Tom Ash", email="tom@example.org")
    client = sign_in(house.officer)

    def pages(person: Contact) -> list[str]:
        part = reverse("contact-part", args=[person.pk])
        answers = [
            client.get(reverse("contact-detail", args=[person.pk])),
            client.get(part),
            client.post(part, follow=True),
        ]
        return [_without_what_differs(answer.content.decode(), person) for answer in answers]

    assert mine.person == theirs.person
    assert pages(mine) == pages(alone)
    assert Contact.objects.get(pk=mine.pk).person != theirs.person


def _without_what_differs(page: str, person: Contact) -> str:
    """A page without the details of its person and what is new in each answer."""
    for words in (person.name, person.email, f"/{person.pk}/"):
        page = page.replace(words, "…") if words else page
    return re.sub(r'nonce="[^"]*"|name="(csrfmiddlewaretoken|once)" value="[^"]*"', "…", page)
