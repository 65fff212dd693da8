"""Public pages of a site with nothing in it: the same for everybody, and kept by caches."""

import pytest
from django.test import Client

PAGES = [
    "/",
    "/get-involved/",
    "/you-said-we-did/",
    "/standards/",
    "/figures/",
    "/reports/",
    "/accessibility/",
    "/privacy/",
    "/api/v1/docs/",
]


@pytest.mark.django_db
@pytest.mark.parametrize("address", PAGES)
def test_public_page_when_nothing_is_published_then_it_shows_and_may_be_cached(
    client: Client, address: str
) -> None:
    response = client.get(address)

    assert response.status_code == 200
    assert "public" in response.headers["Cache-Control"]
    assert response.headers["ETag"]
    assert not response.cookies
    assert "Cookie" not in response.headers.get("Vary", "")


@pytest.mark.django_db
@pytest.mark.parametrize("address", PAGES)
def test_public_page_when_held_already_then_not_sent_again(client: Client, address: str) -> None:
    held = client.get(address).headers["ETag"]

    response = client.get(address, headers={"if-none-match": held})

    assert response.status_code == 304
    assert "Content-Security-Policy" not in response.headers


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address",
    [
        "/get-involved/none/",
        "/you-said-we-did/none/",
        "/reports/2026-10/",
        "/reports/2026-99/",
        "/reports/2026-10.pdf",
    ],
)
def test_public_page_when_not_published_then_404(client: Client, address: str) -> None:
    assert client.get(address).status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize(
    "query",
    [
        "place=nowhere",
        "page=-1",
        "page=9999999999999999",
        "page=²",
        "outcome=%F0%9F%92%A9",
        "programme='%3B--",
        "page=x",
    ],
)
def test_list_when_address_holds_nonsense_then_shown_as_if_it_did_not(
    client: Client, query: str
) -> None:
    assert client.get(f"/you-said-we-did/?{query}").status_code == 200
    assert client.get(f"/get-involved/?{query}").status_code == 200


@pytest.mark.django_db
def test_accessibility_when_a_page_names_no_team_then_it_says_where_one_is(client: Client) -> None:
    page = client.get("/accessibility/").content.decode()

    (help_with_it,) = page.split("If something does not work for you")[1:]
    for address in ("/get-involved/", "/you-said-we-did/"):
        assert f'<a href="{address}">' in help_with_it
