"""A form that is sent after the sign-in ran out, and how long a sign-in lasts."""

import time
from typing import Any

import pytest
from django.conf import settings as project
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from core import tasks
from core.models import AuditEvent, User
from core.views import kept_forms
from engagement.activities.models import Activity, Attendance, Contribution
from tests.factories import engaging
from tests.factories.world import World

PASSWORD = "three words together"


@pytest.fixture
def officer(world: World) -> User:
    for person in (world.officer, world.lead):
        person.set_password(PASSWORD)
        person.save()
    return world.officer


@pytest.fixture
def client(officer: User) -> Client:
    """A browser in which the officer has signed in, whose sign-in has run out."""
    made = Client()
    sign_in(made, officer, "/staff/")
    Session.objects.all().delete()
    return made


def sign_in(client: Client, account: User, address: str) -> Any:
    """Sign in on the page that `address` led to, and follow it to where it leads."""
    return client.post(
        "/accounts/login/",
        {"login": account.email, "password": PASSWORD, "next": address},
        follow=True,
    )


def sent_signed_out(client: Client, address: str, data: dict[str, Any], **more: Any) -> str:
    """Send a form; the address that the sign-in page goes on to."""
    response = client.post(address, data, **more)
    login = response.headers["Location"]
    assert login.startswith("/accounts/login/?next=")
    assert not any(str(value) in login for value in data.values() if str(value))
    return login.partition("next=")[2]


def test_form_when_sent_signed_out_then_it_comes_back_filled_and_is_saved_when_pressed_again(
    client: Client, world: World, officer: User
) -> None:
    activity = engaging.activity(world.officer)
    address = reverse("session-add", args=[activity.pk])
    typed = {"venue": "A long evening", "note": "Half an hour of typing"}
    before = AuditEvent.objects.count()

    page = sign_in(client, officer, sent_signed_out(client, address, typed))

    assert page.status_code == 200
    assert page.request["PATH_INFO"] == address
    text = page.content.decode()
    assert kept_forms.SIGNED_OUT in text
    assert "A long evening" in text
    assert AuditEvent.objects.count() == before
    # Asked for again, the page is empty: nothing is kept for longer than needed.
    assert "A long evening" not in client.get(address).content.decode()


def test_form_when_complete_and_sent_signed_out_then_nothing_is_done_before_it_is_pressed_again(
    client: Client, world: World, officer: User
) -> None:
    activity = engaging.activity(world.officer)
    address = reverse("activity-cancel", args=[activity.pk])
    reason = {"reason": "The hall is flooded"}

    page = sign_in(client, officer, sent_signed_out(client, address, reason))
    status = Activity.objects.get().status
    client.post(address, reason)

    assert "The hall is flooded" in page.content.decode()
    assert status != "cancelled"
    assert Activity.objects.get().status == "cancelled"


def test_button_when_pressed_signed_out_then_the_page_asks_once_more_and_is_no_405(
    client: Client, world: World, officer: User
) -> None:
    activity = engaging.activity(world.officer)
    session = engaging.session(activity, by=world.officer)
    address = reverse("register-count", args=[session.pk])

    page = sign_in(client, officer, sent_signed_out(client, address, {"count": "17"}))

    text = page.content.decode()
    assert page.status_code == 200
    assert "This has not been saved yet" in text or kept_forms.SIGNED_OUT in text
    assert 'value="17"' in text


def test_page_of_comments_when_sent_signed_out_then_every_answer_is_back_and_none_is_saved(
    client: Client, world: World, officer: User
) -> None:
    activity = engaging.activity(world.officer)
    comments = [engaging.said(activity, by=world.officer) for _ in range(2)]
    address = reverse("contribution-check-page", args=[activity.pk])
    first, second = comments
    typed = {
        "comment": [first.pk, second.pk],
        f"comment-{first.pk}-redacted": "Breakfast comes late.",
        f"comment-{second.pk}-redacted": "Breakfast is cold.",
        f"comment-{second.pk}-later": "on",
    }

    page = sign_in(client, officer, sent_signed_out(client, address, typed))
    text = page.content.decode()
    saved = Contribution.objects.filter(redacted__contains="Breakfast comes late.").exists()
    client.post(address, typed)

    assert page.status_code == 200
    assert kept_forms.SIGNED_OUT in text
    assert "Breakfast comes late." in text
    assert "Breakfast is cold." in text
    assert text.count(" checked>") == 1
    assert not saved
    assert set(Contribution.objects.values_list("redacted", "is_redaction_checked")) == {
        ("Breakfast comes late.", True),
        ("Breakfast is cold.", False),
    }


def test_register_when_sent_signed_out_then_the_search_and_the_boxes_are_back(
    client: Client, world: World, officer: User
) -> None:
    session = engaging.session(engaging.activity(world.officer), by=world.officer)
    names = ("Rosa Bloom", "Tom Bloomfield", "Mia Bloomer")
    rosa, tom, mia = (engaging.contact(world.officer, name=name) for name in names)
    engaging.came(session, rosa, by=world.officer)
    address = reverse("register-tick", args=[session.pk])
    typed = {"q": "bloom", "person": [tom.pk], "was_ticked": [rosa.pk]}

    page = sign_in(client, officer, sent_signed_out(client, address, typed))

    text = page.content.decode()
    assert page.status_code == 200
    assert kept_forms.SIGNED_OUT in text
    assert 'name="q" value="bloom"' in text
    boxes = {one.pk: f'id="person-{one.pk}" data-person' for one in (rosa, tom, mia)}
    assert f"{boxes[tom.pk]} checked>" in text
    assert f"{boxes[rosa.pk]}>" in text
    assert f"{boxes[mia.pk]}>" in text
    assert list(Attendance.objects.values_list("contact", flat=True)) == [rosa.pk]


def test_form_when_somebody_else_signs_in_then_they_do_not_see_it(
    client: Client, world: World, officer: User
) -> None:
    activity = engaging.activity(world.officer)
    address = reverse("activity-cancel", args=[activity.pk])

    next_address = sent_signed_out(client, address, {"reason": "The hall is flooded"})
    page = sign_in(client, world.lead, next_address)
    back = client.get(address)

    assert page.request["PATH_INFO"] == "/staff/"
    assert "The hall is flooded" not in page.content.decode() + back.content.decode()


def test_form_when_the_browser_is_not_known_then_it_is_not_kept(world: World) -> None:
    client = Client()
    page = {"HTTP_REFERER": "http://testserver/staff/activities/"}

    assert sent_signed_out(client, "/staff/people/add/", {"name": "Nia"}, **page) == (
        "/staff/activities/"
    )
    assert not Session.objects.exists()


def test_form_when_its_page_looks_like_another_site_then_the_sign_in_leads_to_the_staff_home(
    client: Client,
) -> None:
    page = {"HTTP_REFERER": "http://testserver//evil.example/staff/"}

    assert sent_signed_out(Client(), "/staff/people/add/", {"name": "Nia"}, **page) == "/staff/"


def test_form_when_it_is_too_long_then_it_is_not_kept(client: Client) -> None:
    typed = {"name": "a" * 300_000}

    assert sent_signed_out(client, "/staff/people/add/", typed) == "/staff/"
    assert not Session.objects.exists()


def test_sign_in_when_used_then_it_lasts_from_then_on_and_is_stored_seldom(
    client: Client, officer: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    sign_in(client, officer, "/staff/")
    began = Session.objects.get().expire_date

    client.get("/staff/")
    soon = Session.objects.get().expire_date
    now = time.time()
    monkeypatch.setattr("core.views.sessions.time.time", lambda: now + 3600)
    client.get("/staff/")

    assert soon == began
    assert Session.objects.get().expire_date > began
    assert project.SESSION_COOKIE_AGE >= 12 * 60 * 60


def test_session_when_it_ran_out_then_what_is_kept_in_it_is_removed(
    client: Client, officer: User
) -> None:
    sent_signed_out(client, "/staff/people/add/", {"name": "Nia"})
    Session.objects.update(expire_date=timezone.now())

    tasks.clear_sessions()

    assert not Session.objects.exists()
