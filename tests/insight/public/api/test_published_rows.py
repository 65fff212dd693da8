"""The open API with something published: rows, filters, and no more queries as they grow."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from core.frozen import FrozenType
from core.published_fields import Words
from insight.loop.choices import ChangeStage, DecisionKind
from insight.loop.models import Publication
from insight.loop.selectors import pages
from tests.factories import publishing
from tests.factories.world import World


def test_findings_when_published_then_one_row_each_with_decision_and_changes(
    client: Client, world: World
) -> None:
    shown = publishing.answer(world, places=[world.here], stage=ChangeStage.MADE)
    publishing.answer(world, places=[world.there], kind=DecisionKind.NOT_ACCEPTED)

    rows = client.get(f"/api/v1/findings/?place={world.here.key}").json()

    (row,) = rows["results"]
    assert rows["count"] == 1
    assert row["activity"] == shown.slug
    assert row["sentence"] == "Breakfast comes too late."
    assert row["decision"]["kind"] == "accepted"
    assert [change["stage"] for change in row["changes"]] == ["made"]


@pytest.mark.parametrize(
    ("query", "count"),
    [("outcome=made", 1), ("outcome=not_accepted", 1), ("activity=x", 0), ("", 2)],
)
def test_findings_when_narrowed_then_only_what_fits(
    client: Client, world: World, query: str, count: int
) -> None:
    publishing.answer(world, stage=ChangeStage.MADE)
    publishing.answer(world, kind=DecisionKind.NOT_ACCEPTED)

    assert client.get(f"/api/v1/findings/?{query}").json()["count"] == count


def test_activities_when_published_then_each_once_with_its_public_pages(
    client: Client, world: World
) -> None:
    activity = publishing.opportunity(world)
    shown = publishing.answer(world)

    rows = client.get("/api/v1/activities/").json()["results"]

    pages = {row["slug"]: (row["opportunity"], row["answer"]) for row in rows}
    assert pages == {
        activity.slug: (f"/get-involved/{activity.slug}/", None),
        shown.slug: (None, f"/you-said-we-did/{shown.slug}/"),
    }


@pytest.mark.parametrize("name", ["activities", "opportunities", "findings"])
def test_list_when_published_before_a_field_was_declared_then_the_field_is_empty(
    client: Client, world: World, name: str
) -> None:
    publishing.answer(world)
    publishing.opportunity(world)
    for row in Publication.objects.all():
        kept = {"type", "schema", "title", "findings"} & set(row.content)
        older = {key: row.content[key] for key in kept}
        Publication.objects.filter(pk=row.pk).update(content=older)

    response = client.get(f"/api/v1/{name}/")

    assert response.status_code == 200
    assert [row["source"] for row in response.json()["results"]]
    assert {row["source"] for row in response.json()["results"]} == {""}


def test_findings_when_published_in_an_older_schema_then_brought_up_to_date(
    client: Client, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    publishing.answer(world, stage=ChangeStage.MADE)
    later = FrozenType("answer", 2, {1: _said_in_capitals}, pages.PAGES["answer"])
    monkeypatch.setitem(pages.TYPES, "answer", later)

    (row,) = client.get("/api/v1/findings/?outcome=made").json()["results"]

    assert row["sentence"] == "BREAKFAST COMES TOO LATE."
    assert row["decision"]["kind"] == "accepted"


def test_list_when_longer_than_a_page_then_gives_its_neighbours(
    client: Client, world: World
) -> None:
    for _ in range(3):
        publishing.opportunity(world)

    first = client.get("/api/v1/opportunities/?page_size=2").json()
    second = client.get(first["next"]).json()

    assert (first["count"], len(first["results"]), first["previous"]) == (3, 2, None)
    assert (len(second["results"]), second["next"]) == (1, None)


def test_measures_when_published_then_shown_as_frozen_whole_and_for_one_place(
    client: Client, world: World
) -> None:
    place = world.here
    report = publishing.report(world)

    whole = client.get("/api/v1/measures/?period=2027-02").json()
    there = client.get(f"/api/v1/measures/?period=2027-02&place={place.key}").json()

    frozen = (report.frozen or {})["measures"]
    assert whole["fingerprint"] == report.fingerprint
    assert [one["total"]["shown"] for one in whole["measures"]] == [
        one["total"]["shown"] for one in frozen
    ]
    assert there["place"] == place.key
    for measure in there["measures"]:
        assert measure["total"] is None
        assert all(row["key"] == place.key for cut in measure["cuts"] for row in cut["rows"])


@pytest.mark.parametrize(
    "name", ["activities", "opportunities", "findings", "places", "programmes", "standards"]
)
def test_list_when_rows_grow_then_makes_no_more_queries(
    client: Client, world: World, name: str
) -> None:
    def more() -> None:
        publishing.answer(world, places=[world.here], stage=ChangeStage.MADE)
        publishing.opportunity(world, places=[world.here])

    more()
    few = _query_count(client, f"/api/v1/{name}/")
    for _ in range(3):
        more()

    assert _query_count(client, f"/api/v1/{name}/") == few


def _said_in_capitals(words: Words) -> Words:
    for finding in words["findings"]:
        finding["sentence"] = finding["sentence"].upper()
    return words


def _query_count(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        client.get(address)
    return len(asked)
