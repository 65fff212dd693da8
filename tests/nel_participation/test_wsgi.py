"""The WSGI application, asked as a web server does."""

import pytest
from django.test import RequestFactory

from nel_participation.wsgi import application


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/", "/staff/", "/api/v1/places/"])
@pytest.mark.parametrize("kind", ["text/plain; charset*=x''utf-8", "text/plain; a*=utf-99''b"])
def test_request_when_its_kind_of_content_is_in_an_unknown_encoding_then_refused_with_a_sentence(
    path: str, kind: str
) -> None:
    environ = RequestFactory().get(path).environ | {"CONTENT_TYPE": kind}

    response = application.get_response(application.request_class(environ))

    assert response.status_code == 415
    content = b"".join(response)
    assert "not in UTF-8" in content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/health/live", "/privacy/", "/accounts/login/", "/nothing/"])
def test_head_when_asked_then_the_headers_of_get_and_no_content(path: str) -> None:
    def ask(method: str) -> tuple[str, set[str], bytes]:
        sent: list[tuple[str, list[tuple[str, str]]]] = []
        environ = RequestFactory().generic(method, path).environ
        content = b"".join(application(environ, lambda *answer: sent.append(answer)))
        [(status, headers)] = sent
        return status, {name for name, _ in headers}, content

    status, headers, content = ask("HEAD")

    assert content == b""
    full_status, full_headers, full_content = ask("GET")
    assert (status, headers) == (full_status, full_headers)
    assert full_content
