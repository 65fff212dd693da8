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
