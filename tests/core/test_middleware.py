"""Middleware: refused acts, hidden characters, private pages; and the error pages."""

from types import SimpleNamespace

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from core.acting import Refused
from core.middleware import PrivatePagesMiddleware, RefusalMiddleware, UnreadableRequestMiddleware
from core.models import User
from core.seen import Stale
from core.views import errors
from engagement.activities.choices import Event


def request_to(path: str, data: dict[str, str] | None = None) -> HttpRequest:
    request = RequestFactory().post(path, data) if data else RequestFactory().get(path)
    request.user = AnonymousUser()
    return request


def respond(request: HttpRequest) -> HttpResponse:
    return HttpResponse("well")


def test_a_refused_act_becomes_a_page_with_its_sentence() -> None:
    refusal = Refused("A lead publishes.", Event.ACTIVITY_LOGGED, User(), None)

    response = RefusalMiddleware(respond).process_exception(request_to("/staff/x/"), refusal)

    assert response is not None
    assert response.status_code == 403
    assert "A lead publishes." in response.content.decode()


def test_a_stale_version_becomes_a_page_that_shows_what_was_typed() -> None:
    request = request_to("/staff/x/", {"summary": "My <b>words", "version": "3"})

    response = RefusalMiddleware(respond).process_exception(request, Stale(SimpleNamespace()))  # type: ignore[arg-type]

    assert response is not None
    assert response.status_code == 409
    assert "My &lt;b&gt;words" in response.content.decode()


def test_other_errors_and_the_api_are_left_alone() -> None:
    middleware = RefusalMiddleware(respond)
    refusal = Refused("No.", Event.ACTIVITY_LOGGED, User(), None)

    assert middleware.process_exception(request_to("/staff/"), ValueError()) is None
    assert middleware.process_exception(request_to("/api/v1/activities/"), refusal) is None


@pytest.mark.parametrize("path", ["/staff/%00/", "/?place=%00"])
def test_an_address_with_a_hidden_character_is_refused(path: str) -> None:
    response = UnreadableRequestMiddleware(respond)(request_to(path))

    assert response.status_code == 400
    assert UnreadableRequestMiddleware(respond)(request_to("/?place=100")).status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize("cookie", [r'session="aaaaaaaaaaaa\000"', "session=aaaaaaaaaaaa\0"])
def test_cookie_with_a_hidden_character_is_left_out(client: Client, cookie: str) -> None:
    page = client.get("/staff/", headers={"cookie": cookie})
    form = client.get("/accounts/login/", headers={"cookie": cookie})

    assert (page.status_code, form.status_code) == (302, 200)


@pytest.mark.parametrize("charset", ["rot13", "base64", "hex", "punycode", "undefined", "utf-16"])
@pytest.mark.parametrize("path", ["/", "/staff/", "/api/v1/places/"])
def test_a_request_in_another_encoding_is_refused_with_a_sentence(
    client: Client, path: str, charset: str
) -> None:
    kind = f"application/x-www-form-urlencoded; charset={charset}"
    for method in ("GET", "POST"):
        response = client.generic(method, path, "a=b", content_type=kind)

        assert response.status_code == 415
        assert "not in UTF-8" in response.content.decode()


def test_staff_pages_are_kept_out_of_every_cache() -> None:
    kept = PrivatePagesMiddleware(respond)

    assert kept(request_to("/staff/"))["Cache-Control"] == "private, no-store"
    assert "Cache-Control" not in kept(request_to("/you-said-we-did/"))


def test_the_page_for_a_server_error_works_without_database_and_without_template(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    page = errors.server_error(request_to("/"))
    monkeypatch.setattr(errors, "render_to_string", lambda *_: 1 / 0)
    bare = errors.server_error(request_to("/"))

    assert (page.status_code, bare.status_code) == (500, 500)
    assert "What you sent was either saved" in page.content.decode()
    assert "there is a problem" in bare.content.decode()


@pytest.mark.parametrize(
    ("view", "status"),
    [
        (errors.bad_request, 400),
        (errors.forbidden, 403),
        (errors.not_found, 404),
        (errors.conflict, 409),
        (errors.too_many, 429),
        (errors.csrf_failure, 403),
    ],
)
def test_every_error_page_has_a_heading_and_a_link(view: object, status: int) -> None:
    response = view(request_to("/"))  # type: ignore[operator]

    assert response.status_code == status
    assert response.content.decode().count("<h1") == 1
    assert "<a " in response.content.decode().split("<main", 1)[1].split("</main", 1)[0]
