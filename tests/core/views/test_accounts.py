"""The pages of staff accounts."""

import pytest
from django.test import Client
from django.urls import reverse

from core.actions import refusals
from core.choices import CoreEvent, Outcome, Role
from core.models import AuditEvent, User

OTHERS = [role for role in Role if role != Role.ADMINISTRATOR]


@pytest.fixture
def admin(client: Client, people: dict[Role, User]) -> Client:
    client.force_login(people[Role.ADMINISTRATOR])
    return client


def test_account_when_made_then_in_the_list_and_in_the_trail(
    admin: Client, people: dict[Role, User]
) -> None:
    organisation = people[Role.OFFICER].organisation_id

    response = admin.post(
        reverse("account-make"),
        {
            "name": "Nia Example",
            "email": "Nia@Example.org",
            "role": "officer",
            "organisation": organisation,
        },
    )

    made = User.objects.get(email="nia@example.org")
    page = admin.get(reverse("account-list"), {"q": "nia"}).content.decode()
    assert response.status_code == 302
    assert not made.has_usable_password()
    assert "Nia Example" in page
    assert "Board secretary</a>" not in page
    assert AuditEvent.objects.filter(event="account made", about__startswith="Nia").exists()


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"role": "officer"}, "An engagement officer belongs to an organisation."),
        ({"role": "system"}, "Select an option from the list"),
        ({"role": "analyst", "email": "LEAD@example.org"}, "already"),
        ({"role": "analyst", "name": ""}, "Enter their name"),
        ({"role": "analyst", "name": "a\0b"}, "Remove the hidden character"),
    ],
)
def test_account_when_wrong_then_refused_and_typed_words_stay(
    admin: Client, sent: dict[str, str], sentence: str
) -> None:
    number = User.objects.count()

    response = admin.post(
        reverse("account-make"),
        {"name": "Nia", "email": "nia@example.org", "post": "Manager of things"} | sent,
    )

    assert response.status_code == 200
    assert sentence in response.content.decode()
    assert "Manager of things" in response.content.decode()
    assert User.objects.count() == number


def test_account_when_own_right_would_be_lost_then_refused(
    admin: Client, people: dict[Role, User]
) -> None:
    me = people[Role.ADMINISTRATOR]

    response = admin.post(
        reverse("account-change", args=[me.pk]), {"name": me.name, "role": "analyst"}
    )

    me.refresh_from_db()
    assert "You cannot take away your own right" in response.content.decode()
    assert me.role == Role.ADMINISTRATOR


def test_account_when_taken_away_then_may_not_sign_in(
    admin: Client, people: dict[Role, User]
) -> None:
    person = people[Role.ANALYST]

    admin.post(
        reverse("account-change", args=[person.pk]), {"name": person.name, "role": "analyst"}
    )

    person.refresh_from_db()
    assert not person.is_active


@pytest.mark.parametrize("role", OTHERS)
def test_accounts_and_trail_when_not_an_administrator_then_403_and_only_refusals_are_written(
    client: Client, people: dict[Role, User], role: Role
) -> None:
    client.force_login(people[role])
    lead = people[Role.LEAD]
    before = AuditEvent.objects.count()

    statuses = [
        client.get(reverse("account-list")).status_code,
        client.post(reverse("account-make"), {"name": "X", "role": "analyst"}).status_code,
        client.post(reverse("account-change", args=[lead.pk]), {"name": "X"}).status_code,
        client.get(reverse("audit-list")).status_code,
        client.get(reverse("permission-list")).status_code,
    ]

    lead.refresh_from_db()
    assert statuses == [403] * 5
    assert lead.name == Role.LEAD.label
    rows = AuditEvent.objects.filter(event=CoreEvent.PAGE_REFUSED, by=people[role])
    assert AuditEvent.objects.count() == before + 5
    assert set(rows.values_list("outcome", flat=True)) == {Outcome.REFUSED}
    assert rows.filter(about__startswith=reverse("audit-list")).count() == 1


def test_door_when_it_refuses_again_and_again_then_the_rows_have_an_end(
    client: Client, people: dict[Role, User]
) -> None:
    client.force_login(people[Role.ANALYST])

    for _ in range(refusals.MOST + 10):
        client.get(reverse("audit-list"))

    rows = AuditEvent.objects.filter(event=CoreEvent.PAGE_REFUSED)
    assert rows.count() == refusals.MOST
    assert rows.latest("id").about == refusals.NO_MORE
