"""Every address is in the list of public ones or requires signing in."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings as project
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import URLPattern, URLResolver, get_resolver, path
from django.urls.resolvers import RegexPattern, RoutePattern
from rest_framework.response import Response
from rest_framework.views import APIView

from nel_participation.public_addresses import PUBLIC_ADDRESSES

#: A value for a parameter of an address, by its converter.
_SAMPLES = {"int": "1", "slug": "2026-01", "str": "a", "path": "a"}


def _addresses() -> Iterator[tuple[str, str | None, bool]]:
    """An example of every address, its name, and whether it belongs to the API."""

    def walk(
        patterns: list[URLPattern | URLResolver], before: str
    ) -> Iterator[tuple[str, str | None, bool]]:
        for pattern in patterns:
            if isinstance(pattern, URLResolver):
                yield from walk(pattern.url_patterns, before + str(pattern.pattern))
            else:
                is_api = hasattr(pattern.callback, "cls")
                yield before + _sample(pattern), pattern.name, is_api

    yield from walk(get_resolver().url_patterns, "/")


def _sample(pattern: URLPattern) -> str:
    if isinstance(pattern.pattern, RegexPattern):
        # Only some of allauth and the last of the API are regular expressions; all are public.
        return ""
    assert isinstance(pattern.pattern, RoutePattern)
    route = str(pattern.pattern)
    for name, converter in pattern.pattern.converters.items():
        kind = type(converter).__name__.removesuffix("Converter").lower().replace("string", "str")
        for written in (f"<{kind}:{name}>", f"<{name}>"):
            route = route.replace(written, _SAMPLES[kind])
    return route


def _bare(request: HttpRequest) -> HttpResponse:
    return HttpResponse("bare")


#: Addresses of views that do not check the reader; one has the name of a public page.
urlpatterns = [
    path("forgotten/", _bare, name="forgotten"),
    path("nameless/", _bare),
    path("figures/", _bare, name="figures"),
]

ADDRESSES = list(_addresses())
CLOSED = [(address, is_api) for address, name, is_api in ADDRESSES if name not in PUBLIC_ADDRESSES]


@pytest.mark.parametrize(("address", "is_api"), CLOSED, ids=lambda value: str(value))
def test_address_when_not_in_the_public_list_then_it_requires_signing_in(
    client: Client, address: str, is_api: bool
) -> None:
    response = client.get(address)

    if is_api:
        assert response.status_code in {401, 403}
    else:
        assert response.status_code == 302
        assert response.headers["Location"].startswith(f"{project.LOGIN_URL}?next=")
        assert response.headers["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize(("address", "is_api"), CLOSED, ids=lambda value: str(value))
def test_address_when_not_in_the_public_list_then_posting_requires_signing_in_too(
    client: Client, address: str, is_api: bool
) -> None:
    assert client.post(address).status_code in ({401, 403} if is_api else {302})


@pytest.mark.django_db
def test_view_when_it_does_not_check_the_reader_then_it_still_requires_signing_in(
    client: Client, settings: Any
) -> None:
    settings.ROOT_URLCONF = __name__

    responses = [client.get("/forgotten/"), client.get("/nameless/"), client.get("/figures/")]

    assert [response.status_code for response in responses] == [302, 302, 200]


def test_public_list_when_compared_with_the_addresses_then_each_name_exists() -> None:
    assert set(PUBLIC_ADDRESSES) <= {name for _, name, _ in ADDRESSES}
    assert all(PUBLIC_ADDRESSES.values())


def test_staff_addresses_when_compared_with_the_public_list_then_none_is_in_it() -> None:
    assert not [
        address
        for address, name, _ in ADDRESSES
        if name in PUBLIC_ADDRESSES and address.startswith("/staff/")
    ]


def test_view_of_the_api_when_it_names_no_permission_then_it_refuses() -> None:
    class Forgotten(APIView):
        def get(self, request: HttpRequest) -> Response:
            return Response({})

    response = Forgotten.as_view()(RequestFactory().get("/api/v1/forgotten/"))

    assert response.status_code in {401, 403}
