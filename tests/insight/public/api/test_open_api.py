"""The open API: reads what is published, says in a sentence what it cannot do."""

import io
import json
import warnings

import pytest
from django.core.management import call_command
from django.test import Client

LISTS = ["activities", "opportunities", "findings", "places", "programmes", "standards"]


@pytest.mark.django_db
def test_schema_when_made_then_without_warnings() -> None:
    schema = io.StringIO()

    with warnings.catch_warnings():
        warnings.simplefilter("error")
        call_command("spectacular", "--validate", "--fail-on-warn", stdout=schema)

    for name in LISTS:
        assert f"/api/v1/{name}/:" in schema.getvalue()


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["activities", "opportunities", "findings"])
def test_list_when_nothing_is_published_then_an_empty_page(client: Client, name: str) -> None:
    response = client.get(f"/api/v1/{name}/")

    assert response.json() == {"count": 0, "next": None, "previous": None, "results": []}
    assert "public" in response.headers["Cache-Control"]
    assert not response.cookies


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("query", "status", "words"),
    [
        ("", 400, "Give the month as period=YYYY-MM"),
        ("period=soon", 400, "Give the month as YYYY-MM"),
        ("period=2026-13", 400, "There is no month 2026-13"),
        ("period=2026-10&place=nowhere", 400, "There is no place “nowhere”"),
        ("period=2026-10", 404, "The report of October 2026 has not been published."),
    ],
)
def test_measures_when_they_cannot_be_given_then_a_sentence(
    client: Client, query: str, status: int, words: str
) -> None:
    response = client.get(f"/api/v1/measures/?{query}")

    assert response.status_code == status
    assert words in response.json()["detail"]


@pytest.mark.django_db
@pytest.mark.parametrize("query", ["page=0", "page_size=101", "page=x", "place=x", "programme=x"])
def test_list_when_asked_nonsense_then_400_with_a_sentence(client: Client, query: str) -> None:
    response = client.get(f"/api/v1/activities/?{query}")

    assert response.status_code == 400
    assert response.json()["detail"].endswith(".")


@pytest.mark.django_db
def test_api_when_address_is_unknown_then_json_says_so(client: Client) -> None:
    response = client.get("/api/v1/nothing/")

    assert response.status_code == 404
    assert "/api/v1/docs/" in json.loads(response.content)["detail"]


@pytest.mark.django_db
def test_api_when_written_to_then_405(client: Client) -> None:
    response = client.post("/api/v1/places/", {})

    assert response.status_code == 405
    assert response.json()["detail"]


@pytest.mark.django_db
def test_api_when_address_hides_a_nul_then_json_says_so(client: Client) -> None:
    response = client.get("/api/v1/findings/?activity=a%00b")

    assert response.status_code == 400
    assert "hidden character" in response.json()["detail"]
