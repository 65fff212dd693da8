"""What the public reads of activities: only what a lead approved, and as text."""

import re
from typing import Any

import pytest
from django.core.cache import caches
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core.periods import RoughDate
from core.views import public
from engagement.activities.actions import activities, sessions
from insight.loop.actions import publications
from insight.loop.choices import ChangeStage, DecisionKind
from tests.factories import engaging, publishing
from tests.factories.world import World


def test_invitation_when_not_approved_then_nobody_sees_it(client: Client, world: World) -> None:
    activity = engaging.activity(world.officer)
    publications.submit_opportunity(by=world.officer, activity=activity)

    assert client.get(f"/get-involved/{activity.slug}/").status_code == 404
    assert activity.title not in client.get("/get-involved/").content.decode()
    assert activity.title not in client.get("/").content.decode()


def test_invitation_when_published_then_says_what_is_promised_and_what_can_change(
    client: Client, world: World
) -> None:
    activity = publishing.opportunity(world)

    page = client.get(f"/get-involved/{activity.slug}/").content.decode()

    assert "The hours of the tea round; not the number of beds." in page
    assert (
        "We will work with people so that views and experiences are consistently understood" in page
    )
    assert "People know what a calm morning is." in page
    assert activity.title in client.get("/get-involved/").content.decode()


def test_invitation_when_cancelled_then_says_so_and_leaves_the_list(
    client: Client, world: World
) -> None:
    activity = publishing.opportunity(world)
    before = client.get(f"/get-involved/{activity.slug}/").headers["ETag"]

    activities.cancel(by=world.officer, activity=activity, reason="The internal reason.")

    after = client.get(f"/get-involved/{activity.slug}/", headers={"if-none-match": before})
    page = after.content.decode()
    assert "This has been cancelled" in page
    assert "The internal reason." not in page
    assert activity.title not in client.get("/get-involved/").content.decode()


def test_invitation_when_a_session_is_cancelled_then_says_so_at_once_with_the_reason(
    client: Client, world: World
) -> None:
    activity = engaging.activity(world.officer)
    session = engaging.session(activity, by=world.officer, starts_at=engaging.london(2027, 3, 20))
    submission = publications.submit_opportunity(by=world.officer, activity=activity)
    publications.publish_opportunity(by=world.lead, submission=submission)
    address = f"/get-involved/{activity.slug}/"
    before = client.get(address).headers["ETag"]

    with pytest.raises(ValidationError, match="Cancel it instead"):
        sessions.remove(by=world.officer, session=session)
    sessions.cancel(by=world.officer, session=session, reason="The hall is closed")

    page = client.get(address, headers={"if-none-match": before}).content.decode()
    assert "This session will not take place: The hall is closed" in page
    assert "Next: " not in client.get("/get-involved/").content.decode()
    (row,) = client.get("/api/v1/opportunities/").json()["results"]
    assert row["sessions"][0]["cancelled_reason"] == "The hall is closed"


def test_invitation_when_there_is_no_way_to_reach_the_team_then_it_is_said_first_and_refused(
    client: Client, world: World
) -> None:
    activity = engaging.activity(world.officer, team_email="")
    client.force_login(world.officer)
    address = reverse("opportunity-submit", args=[activity.pk])
    about = reverse("activity-edit", kwargs={"pk": activity.pk, "section": "about"})

    page = client.get(address).content.decode()
    refused = client.post(address).content.decode()
    beside = client.get(about).content.decode()

    assert f'href="{about}#id_team_telephone"' in page
    assert "Send for approval</button>" not in page
    assert "say how to reach the team, by telephone or by email" in refused
    assert "is needed before people are invited to take part" in beside
    assert not activity.submissions.exists()


def test_invitation_when_published_then_the_team_can_be_rung_and_written_to(
    client: Client, world: World
) -> None:
    activity = publishing.opportunity(world, team_telephone="020 7946 0000")

    page = client.get(f"/get-involved/{activity.slug}/").content.decode()

    assert '<a href="tel:02079460000">020 7946 0000</a>' in page
    assert 'href="mailto:ward@team.example"' in page


def test_invitation_when_the_way_to_reach_the_team_is_taken_away_then_it_is_not_published(
    world: World,
) -> None:
    activity = engaging.activity(world.officer)
    submission = publications.submit_opportunity(by=world.officer, activity=activity)
    activities.change(by=world.officer, activity=activity, team_email="")

    with pytest.raises(ValidationError, match="how to reach the team"):
        publications.publish_opportunity(by=world.lead, submission=submission)


def test_invitation_when_its_last_day_is_over_then_closed(client: Client, world: World) -> None:
    day = RoughDate.parse("2027-03-09")
    activity = publishing.opportunity(world, start=RoughDate.parse("2027-02-01"), end=day)

    assert "This is closed." in client.get(f"/get-involved/{activity.slug}/").content.decode()
    assert activity.title not in client.get("/get-involved/").content.decode()


def test_page_when_activity_becomes_internal_then_taken_back(client: Client, world: World) -> None:
    activity = publishing.opportunity(world)
    client.get(f"/get-involved/{activity.slug}/")

    activities.change(by=world.officer, activity=activity, is_public=False)

    assert client.get(f"/get-involved/{activity.slug}/").status_code == 404


def test_answer_when_published_then_said_decided_and_done_stand_together(
    client: Client, world: World
) -> None:
    shown = publishing.answer(world, stage=ChangeStage.MADE)

    page = client.get(f"/you-said-we-did/{shown.slug}/").content.decode()

    said, decided, did = (
        page.index(words)
        for words in (
            "Breakfast comes too late.",
            "The kitchen can start earlier.",
            "Breakfast comes at eight.",
        )
    )
    assert said < decided < did
    assert "Updated on 10 March 2027. First version." in page
    assert "Done on 10 March 2027" in page


def test_answer_when_words_are_hostile_then_they_are_text(client: Client, world: World) -> None:
    shown = publishing.answer(world, title=publishing.HOSTILE, sentence=publishing.HOSTILE)

    for address in (f"/you-said-we-did/{shown.slug}/", "/you-said-we-did/"):
        page = client.get(address).content.decode()
        assert "<script>alert" not in page
        assert "&lt;script&gt;alert(1)" in page
        assert "{{ 7*7 }}" in page


@pytest.mark.parametrize(
    ("kind", "stage", "words"),
    [
        (DecisionKind.NOT_ACCEPTED, None, "We cannot, because:</strong>"),
        (DecisionKind.UNDECIDED, None, "We have not decided yet:</strong>"),
        (DecisionKind.ACCEPTED, ChangeStage.MADE, "We did:</strong>"),
        (DecisionKind.ACCEPTED, ChangeStage.UNDER_WAY, "We are doing:</strong>"),
        (DecisionKind.PARTLY, ChangeStage.PLANNED, "We will:</strong>"),
    ],
)
def test_list_when_answered_then_tells_a_small_story(
    client: Client, world: World, kind: DecisionKind, stage: ChangeStage | None, words: str
) -> None:
    publishing.answer(world, kind=kind, stage=stage)

    assert words in client.get("/you-said-we-did/").content.decode()


def test_answer_when_nothing_is_decided_then_its_page_does_not_say_that_it_is(
    client: Client, world: World
) -> None:
    shown = publishing.answer(world, kind=DecisionKind.UNDECIDED, stage=None)

    page = client.get(f"/you-said-we-did/{shown.slug}/").content.decode()

    assert "We have not decided" in page
    assert "We decided" not in page


def test_list_when_narrowed_then_holds_only_what_fits(client: Client, world: World) -> None:
    publishing.answer(world, title="Here made", places=[world.here], stage=ChangeStage.MADE)
    publishing.answer(
        world, title="There refused", places=[world.there], kind=DecisionKind.NOT_ACCEPTED
    )
    publishing.answer(world, title="Everywhere")

    here = client.get(f"/you-said-we-did/?place={world.here.key}").content.decode()
    refused = client.get("/you-said-we-did/?outcome=not_accepted").content.decode()

    assert "Here made" in here
    assert "Everywhere" in here
    assert "There refused" not in here
    assert "There refused" in refused
    assert "Here made" not in refused


def test_home_when_something_changed_then_shown_with_what_is_open(
    client: Client, world: World
) -> None:
    here, there = world.here, world.there
    publishing.answer(world, title="Breakfast at last", stage=ChangeStage.MADE, places=[there])
    publishing.opportunity(world, title="Come and tell us", places=[there])

    page = client.get("/").content.decode()
    elsewhere = client.get(f"/?place={here.key}").content.decode()

    assert "Breakfast at last" in page
    assert "Come and tell us" in page
    assert "Come and tell us" not in elsewhere
    assert "Breakfast at last" not in elsewhere


@pytest.mark.parametrize("address", ["/", "/get-involved/", "/you-said-we-did/"])
def test_list_when_rows_grow_then_makes_no_more_queries(
    client: Client, world: World, address: str
) -> None:
    def more() -> None:
        publishing.answer(world, places=[world.here], stage=ChangeStage.MADE)
        publishing.opportunity(world, places=[world.here])

    more()
    few = _query_count(client, address)
    for _ in range(4):
        more()

    assert _query_count(client, address) == few


def test_page_when_kept_in_memory_then_the_same_bytes_and_headers_again(
    client: Client, world: World
) -> None:
    publishing.opportunity(world)

    first, second = client.get("/get-involved/"), client.get("/get-involved/")

    assert caches["pages"].get(public._key(second.wsgi_request)) is not None
    assert second.content == first.content
    assert dict(second.headers) == dict(first.headers)
    assert "nonce" not in first.headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    "query",
    [
        "place=hackney-and-nowhere",
        "page=2",
        "page=01",
        "place=&place=",
        "plac%65=",
        "unread=1",
    ],
)
def test_page_when_asked_for_with_a_value_of_no_meaning_then_shown_and_not_kept_in_memory(
    client: Client, world: World, query: str
) -> None:
    caches["pages"].clear()
    publishing.opportunity(world)

    response = client.get(f"/get-involved/?{query}")

    assert response.status_code == 200
    assert caches["pages"].get(public._key(response.wsgi_request)) is None


def test_page_when_asked_for_by_a_place_then_kept_in_memory(client: Client, world: World) -> None:
    publishing.opportunity(world)

    response = client.get(f"/get-involved/?place={world.here.key}&page=1")

    assert caches["pages"].get(public._key(response.wsgi_request)) is not None


def test_page_when_kept_in_memory_then_one_query_answers_it(
    client: Client, world: World, django_assert_num_queries: Any
) -> None:
    publishing.opportunity(world)
    client.get("/get-involved/")

    with django_assert_num_queries(1):
        client.get("/get-involved/")


def test_page_when_kept_and_something_is_published_then_made_anew(
    client: Client, world: World
) -> None:
    publishing.opportunity(world)
    before = client.get("/get-involved/")

    publishing.opportunity(world)

    assert client.get("/get-involved/").content != before.content


def test_page_when_kept_and_asked_for_under_another_host_then_refused(
    client: Client, world: World
) -> None:
    client.get("/get-involved/")

    assert client.get("/get-involved/", headers={"host": "elsewhere.example"}).status_code == 400


def test_page_when_kept_and_posted_to_then_refused(client: Client, world: World) -> None:
    client.get("/get-involved/")

    assert client.post("/get-involved/").status_code == 405


def test_page_when_link_of_a_session_is_no_web_address_then_not_a_link(
    client: Client, world: World
) -> None:
    activity = engaging.activity(world.officer)
    submission = publications.submit_opportunity(by=world.officer, activity=activity)
    shown = publications.publish_opportunity(by=world.lead, submission=submission)
    session: dict[str, object] = {
        "starts_at": "2027-03-12T10:00:00+00:00",
        "ends_at": "2027-03-12T12:00:00+00:00",
        "venue": "",
        "link": "javascript:alert(1)",
        "capacity": None,
        "access": [],
        "interpreters": "",
    }
    type(shown).objects.filter(pk=shown.pk).update(content=shown.content | {"sessions": [session]})

    page = client.get(f"/get-involved/{activity.slug}/").content.decode()

    assert "Friday 12 March 2027, 10am to midday" in page
    assert "javascript:" not in page


def _query_count(client: Client, address: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


def test_list_when_an_answer_is_rendered_already_then_it_reads_the_same_and_is_escaped(
    client: Client, world: World
) -> None:
    publishing.answer(world, title="Breakfast <b>at</b> last", stage=ChangeStage.MADE)
    first = client.get("/you-said-we-did/?page=1").content.decode()
    again = client.get("/you-said-we-did/?other=1").content.decode()

    for page in (first, again):
        assert "Breakfast &lt;b&gt;at&lt;/b&gt; last" in page
        assert '<li class="app-story">' in page


def test_answer_when_read_then_what_was_said_comes_first_and_nothing_is_not_recorded(
    client: Client, world: World
) -> None:
    publication = publishing.answer(world, stage=ChangeStage.MADE, purpose="To calm mornings.")

    page = client.get(f"/you-said-we-did/{publication.slug}/").content.decode()

    main = page[page.index("<main") :]
    assert main.index("Breakfast comes too late.") < main.index("To calm mornings.")
    assert "Not recorded" not in main


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/", "/get-involved/", "/you-said-we-did/", "/figures/"])
def test_public_page_when_searched_for_then_describes_itself(client: Client, address: str) -> None:
    described = re.findall(
        r'<meta name="description" content="([^"]*)">', client.get(address).content.decode()
    )

    assert len(described) == 1
    assert 50 < len(described[0]) < 160
