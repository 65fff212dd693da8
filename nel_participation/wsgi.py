"""The WSGI application, which gunicorn serves."""

import gc
import os
from collections.abc import Iterable
from typing import Any

import django
from django.core.handlers.wsgi import WSGIHandler, WSGIRequest

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "nel_participation.settings")


class Request(WSGIRequest):
    """A request whose kind of content may be in an encoding that nobody knows (RFC 2231).

    Django would fail before any middleware, so that the visitor got a bare server error.
    """

    def _set_content_type_params(self, meta: dict[str, Any]) -> None:
        try:
            super()._set_content_type_params(meta)  # type: ignore[misc]  # not in Django's types
        except (LookupError, ValueError):
            # Refused by `core.middleware.UnreadableRequestMiddleware`.
            self.content_type, self.content_params = "", {"charset": "unknown"}


class Application(WSGIHandler):
    """Answers HEAD with the headers of GET and nothing after them.

    Neither Django nor the web server takes the content away, and a browser or a proxy that keeps
    the connection would read it as the answer to its next request.
    """

    request_class = Request

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:  # type: ignore[override]  # wrong in Django's types
        response = super().__call__(environ, start_response)
        if environ["REQUEST_METHOD"] != "HEAD":
            return response
        if hasattr(response, "close"):
            response.close()
        return []


# Nearly all objects made while the site is loaded stay, and collecting garbage meanwhile takes a
# tenth of the start. Afterwards `freeze` excludes them from later collections.
gc.disable()
django.setup(set_prefix=False)
application = Application()
gc.freeze()
gc.enable()
