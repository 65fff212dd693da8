"""Signing in: guesses are slowed down, and a new password is asked for without telling anything."""

import re
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from core import clock
from core.actors import SERVICE
from core.choices import Role
from core.models import SignInLinkRequest, User
from engagement.messaging import tasks
from engagement.messaging.actions import account_messages
from engagement.messaging.models import Delivery

PASSWORD = "three words together"
LOGIN = "/accounts/login/"
RESET = "/accounts/password/reset/"


@pytest.fixture(autouse=True)
def forgotten() -> None:
    """No guesses of other tests."""
    cache.clear()


@pytest.fixture
def account(people: dict[Role, User]) -> User:
    account = people[Role.LEAD]
    account.set_password(PASSWORD)
    account.save()
    return account


def sign_in(
    client: Client, account: User, password: str = PASSWORD, *, address: str = "10.0.0.1"
) -> bool:
    response = client.post(
        LOGIN, {"login": account.email, "password": password}, REMOTE_ADDR=address
    )
    return response.status_code == 302


def guess(account: User, *, times: int, address: str = "10.0.0.1") -> None:
    for turn in range(times):
        assert not sign_in(Client(), account, f"wrong {turn}", address=address)


def test_sign_in_when_guessed_too_often_then_refused_there_and_nowhere_else(
    account: User, people: dict[Role, User]
) -> None:
    colleague = people[Role.OFFICER]
    colleague.set_password(PASSWORD)
    colleague.save()
    guess(account, times=6)

    page = Client().post(
        LOGIN, {"login": account.email, "password": PASSWORD}, REMOTE_ADDR="10.0.0.1"
    )

    assert "too many times" in page.content.decode()
    assert sign_in(Client(), account, address="10.0.0.2")
    assert sign_in(Client(), colleague, address="10.0.0.1")


def test_sign_in_when_a_whole_office_mistypes_then_nobody_is_refused(
    people: dict[Role, User],
) -> None:
    for person in people.values():
        person.set_password(PASSWORD)
        person.save()
        guess(person, times=3)

    assert all(sign_in(Client(), person) for person in people.values())


def test_sign_in_when_guessed_too_often_from_the_same_address_then_a_known_browser_is_let_through(
    account: User,
) -> None:
    known = Client()
    assert sign_in(known, account)
    known.post("/accounts/logout/")
    guess(account, times=6)

    assert not sign_in(Client(), account)
    assert sign_in(known, account)


def test_sign_in_when_guessed_from_everywhere_then_strangers_are_refused_and_a_link_lets_in(
    account: User,
) -> None:
    for turn in range(20):
        guess(account, times=5, address=f"10.0.1.{turn}")
    owner = Client()
    assert not sign_in(owner, account, address="10.0.0.9")

    owner.post(RESET, {"email": account.email})
    tasks.send_waiting_deliveries()
    form = owner.get(link_in(mail.outbox[0]), follow=True)
    owner.post(
        form.request["PATH_INFO"],
        {"password1": "other words here", "password2": "other words here"},
    )

    home = owner.get("/staff/")
    assert home.status_code == 200
    assert "Your password has been changed." in home.content.decode()
    assert "Sign in with your new password" not in home.content.decode()
    owner.post("/accounts/logout/")
    assert sign_in(owner, account, "other words here", address="10.0.0.9")


def link_in(message: mail.EmailMessage) -> str:
    """The path of the sign-in link in a message."""
    found = re.search(r"http\S+/accounts/password/reset/key/\S+", str(message.body))
    assert found is not None
    return urlsplit(found[0]).path


@pytest.mark.django_db
def test_new_password_when_asked_for_then_the_same_is_done_whether_or_not_there_is_an_account(
    account: User, client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    answers = []
    for address in (account.email, "nobody@example.org"):
        client.get(RESET)
        with django_assert_num_queries(4):
            response = client.post(RESET, {"email": address})
        answers.append((response.status_code, response.headers["Location"]))

    assert answers[0] == answers[1]
    assert SignInLinkRequest.objects.count() == 2
    assert mail.outbox == []


def test_new_password_when_asked_for_then_the_worker_mails_one_link_under_the_address_of_the_site(
    account: User, client: Client, settings: Settings
) -> None:
    settings.BASE_URL = "https://participation.example.org"
    settings.ALLOWED_HOSTS = ["*"]
    for address in (account.email.upper(), account.email, "nobody@example.org"):
        client.post(RESET, {"email": address}, headers={"host": "evil.example"})

    tasks.send_waiting_deliveries()
    tasks.send_waiting_deliveries()

    (message,) = mail.outbox
    delivery = Delivery.objects.get(account=account)
    assert message.to == [account.email]
    assert "https://participation.example.org/accounts/password/reset/key/" in str(message.body)
    assert "evil.example" not in str(message.body)
    assert delivery.state == "sent"
    assert "/key/" not in delivery.variant.body
    assert not SignInLinkRequest.objects.filter(account=None).exists()


def test_new_password_when_asked_for_again_then_a_link_that_was_put_off_is_sent_at_once(
    account: User, client: Client
) -> None:
    client.post(RESET, {"email": account.email})
    account_messages.make_sign_in_links(by=SERVICE)
    hours = clock.now() + timedelta(hours=4)
    Delivery.objects.update(refused_since=clock.now(), retry_at=hours)
    tasks.send_waiting_deliveries()
    before = len(mail.outbox)

    client.post(RESET, {"email": account.email})
    tasks.send_waiting_deliveries()

    assert (before, len(mail.outbox)) == (0, 1)


def test_new_password_when_the_account_is_switched_off_then_no_link_is_sent(
    account: User, client: Client
) -> None:
    client.post(RESET, {"email": account.email})
    User.objects.update(is_active=False)

    tasks.send_waiting_deliveries()

    assert mail.outbox == []
    assert not SignInLinkRequest.objects.exists()


def test_password_when_changed_then_its_owner_is_told_by_the_worker(
    account: User, client: Client
) -> None:
    client.force_login(account)
    changed = client.post(
        "/accounts/password/change/",
        {"oldpassword": PASSWORD, "password1": "other words here", "password2": "other words here"},
    )

    in_request = list(mail.outbox)
    tasks.send_waiting_deliveries()

    assert changed.status_code == 302
    assert in_request == []
    (message,) = mail.outbox
    assert message.subject == "Your NEL Participation password has been changed"
