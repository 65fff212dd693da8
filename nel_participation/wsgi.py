"""The WSGI application, which gunicorn serves."""

import gc
import os
from typing import Any

from django.core.handlers.wsgi import WSGIRequest
from django.core.wsgi import get_wsgi_application

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


# Nearly all objects made while the site is loaded stay, and collecting garbage meanwhile takes a
# tenth of the start. Afterwards `freeze` excludes them from later collections.
gc.disable()
application = get_wsgi_application()
application.request_class = Request
gc.freeze()
gc.enable()
