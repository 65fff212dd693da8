"""Staff home and the ledger of loops."""

import re
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from core.choices import Role
from core.models import User
from core.periods import RoughDate
from engagement.activities.models import Activity, Session
from engagement.messaging.models import Delivery
from insight.loop.models import Decision, Finding, Loop, Submission
from nel_participation import walk
from nel_participation.scenario import Walkthrough
from tests.factories import engaging
from tests.factories.world import World

QueryCount = Callable[[Client, str], int]


@pytest.mark.parametrize("role", list(Role))
def test_home_when_any_role_then_it_opens(
    client: Client, people: dict[Role, User], role: Role
) -> None:
    client.force_login(people[role])

    response = client.get(reverse("staff-home"))

    assert response.status_code == 200
    assert response.headers["Cache-Control"] == "private, no-store"


def test_home_when_nobody_is_signed_in_then_asked_to(client: Client) -> None:
    response = client.get(reverse("staff-home"))

    assert response.status_code == 302
    assert response.headers["Location"].startswith("/accounts/login/?next=/staff/")


def test_home_when_register_and_answer_are_owed_then_oldest_first(
    client: Client, heard: Walkthrough, people: dict[Role, User]
) -> None:
    Session.objects.get().attendances.all().delete()
    Session.objects.get().head_count.delete()
    client.force_login(people[Role.OFFICER])

    page = client.get(reverse("staff-home")).content.decode()

    assert 0 < page.index("Take the register") < page.index("Tell people what happened")
    assert "Overdue" in page


def test_home_when_there_is_much_to_do_then_it_has_pages(client: Client, world: World) -> None:
    activity = engaging.activity(world.officer)
    for hour in range(13):
        engaging.session(activity, by=world.officer, starts_at=engaging.london(2027, 3, 1, hour))
    client.force_login(world.officer)

    first = client.get(reverse("staff-home")).content.decode()
    second = client.get(reverse("staff-home"), {"page": "2"}).content.decode()

    assert "13 tasks. Oldest first, 1 to 12 shown." in first
    assert "Oldest first, 13 to 13 shown." in second


def test_home_when_it_is_somebodys_first_day_then_it_says_what_to_do_first(
    client: Client, world: World
) -> None:
    client.force_login(world.officer)

    page = client.get(reverse("staff-home")).content.decode()

    assert "Three things to do first:" in page
    assert reverse("activity-log") in page


def test_listening_when_closed_through_its_page_then_the_end_is_proposed_and_it_can_be_taken_back(
    client: Client, world: World
) -> None:
    activity = engaging.activity(world.officer, end=RoughDate.parse("2027-03-05"))
    client.force_login(world.officer)
    one = [activity.pk]

    form = client.get(reverse("listening-close", args=one)).content.decode()
    day = {"on-day": "5", "on-month": "3", "on-year": "2027"}
    board = client.post(reverse("listening-close", args=one), day, follow=True).content.decode()
    page = client.get(reverse("listening-reopen", args=one)).content.decode()
    client.post(reverse("listening-reopen", args=one))

    activity.refresh_from_db()
    assert re.search(r'name="on-day"[^>]*value="5"', form)
    assert reverse("listening-reopen", args=one) in board
    assert "listening will close again tonight" in page
    assert (activity.status, activity.listening_closed_on) == ("open", None)


def test_home_when_something_waits_then_lead_sees_it_and_officer_does_not(
    client: Client, walkthrough: Walkthrough, people: dict[Role, User]
) -> None:
    walk.run(walkthrough, until="submit")
    client.force_login(people[Role.LEAD])
    lead = client.get(reverse("staff-home")).content.decode()
    client.force_login(people[Role.OFFICER])

    officer = client.get(reverse("staff-home")).content.decode()

    assert "Approve feedback" in lead
    assert "Approve feedback" not in officer


def test_loops_when_listed_then_the_page_is_named_as_staff_call_them(
    client: Client, people: dict[Role, User]
) -> None:
    client.force_login(people[Role.OFFICER])

    page = client.get(reverse("loop-list")).content.decode()

    assert "<title>Feedback due" in page.replace("\n", "").replace("<title> ", "<title>")


@pytest.mark.parametrize("name", ["staff-home", "loop-list", "finding-list", "approval-list"])
def test_lists_when_many_times_the_rows_then_no_more_queries(
    client: Client,
    walkthrough: Walkthrough,
    people: dict[Role, User],
    query_count: QueryCount,
    name: str,
) -> None:
    walk.run(walkthrough, until="submit")
    client.force_login(people[Role.LEAD])
    few = query_count(client, reverse(name))
    for number in range(30):
        _again(walkthrough, number)

    many = query_count(client, reverse(name))

    assert many == few


def _again(walkthrough: Walkthrough, number: int) -> None:
    """One more activity like that of the walkthrough, with everything the lists show."""
    first: Activity = walkthrough.one("log")
    loop, session = Loop.objects.get(activity=first), Session.objects.get(activity=first)
    finding = Finding.objects.filter(activity=first).earliest("pk")
    decision = Decision.objects.get(finding=finding)
    places = list(first.places.all())
    activity = Activity.objects.get(pk=first.pk)
    activity.pk, activity.slug = None, f"{first.slug}-again-{number}"
    for row in (activity, loop, session, finding, decision):
        row.pk, row._state.adding = None, True
    activity.save()
    activity.places.set(places)
    loop.activity = session.activity = finding.activity = activity
    loop.notice = None
    loop.save()
    session.save()
    finding.loop = loop
    finding.save()
    decision.finding = finding
    decision.save()
    Submission.objects.create(
        activity=activity,
        loop=loop,
        kind="answer",
        submitted_by=finding.written_by,
        submitted_at=loop.opened_at,
    )


def test_loop_when_of_another_organisation_then_small_numbers_and_names_are_held_back(
    client: Client, walkthrough: Walkthrough, stranger: User
) -> None:
    walk.run(walkthrough, until="publish")
    loop = Loop.objects.get()
    first = Delivery.objects.values("pk")[:1]
    Delivery.objects.filter(pk__in=first).update(state="failed", reason="No")
    client.force_login(stranger)

    page = client.get(reverse("loop-detail", args=[loop.pk])).content.decode()

    assert "fewer than 5" in page
    for delivery in Delivery.objects.select_related("contact"):
        assert delivery.resident.name not in page
        assert client.get(reverse("delivery-settle", args=[delivery.pk])).status_code == 404


def test_opportunity_when_sent_twice_then_told_it_waits_already(
    client: Client, walkthrough: Walkthrough, people: dict[Role, User]
) -> None:
    walk.run(walkthrough, until="plan")
    client.force_login(people[Role.OFFICER])
    address = reverse("opportunity-submit", args=[walkthrough.one("log").pk])

    statuses = [client.post(address).status_code, client.post(address).status_code]

    assert statuses == [302, 200]
    assert Submission.objects.count() == 1
