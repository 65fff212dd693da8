"""People who may be known already, through their pages: asked, joined and parted."""

import re
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

from django.test import Client
from django.urls import reverse

from core.models import User
from engagement.people.models import Contact

SignIn = Callable[[User], Client]
Meet = Callable[..., Contact]


def _without_what_differs(page: str, person: Contact) -> str:
    """A page without the details of its person and what is new in each answer."""
    for words in (person.name, person.email, f"/{person.pk}/"):
        page = page.replace(words, "…") if words else page
    return re.sub(r'nonce="[^"]*"|name="(csrfmiddlewaretoken|once)" value="[^"]*"', "…", page)


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
