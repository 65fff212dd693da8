"""Public pages are compressed for browsers that take it, and no other page is."""

import gzip

import pytest
from django.test import Client

GZIP = {"accept-encoding": "gzip, deflate, br"}


@pytest.mark.django_db
def test_public_page_when_the_browser_takes_gzip_then_it_is_compressed_each_time(
    client: Client,
) -> None:
    plain = client.get("/privacy/")
    made, stored = (client.get("/privacy/", headers=GZIP) for _ in range(2))
    plain_again = client.get("/privacy/")

    for response in (made, stored):
        assert response.headers["Content-Encoding"] == "gzip"
        assert "Accept-Encoding" in response.headers["Vary"]
        assert gzip.decompress(response.content) == plain.content
        assert response.headers["ETag"] == plain.headers["ETag"]
    assert "Content-Encoding" not in plain_again.headers
    assert plain_again.content == plain.content


@pytest.mark.django_db
def test_page_when_it_has_a_form_token_then_it_is_not_compressed(client: Client) -> None:
    response = client.get("/accounts/login/", headers=GZIP)

    assert "csrfmiddlewaretoken" in response.content.decode()
    assert "Content-Encoding" not in response.headers
