"""The page of the audit trail."""

import re
import uuid
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core.choices import ActorKind, Role
from core.models import AuditEvent, User


@pytest.fixture
def admin(client: Client, people: dict[Role, User]) -> Client:
    client.force_login(people[Role.ADMINISTRATOR])
    return client


def _write(
    by: User,
    number: int,
    *,
    minutes: int = 1,
    event: str = "session added",
    kind: ActorKind = ActorKind.STAFF,
    name: str = "",
) -> None:
    first = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
    AuditEvent.objects.bulk_create(
        AuditEvent(
            by=by,
            act=uuid.uuid4(),
            at=first + timedelta(minutes=minutes * n),
            by_kind=kind,
            by_name=name or by.name,
            by_reference=by.reference,
            event=event,
            outcome="done",
            about=f"Number{n:04}",
        )
        for n in range(number)
    )


def _numbers(page: str) -> list[str]:
    return re.findall(r"Number(\d{4})", page)


@pytest.mark.parametrize("minutes", [0, 1])
def test_trail_when_paged_then_every_row_once_both_ways(
    admin: Client, people: dict[Role, User], minutes: int
) -> None:
    AuditEvent.objects.all().delete()
    _write(people[Role.LEAD], 120, minutes=minutes)
    address, seen = reverse("audit-list"), []

    page = admin.get(address).content.decode()
    seen += _numbers(page)
    while found := re.search(r'href="(\?[^"]*before=[^"]+)" rel="next"', page):
        page = admin.get(address + found[1].replace("&amp;", "&")).content.decode()
        seen += _numbers(page)
    back = re.search(r'href="(\?[^"]*after=[^"]+)" rel="prev"', page)
    assert back
    newer = _numbers(admin.get(address + back[1].replace("&amp;", "&")).content.decode())

    assert seen == [f"{n:04}" for n in reversed(range(120))]
    assert newer == [f"{n:04}" for n in reversed(range(20, 70))]


@pytest.mark.parametrize(
    ("asked", "is_found"),
    [
        ({"q": "number0001 session"}, True),
        ({"q": "nowhere"}, False),
        ({"event": "session added"}, True),
        ({"event": "activity logged"}, False),
        ({"outcome": "refused"}, False),
        ({"kind": "staff"}, True),
        ({"kind": "resident"}, False),
        ({"first-day": "1", "first-month": "3", "first-year": "2026"}, True),
        ({"first-day": "2", "first-month": "3", "first-year": "2026"}, False),
        ({"last-day": "1", "last-month": "March", "last-year": "2026"}, True),
        ({"last-day": "28", "last-month": "2", "last-year": "2026"}, False),
        ({"before": "nonsense"}, True),
        ({"q": "<script>'\"&|!:*"}, False),
    ],
)
def test_trail_when_searched_then_only_what_fits(
    admin: Client, people: dict[Role, User], asked: dict[str, str], is_found: bool
) -> None:
    AuditEvent.objects.all().delete()
    _write(people[Role.LEAD], 3)

    response = admin.get(reverse("audit-list"), asked)

    assert response.status_code == 200
    assert bool(_numbers(response.content.decode())) == is_found


def test_trail_when_asked_by_person_then_theirs_only(
    admin: Client, people: dict[Role, User]
) -> None:
    AuditEvent.objects.all().delete()
    _write(people[Role.LEAD], 2)

    page = admin.get(reverse("audit-list"), {"person": people[Role.OFFICER].pk}).content.decode()

    assert "No entries found" in page


def test_trail_when_days_are_the_wrong_way_round_then_said_beside_the_field(admin: Client) -> None:
    asked = {"first-day": "2", "first-month": "3", "first-year": "2026"}
    asked |= {"last-day": "1", "last-month": "3", "last-year": "2026"}

    page = admin.get(reverse("audit-list"), asked).content.decode()

    assert "must be the same as or after" in page
    assert 'value="2026"' in page


def test_trail_when_a_hundred_times_the_rows_then_no_more_queries(
    admin: Client, people: dict[Role, User]
) -> None:
    address = reverse("audit-list")
    with CaptureQueriesContext(connection) as few:
        admin.get(address)
    _write(people[Role.LEAD], 500)

    with CaptureQueriesContext(connection) as many:
        admin.get(address)

    assert len(many) == len(few)


def test_trail_when_a_program_did_it_then_its_kind_is_shown_and_its_owner_finds_it(
    admin: Client, people: dict[Role, User]
) -> None:
    AuditEvent.objects.all().delete()
    _write(people[Role.OFFICER], 1, kind=ActorKind.PROGRAM, name="Survey tool")

    page = admin.get(reverse("audit-list"), {"person": people[Role.OFFICER].pk}).content.decode()

    assert "Survey tool: session added" in page
    assert "Program with a token" in page.split("Survey tool: session added")[1]
